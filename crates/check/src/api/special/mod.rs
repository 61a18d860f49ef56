//! What the API server demands between several fields of one object of a built-in kind.

mod admission;
mod annotations;
mod cluster;
mod containers;
mod core;
mod definition;
mod devices;
mod discovery;
mod fields;
mod flow;
mod jobs;
mod network;
mod own_meta;
mod pod;
mod pod_parts;
mod pod_placement;
mod pod_system;
mod pods;
mod quotas;
mod rollout;
mod scaling;
mod schedule;
mod secrets;
mod stored;
mod structural;
mod volumes;

use serde_json::{Map, Value as Json};

pub(super) use self::admission::*;
pub(super) use self::annotations::*;
pub(super) use self::cluster::*;
pub(super) use self::containers::*;
pub(super) use self::core::*;
pub(super) use self::definition::*;
pub(super) use self::devices::*;
pub(super) use self::discovery::*;
pub(super) use self::fields::{lower_half, quantity, whole};
pub(super) use self::flow::*;
pub(super) use self::jobs::*;
pub(super) use self::network::*;
pub(super) use self::own_meta::*;
pub(super) use self::pod::*;
pub(super) use self::pod_parts::*;
pub(super) use self::pod_placement::*;
pub(super) use self::pod_system::*;
pub(super) use self::pods::*;
pub(super) use self::quotas::*;
pub(super) use self::rollout::*;
pub(super) use self::scaling::*;
pub(super) use self::schedule::*;
pub(super) use self::secrets::*;
pub(super) use self::stored::*;
pub(super) use self::volumes::*;

use crate::cluster::{labels, list, selector, text};
use crate::pointer::Lookup;

/// The field that is wrong, and what is wrong with it.
pub(super) type Complaint = (&'static str, String);
pub(super) type Fields = Map<String, Json>;
pub(super) type Verdict = Result<(), Complaint>;

pub(super) fn at<'j>(fields: &'j Fields, first: &str, rest: &str) -> Option<&'j Json> {
    fields.get(first)?.lookup(rest)
}

pub(super) fn is_there(fields: &Fields, name: &str) -> bool {
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
    let claims = fields
        .get("volumeClaimTemplates")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(|claim| text(claim, "/metadata/name"))
        .collect();
    let spec = at(fields, "template", "/spec");
    spec.map_or(Ok(()), |spec| mounts_of(spec, claims, "template"))
}

/// As [`mounts_exist`], of a pod without a workload.
pub(super) fn own_mounts_exist(fields: &Fields) -> Verdict {
    let spec = fields.get("spec");
    spec.map_or(Ok(()), |spec| mounts_of(spec, Vec::new(), "spec"))
}

fn mounts_of<'j>(spec: &'j Json, mut known: Vec<&'j str>, field: &'static str) -> Verdict {
    known.extend(list(spec, "/volumes").filter_map(|(_, volume)| text(volume, "/name")));
    let containers = list(spec, "/containers").chain(list(spec, "/initContainers"));
    for (_, container) in containers {
        let mounts = list(container, "/volumeMounts").chain(list(container, "/volumeDevices"));
        for (_, mount) in mounts {
            let name = text(mount, "/name").unwrap_or_default();
            if !known.contains(&name) {
                let container = text(container, "/name").unwrap_or_default();
                return Err((
                    field,
                    format!(
                        "container {container} mounts the volume {name:?}, which the pod does not have"
                    ),
                ));
            }
        }
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
