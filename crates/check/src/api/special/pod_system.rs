//! What a pod says of the system that it runs on, and of what it shares with it.

use serde_json::Value as Json;

use super::fields::{ensure, has, inner, inside, is_true, items, objects, said, twice, wrong};
use super::pod::containers;
use super::{Fields, Verdict};
use crate::syntax;

/// What a pod shares with its host.
pub(in crate::api) fn shares_fit(fields: &Fields) -> Verdict {
    let shares = |name: &str| is_true(fields, name);
    if shares("shareProcessNamespace") && shares("hostPID") {
        return wrong("shareProcessNamespace", "it excludes hostPID");
    }
    let has_own_users = fields.get("hostUsers") == Some(&Json::Bool(false));
    if has_own_users
        && ["hostNetwork", "hostPID", "hostIPC"]
            .into_iter()
            .any(shares)
    {
        return wrong(
            "hostUsers",
            "users of its own exclude hostNetwork, hostPID and hostIPC",
        );
    }
    for (list, container) in containers(fields) {
        let field = if list == "containers" {
            "containers"
        } else {
            "initContainers"
        };
        let rights = inside(container, "securityContext");
        ensure(
            said(rights, "procMount") != "Unmasked" || has_own_users,
            field,
            || "the procMount Unmasked needs hostUsers to be false".to_owned(),
        )?;
        ensure(
            !has_own_users || items(container, "volumeDevices").is_empty(),
            field,
            || "with users of its own, a pod has no volumeDevices".to_owned(),
        )?;
    }
    let context = inside(fields, "securityContext");
    let groups = items(context, "supplementalGroups").iter();
    let fits = groups
        .map(|group| group.as_i64().unwrap_or(0))
        .all(|group| (0..=i64::from(i32::MAX)).contains(&group));
    ensure(fits, "securityContext", || {
        "groups are numbers from 0 to 2147483647".to_owned()
    })?;
    settings_of_the_kernel(context, fields)
}

/// Settings of the kernel have a name each, and are not those of the host.
fn settings_of_the_kernel(context: &Fields, pod: &Fields) -> Verdict {
    let names: Vec<&str> = objects(context, "sysctls")
        .map(|setting| said(setting, "name"))
        .collect();
    let is_segment = |segment: &str| {
        let is_end = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        is_end(segment.as_bytes().first())
            && is_end(segment.as_bytes().last())
            && segment.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
            })
    };
    for name in &names {
        if name.len() > 253 || !name.split(['.', '/']).all(is_segment) {
            return wrong(
                "securityContext",
                format!("{name:?} is no setting of the kernel"),
            );
        }
        let is_of_net = name.starts_with("net.") || name.starts_with("net/");
        if is_of_net && is_true(pod, "hostNetwork") {
            return wrong(
                "securityContext",
                format!("{name} belongs to the network of the host"),
            );
        }
    }
    match twice(names) {
        None => Ok(()),
        Some(name) => wrong("securityContext", format!("{name} is set twice")),
    }
}

/// Parts that only one operating system has.
pub(in crate::api) fn system_has_parts(fields: &Fields) -> Verdict {
    let Some(system) = inner(fields, "os") else {
        return Ok(());
    };
    let name = said(system, "name");
    let context = inside(fields, "securityContext");
    match name {
        "linux" => {
            let of_containers = containers(fields)
                .any(|(_, container)| has(inside(container, "securityContext"), "windowsOptions"));
            ensure(
                !has(context, "windowsOptions") && !of_containers,
                "os",
                || "windowsOptions are not for linux".to_owned(),
            )
        }
        "windows" => {
            const OF_PODS: [&str; 10] = [
                "appArmorProfile",
                "seLinuxOptions",
                "seccompProfile",
                "fsGroup",
                "fsGroupChangePolicy",
                "runAsUser",
                "runAsGroup",
                "supplementalGroups",
                "supplementalGroupsPolicy",
                "sysctls",
            ];
            const OF_CONTAINERS: [&str; 10] = [
                "appArmorProfile",
                "seLinuxOptions",
                "seccompProfile",
                "capabilities",
                "readOnlyRootFilesystem",
                "privileged",
                "allowPrivilegeEscalation",
                "procMount",
                "runAsUser",
                "runAsGroup",
            ];
            let of_pod = OF_PODS.iter().find(|part| has(context, part));
            let shared = ["hostPID", "hostIPC", "shareProcessNamespace", "hostUsers"];
            let of_spec = shared.iter().find(|part| has(fields, part));
            let of_container = containers(fields).find_map(|(_, container)| {
                let rights = inside(container, "securityContext");
                OF_CONTAINERS.iter().find(|part| has(rights, part))
            });
            match of_pod.or(of_spec).or(of_container) {
                None => Ok(()),
                Some(part) => wrong("os", format!("{part} is not for windows")),
            }
        }
        _ => wrong("os", format!("{name:?} is neither linux nor windows")),
    }
}

/// Options for windows: names that are names, and processes of the host only on the network of the host.
pub(in crate::api) fn windows_options_fit(fields: &Fields) -> Verdict {
    let own = inside(inside(fields, "securityContext"), "windowsOptions");
    let by_pod = is_true(own, "hostProcess");
    let options: Vec<&Fields> = containers(fields)
        .map(|(_, container)| inside(inside(container, "securityContext"), "windowsOptions"))
        .collect();
    for options in options.iter().copied().chain([own]) {
        let spec = said(options, "gmsaCredentialSpecName");
        let user = options.get("runAsUserName").and_then(Json::as_str);
        let fits = (!has(options, "gmsaCredentialSpecName") || syntax::is_subdomain(spec))
            && user.is_none_or(is_windows_user);
        ensure(fits, "securityContext", || {
            "windowsOptions name a valid user and specification".to_owned()
        })?;
    }
    let runs_on_host = |options: &&&Fields| {
        let said = options.get("hostProcess").and_then(Json::as_bool);
        said.unwrap_or(by_pod)
    };
    let count = options.iter().filter(runs_on_host).count();
    let fits = count == 0 || (count == options.len() && is_true(fields, "hostNetwork"));
    ensure(fits, "securityContext", || {
        "hostProcess is for all containers of a pod with hostNetwork".to_owned()
    })
}

/// `user`, or `domain\user`.
fn is_windows_user(name: &str) -> bool {
    let (domain, user) = name.split_once('\\').unwrap_or(("a", name));
    !name.chars().any(char::is_control)
        && !domain.is_empty()
        && domain.len() < 256
        && (1..=104).contains(&user.len())
        && !user.chars().all(|character| matches!(character, '.' | ' '))
        && !user.contains([
            '"', '/', '\\', ':', ';', '|', '=', ',', '+', '*', '?', '<', '>', '@', '[', ']',
        ])
}
