//! Agreement inside of pods and what runs them.

use serde_json::Value as Json;

use super::fields::said;
use super::{Fields, Verdict, at, is_there, quantity};
use crate::cluster::text;
use crate::pointer::Lookup;
use crate::syntax;

/// The pods of a workload that keeps running are restarted whenever they end.
pub(in crate::api) fn pods_restart(fields: &Fields) -> Verdict {
    match at(fields, "template", "/spec/restartPolicy").and_then(Json::as_str) {
        None | Some("" | "Always") => Ok(()),
        Some(other) => Err((
            "template",
            format!("restartPolicy {other:?} is not allowed here; only Always is"),
        )),
    }
}

/// The pods of a job say what happens when they fail.
pub(in crate::api) fn pods_end(fields: &Fields) -> Verdict {
    let Some(spec) = at(fields, "template", "/spec").filter(|spec| !spec.is_null()) else {
        return Err((
            "template",
            "a job needs a pod template with containers".to_owned(),
        ));
    };
    match text(spec, "/restartPolicy") {
        Some("Never" | "OnFailure") => Ok(()),
        _ => Err((
            "template",
            "the pods of a job need restartPolicy Never or OnFailure".to_owned(),
        )),
    }
}

/// A hook that sleeps ends before the pod is killed.
pub(in crate::api) fn hooks_end_in_time(fields: &Fields) -> Verdict {
    let grace = fields
        .get("terminationGracePeriodSeconds")
        .and_then(Json::as_i64)
        .unwrap_or(30);
    for containers in ["containers", "initContainers"] {
        for container in fields
            .get(containers)
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
        {
            for hook in [
                "/lifecycle/preStop/sleep/seconds",
                "/lifecycle/postStart/sleep/seconds",
            ] {
                let sleep = container.lookup(hook).and_then(Json::as_i64);
                let Some(sleep) = sleep.filter(|sleep| *sleep != 0) else {
                    continue;
                };
                if sleep < 0 || sleep > grace {
                    return Err((
                        "terminationGracePeriodSeconds",
                        format!(
                            "a hook sleeps for {sleep} s, and the pod is killed after {grace} s"
                        ),
                    ));
                }
            }
        }
    }
    Ok(())
}

/// A toleration names a taint, or all of them.
pub(in crate::api) fn toleration_says_what(fields: &Fields) -> Verdict {
    let (key, operator) = (said(fields, "key"), said(fields, "operator"));
    if key.is_empty() && operator != "Exists" {
        return Err((
            "operator",
            "without a key the operator must be Exists, which matches every taint".to_owned(),
        ));
    }
    if operator == "Exists" && !said(fields, "value").is_empty() {
        return Err(("value", "the operator Exists takes no value".to_owned()));
    }
    if !matches!(operator, "" | "Equal" | "Exists" | "Gt" | "Lt") {
        return Err((
            "operator",
            format!("{operator:?} is neither Equal nor Exists"),
        ));
    }
    let seconds = fields
        .get("tolerationSeconds")
        .is_some_and(|value| !value.is_null());
    if seconds && said(fields, "effect") != "NoExecute" {
        return Err((
            "effect",
            "tolerationSeconds goes with the effect NoExecute".to_owned(),
        ));
    }
    Ok(())
}

/// `In` and `NotIn` need values, `Exists` and `DoesNotExist` take none, `Gt` and `Lt` one.
pub(in crate::api) fn operator_fits_values(fields: &Fields) -> Verdict {
    let values = fields
        .get("values")
        .and_then(Json::as_array)
        .map_or(&[][..], Vec::as_slice);
    match said(fields, "operator") {
        "In" | "NotIn" if values.is_empty() => {
            Err(("values", "In and NotIn need values".to_owned()))
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => Err((
            "values",
            "Exists and DoesNotExist take no values".to_owned(),
        )),
        "Gt" | "Lt" => {
            if values.len() == 1 {
                Ok(())
            } else {
                Err((
                    "values",
                    "Gt and Lt take one number, written as a text".to_owned(),
                ))
            }
        }
        _ => Ok(()),
    }
}

/// The field of a pod that a variable or a file shows.
pub(in crate::api) fn field_can_be_read(fields: &Fields) -> Verdict {
    let path = said(fields, "fieldPath");
    let key_of = |map: &str| {
        path.strip_prefix(map)
            .and_then(|rest| rest.strip_prefix("['"))
            .and_then(|rest| rest.strip_suffix("']"))
    };
    let known = matches!(
        path,
        "" | "metadata.name"
            | "metadata.namespace"
            | "metadata.uid"
            | "metadata.labels"
            | "metadata.annotations"
            | "spec.nodeName"
            | "spec.serviceAccountName"
            | "status.hostIP"
            | "status.hostIPs"
            | "status.podIP"
            | "status.podIPs"
    ) || key_of("metadata.labels").is_some_and(syntax::is_qualified_name)
        || key_of("metadata.annotations")
            .is_some_and(|key| syntax::is_qualified_name(&key.to_lowercase()));
    if known {
        Ok(())
    } else {
        Err((
            "fieldPath",
            format!("{path:?} is no field that pods can be shown; metadata.name is one"),
        ))
    }
}

/// Keys of the pod's own labels narrow a selector, so there has to be one.
pub(in crate::api) fn spread_keys_have_a_selector(fields: &Fields) -> Verdict {
    if is_there(fields, "matchLabelKeys") && !is_there(fields, "labelSelector") {
        return Err((
            "matchLabelKeys",
            "there is no labelSelector that the keys could narrow".to_owned(),
        ));
    }
    Ok(())
}

/// An empty directory is not limited to less than nothing.
pub(in crate::api) fn size_is_not_negative(fields: &Fields) -> Verdict {
    let size = fields.get("sizeLimit").and_then(quantity);
    match size {
        Some(size) if size.sign() < 0 => Err(("sizeLimit", "must be 0 or more".to_owned())),
        _ => Ok(()),
    }
}
