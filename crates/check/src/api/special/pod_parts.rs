//! Agreement between a pod as a whole and its parts: resources, files of variables, projected paths.

use super::fields::{ensure, has, inner, inside, objects, said, twice, wrong};
use super::pod::containers;
use super::{Fields, Verdict};

/// Resources of a whole pod: of few sorts, and enough for its containers.
pub(in crate::api) fn whole_pod_suffices(fields: &Fields) -> Verdict {
    let Some(whole) = inner(fields, "resources") else {
        return Ok(());
    };
    for list in ["limits", "requests"] {
        for (name, _) in super::fields::entries(whole, list) {
            let known = matches!(name.as_str(), "cpu" | "memory") || name.starts_with("hugepages-");
            ensure(known, "resources", || {
                format!("{name:?} is nothing that a whole pod has; cpu, memory and hugepages are")
            })?;
        }
    }
    ensure(!has(whole, "claims"), "resources", || {
        "claims are those of containers".to_owned()
    })?;
    for (name, request) in super::fields::entries(whole, "requests") {
        let of = |container| {
            let amount = inside(inside(container, "resources"), "requests").get(name);
            amount.and_then(super::quantity)
        };
        let sum = objects(fields, "containers")
            .filter_map(of)
            .reduce(crate::quantity::Quantity::plus);
        if let (Some(sum), Some(request)) = (sum, super::quantity(request)) {
            ensure(sum <= request, "resources", || {
                format!("the containers request more {name} than the pod")
            })?;
        }
    }
    for (name, limit) in super::fields::entries(whole, "limits") {
        let Some(limit) = super::quantity(limit) else {
            continue;
        };
        let above = objects(fields, "containers").any(|container| {
            let own = inside(inside(container, "resources"), "limits").get(name);
            own.and_then(super::quantity).is_some_and(|own| own > limit)
        });
        ensure(!above, "resources", || {
            format!("a container's limit of {name} is above that of the pod")
        })?;
    }
    Ok(())
}

/// Variables from files are read from empty directories of the pod.
pub(in crate::api) fn files_of_variables_exist(fields: &Fields) -> Verdict {
    for (list, container) in containers(fields) {
        for variable in objects(container, "env") {
            let Some(file) = inner(inside(variable, "valueFrom"), "fileKeyRef") else {
                continue;
            };
            let name = said(file, "volumeName");
            let volume = objects(fields, "volumes").find(|volume| said(volume, "name") == name);
            let fits = volume.is_some_and(|volume| has(volume, "emptyDir"));
            let field = if list == "containers" {
                "containers"
            } else {
                "initContainers"
            };
            ensure(fits, field, || {
                format!("there is no emptyDir {name:?} to read a variable from")
            })?;
        }
    }
    Ok(())
}

/// Every file has a path of its own in a volume that is put together.
pub(in crate::api) fn projected_paths_differ(fields: &Fields) -> Verdict {
    let mut paths = Vec::new();
    for source in objects(fields, "sources") {
        for name in ["secret", "configMap", "downwardAPI"] {
            let files = objects(inside(source, name), "items");
            paths.extend(files.map(|file| said(file, "path")));
        }
    }
    match twice(paths.into_iter().filter(|path| !path.is_empty())) {
        None => Ok(()),
        Some(path) => wrong("sources", format!("two files have the path {path:?}")),
    }
}
