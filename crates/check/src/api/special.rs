//! What the API server demands between several fields of one object of a built-in kind.

use serde_json::{Map, Value as Json};

use crate::cluster::{labels, list, selector, text};
use crate::quantity::Quantity;

/// The field that is wrong, and what is wrong with it.
pub(super) type Complaint = (&'static str, String);
type Fields = Map<String, Json>;
type Verdict = Result<(), Complaint>;

fn at<'j>(fields: &'j Fields, first: &str, rest: &str) -> Option<&'j Json> {
    fields.get(first)?.pointer(rest)
}

fn is_there(fields: &Fields, name: &str) -> bool {
    fields.get(name).is_some_and(|value| {
        !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty())
    })
}

/// The selector of a workload is not empty and fits its pods.
pub(super) fn selector_fits(fields: &Fields) -> Verdict {
    let Some(wanted) = fields.get("selector").filter(|wanted| wanted.is_object()) else {
        return Ok(());
    };
    if selector::is_empty(wanted) {
        return Err(("selector", "an empty selector is not allowed".to_owned()));
    }
    let pods = labels(at(fields, "template", "/metadata/labels"));
    if selector::matches(wanted, &pods) {
        Ok(())
    } else {
        Err((
            "selector",
            format!(
                "{} does not fit the labels of the template",
                selector::shown(wanted)
            ),
        ))
    }
}

/// Every mount names a volume of the pod, or a claim of the set.
pub(super) fn mounts_exist(fields: &Fields) -> Verdict {
    let Some(spec) = at(fields, "template", "/spec") else {
        return Ok(());
    };
    let volumes = list(spec, "/volumes").filter_map(|(_, volume)| text(volume, "/name"));
    let claims = fields
        .get("volumeClaimTemplates")
        .and_then(Json::as_array)
        .into_iter()
        .flatten();
    let known: Vec<&str> = volumes
        .chain(claims.filter_map(|claim| text(claim, "/metadata/name")))
        .collect();
    let containers = list(spec, "/containers").chain(list(spec, "/initContainers"));
    for (_, container) in containers {
        for (_, mount) in list(container, "/volumeMounts") {
            let name = text(mount, "/name").unwrap_or_default();
            if !known.contains(&name) {
                let container = text(container, "/name").unwrap_or_default();
                return Err((
                    "template",
                    format!(
                        "container {container} mounts the volume {name:?}, which the pod does not have"
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// Requests are not above limits, and every resource has a name that Kubernetes knows or a domain in front.
pub(super) fn requests_within_limits(fields: &Fields) -> Verdict {
    let amounts = |name: &'static str| {
        fields
            .get(name)
            .and_then(Json::as_object)
            .into_iter()
            .flatten()
    };
    for (field, name) in ["requests", "limits"]
        .into_iter()
        .flat_map(|field| amounts(field).map(move |(name, _)| (field, name)))
    {
        let is_standard = matches!(
            name.as_str(),
            "cpu" | "memory" | "ephemeral-storage" | "storage"
        ) || name.starts_with("hugepages-");
        if !is_standard && !name.contains('/') {
            return Err((
                field,
                format!(
                    "{name:?} is no resource: cpu, memory, ephemeral-storage, hugepages-… or one with a domain"
                ),
            ));
        }
    }
    for (name, request) in amounts("requests") {
        let limit = at(fields, "limits", "").and_then(|limits| limits.get(name));
        if let (Some(request), Some(limit)) = (quantity(request), limit.and_then(quantity))
            && request > limit
        {
            return Err((
                "requests",
                format!("the request of {name} is above its limit"),
            ));
        }
    }
    Ok(())
}

fn quantity(value: &Json) -> Option<Quantity> {
    value
        .as_str()
        .map_or_else(|| Quantity::parse(&value.to_string()), Quantity::parse)
}

/// A Service has ports unless it is headless or a name only, and several ports have names.
pub(super) fn service_has_ports(fields: &Fields) -> Verdict {
    let of = |name: &str| fields.get(name).and_then(Json::as_str);
    let ports = fields
        .get("ports")
        .and_then(Json::as_array)
        .map_or(&[][..], Vec::as_slice);
    if ports.is_empty() && of("clusterIP") != Some("None") && of("type") != Some("ExternalName") {
        return Err((
            "ports",
            "a Service that is neither headless nor an ExternalName needs ports".to_owned(),
        ));
    }
    if ports.len() > 1
        && ports
            .iter()
            .any(|port| text(port, "/name").is_none_or(str::is_empty))
    {
        return Err(("ports", "with several ports each needs a name".to_owned()));
    }
    Ok(())
}

/// A claim asks for storage.
pub(super) fn claim_has_size(fields: &Fields) -> Verdict {
    match at(fields, "resources", "/requests/storage") {
        Some(_) => Ok(()),
        None => Err(("resources", "a claim needs a request of storage".to_owned())),
    }
}

/// Rules for resources name API groups.
pub(super) fn rule_has_groups(fields: &Fields) -> Verdict {
    if is_there(fields, "resources") != is_there(fields, "apiGroups") {
        return Err((
            "apiGroups",
            "a rule for resources needs both resources and apiGroups".to_owned(),
        ));
    }
    Ok(())
}

/// An Ingress leads somewhere.
pub(super) fn ingress_leads_somewhere(fields: &Fields) -> Verdict {
    let leads = is_there(fields, "rules") || is_there(fields, "defaultBackend");
    if leads {
        Ok(())
    } else {
        Err((
            "rules",
            "either rules or defaultBackend must be there".to_owned(),
        ))
    }
}

/// The minimum of an autoscaler is not above its maximum.
pub(super) fn minimum_within_maximum(fields: &Fields) -> Verdict {
    let of = |name: &str| fields.get(name).and_then(Json::as_i64);
    match (of("minReplicas"), of("maxReplicas")) {
        (Some(least), Some(most)) if least > most => Err((
            "minReplicas",
            format!("minReplicas {least} is above maxReplicas {most}"),
        )),
        _ => Ok(()),
    }
}

/// A metric says what its type announces.
pub(super) fn metric_fits_type(fields: &Fields) -> Verdict {
    let kind = fields
        .get("type")
        .and_then(Json::as_str)
        .unwrap_or_default();
    let field = kind
        .get(..1)
        .map(|first| first.to_lowercase() + &kind[1..])
        .unwrap_or_default();
    if is_there(fields, &field) {
        Ok(())
    } else {
        Err((
            "type",
            format!("a metric of type {kind:?} needs the field of that name"),
        ))
    }
}

/// A volume has one source, or none and is an empty directory.
pub(super) fn volume_has_one_source(fields: &Fields) -> Verdict {
    let count = fields
        .iter()
        .filter(|(name, value)| *name != "name" && !value.is_null())
        .count();
    if count <= 1 {
        Ok(())
    } else {
        Err(("name", format!("a volume has one source, found {count}")))
    }
}
