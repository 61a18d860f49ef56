//! Agreement inside of volumes and claims, whatever they are made of.

use std::sync::LazyLock;

use regex_lite::Regex;
use serde_json::Value as Json;

use super::containers::has_no_backsteps;
use super::fields::{
    ensure, entries, has, inner, inside, is_true, items, objects, quantity, said, said_or, small,
    texts, wrong,
};
use super::{Fields, Verdict};
use crate::syntax;

/// The longest `<volume>:<portal>` where the initiator has a name.
const PORTAL: usize = 64;

static IQN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"iqn\.[0-9]{4}-[0-9]{2}\.([0-9A-Za-z.-]+)(:[^,;*&$|\s]+)$").ok());

/// Whether a name is one of the three sorts that iSCSI has.
fn is_qualified(name: &str) -> bool {
    let digits = |prefix: &str, count: usize| {
        name.strip_prefix(prefix).is_some_and(|rest| {
            let rest = rest.chars().skip(1);
            rest.clone().count() == count
                && rest.into_iter().all(|digit| digit.is_ascii_alphanumeric())
        })
    };
    if name.starts_with("iqn") {
        return IQN.as_ref().is_none_or(|names| names.is_match(name));
    }
    digits("eui", 16) || digits("naa", 32)
}

/// A target of iSCSI has a qualified name, and a secret where it asks for one.
pub(in crate::api) fn target_is_named(fields: &Fields) -> Verdict {
    let iqn = said(fields, "iqn");
    ensure(iqn.is_empty() || is_qualified(iqn), "iqn", || {
        format!("{iqn:?} is no name such as `iqn.2001-04.com.example:storage`")
    })?;
    let asks = is_true(fields, "chapAuthDiscovery") || is_true(fields, "chapAuthSession");
    ensure(!asks || has(fields, "secretRef"), "secretRef", || {
        "authentication needs a secret".to_owned()
    })?;
    let initiator = said(fields, "initiatorName");
    ensure(
        !has(fields, "initiatorName") || is_qualified(initiator),
        "initiatorName",
        || format!("{initiator:?} is no name such as `iqn.2001-04.com.example:storage`"),
    )
}

/// The name of a volume and the portal of its target fit into one name.
pub(in crate::api) fn portal_fits(fields: &Fields) -> Verdict {
    let Some(target) = inner(fields, "iscsi") else {
        return Ok(());
    };
    let length = said(fields, "name").len() + 1 + said(target, "targetPortal").len();
    ensure(
        !has(target, "initiatorName") || length <= PORTAL,
        "iscsi",
        || format!("name and targetPortal together have more than {PORTAL} characters"),
    )
}

/// A disk of Fibre Channel is named in one way.
pub(in crate::api) fn fibre_is_named(fields: &Fields) -> Verdict {
    let names = !items(fields, "targetWWNs").is_empty();
    if names != items(fields, "wwids").is_empty() {
        return wrong("targetWWNs", "either targetWWNs or wwids");
    }
    let fits = !names || small(fields, "lun").is_some_and(|lun| (0..=255).contains(&lun));
    ensure(fits, "lun", || {
        "targetWWNs need a lun from 0 to 255".to_owned()
    })
}

/// A disk of Azure has the address that its kind has.
pub(in crate::api) fn azure_disk_fits(fields: &Fields) -> Verdict {
    let uri = said(fields, "diskURI");
    match said_or(fields, "kind", "Shared") {
        "Managed" => ensure(uri.starts_with("/subscriptions/"), "diskURI", || {
            "a managed disk is named `/subscriptions/…`".to_owned()
        }),
        _ => ensure(uri.starts_with("https://"), "diskURI", || {
            "a disk in a blob is named `https://…`".to_owned()
        }),
    }
}

/// A Quobyte volume names its registry.
pub(in crate::api) fn registry_is_named(fields: &Fields) -> Verdict {
    let registry = said(fields, "registry");
    let is_pair = |pair: &str| {
        pair.rsplit_once(':')
            .is_some_and(|(host, _)| !host.contains(':') || host.ends_with(']'))
    };
    ensure(
        registry.is_empty() || registry.split(',').all(is_pair),
        "registry",
        || "a registry is host:port, several with commas between".to_owned(),
    )?;
    ensure(said(fields, "tenant").len() <= 64, "tenant", || {
        "at most 64 characters".to_owned()
    })
}

/// A data set of Flocker has one name.
pub(in crate::api) fn data_set_is_named(fields: &Fields) -> Verdict {
    ensure(
        !said(fields, "datasetName").contains('/'),
        "datasetName",
        || "it has no `/`".to_owned(),
    )
}

/// Options of a driver outside of the tree are not in Kubernetes' own domains.
pub(in crate::api) fn options_are_foreign(fields: &Fields) -> Verdict {
    for (key, _) in entries(fields, "options") {
        let domain = key
            .split('/')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let dotted = format!(".{domain}");
        if dotted.ends_with(".kubernetes.io") || dotted.ends_with(".k8s.io") {
            return wrong("options", format!("{key:?} is reserved for Kubernetes"));
        }
    }
    Ok(())
}

/// A driver has a domain for its name.
pub(in crate::api) fn driver_is_named(fields: &Fields) -> Verdict {
    let driver = said(fields, "driver");
    is_driver("driver", driver)
}

fn is_driver(field: &'static str, driver: &str) -> Verdict {
    let fits = driver.len() <= 63 && syntax::is_subdomain(&driver.to_ascii_lowercase());
    ensure(driver.is_empty() || fits, field, || {
        format!("{driver:?} is no name of a driver")
    })
}

/// The secrets of a volume say where they are.
pub(in crate::api) fn volume_secrets_are_named(fields: &Fields) -> Verdict {
    for name in [
        "controllerPublishSecretRef",
        "controllerExpandSecretRef",
        "nodePublishSecretRef",
        "nodeExpandSecretRef",
    ] {
        if let Some(secret) = inner(fields, name) {
            let fits = syntax::is_subdomain(said(secret, "name"))
                && syntax::is_label(said(secret, "namespace"));
            ensure(fits, "driver", || {
                format!("{name} needs a name and a namespace")
            })?;
        }
    }
    Ok(())
}

/// The secret of a driver in a pod has a name.
pub(in crate::api) fn pod_secret_is_named(fields: &Fields) -> Verdict {
    match inner(fields, "nodePublishSecretRef") {
        None => Ok(()),
        Some(secret) => ensure(
            syntax::is_subdomain(said(secret, "name")),
            "nodePublishSecretRef",
            || "it needs the name of a secret".to_owned(),
        ),
    }
}

/// A secret is referred to by its name.
pub(in crate::api) fn secret_has_a_name(fields: &Fields) -> Verdict {
    let named = |secret: &Fields| !said(secret, "name").is_empty();
    ensure(
        inner(fields, "secretRef").is_none_or(named),
        "secretRef",
        || "it needs a name".to_owned(),
    )
}

/// A secret is referred to by its name and namespace.
pub(in crate::api) fn secret_has_a_place(fields: &Fields) -> Verdict {
    let named =
        |secret: &Fields| !said(secret, "name").is_empty() && !said(secret, "namespace").is_empty();
    ensure(
        inner(fields, "secretRef").is_none_or(named),
        "secretRef",
        || "it needs a name and a namespace".to_owned(),
    )
}

/// A path on a host never goes up.
pub(in crate::api) fn path_has_no_backsteps(fields: &Fields) -> Verdict {
    let path = said(fields, "path");
    ensure(has_no_backsteps(path), "path", || {
        format!("{path:?} goes up")
    })
}

/// A folder of a repository is inside of it.
pub(in crate::api) fn directory_is_inside(fields: &Fields) -> Verdict {
    let path = said(fields, "directory");
    ensure(super::containers::is_inside(path), "directory", || {
        format!("{path:?} leaves the repository")
    })
}

/// A token lasts ten minutes at least.
pub(in crate::api) fn token_lasts(fields: &Fields) -> Verdict {
    let seconds = fields.get("expirationSeconds").and_then(Json::as_i64);
    let fits = seconds.is_none_or(|seconds| (600..=1 << 32).contains(&seconds));
    ensure(fits, "expirationSeconds", || "at least 600".to_owned())
}

/// A disk that only one pod may use excludes other modes.
pub(in crate::api) fn modes_fit(fields: &Fields) -> Verdict {
    let alone = texts(fields, "accessModes").any(|mode| mode == "ReadWriteOncePod");
    let others = texts(fields, "accessModes").any(|mode| mode != "ReadWriteOncePod");
    ensure(!(alone && others), "accessModes", || {
        "ReadWriteOncePod stands alone".to_owned()
    })
}

/// A claim asks for some storage, and what it is filled from is named.
pub(in crate::api) fn claim_is_whole(fields: &Fields) -> Verdict {
    let requests = inside(inside(fields, "resources"), "requests");
    if let Some(size) = requests.get("storage").and_then(quantity) {
        ensure(size.sign() > 0, "resources", || {
            "a claim asks for more than nothing".to_owned()
        })?;
    }
    let mut sources = Vec::new();
    for name in ["dataSource", "dataSourceRef"] {
        let field = if name == "dataSource" {
            "dataSource"
        } else {
            "dataSourceRef"
        };
        let source = inner(fields, name).filter(|source| {
            // Of the older field the server drops what it does not know.
            let known = matches!(
                (said(source, "apiGroup"), said(source, "kind")),
                ("", "PersistentVolumeClaim") | ("snapshot.storage.k8s.io", "VolumeSnapshot")
            );
            name == "dataSourceRef" || known
        });
        if let Some(source) = source {
            let group = said(source, "apiGroup");
            let fits = !said(source, "name").is_empty()
                && !said(source, "kind").is_empty()
                && (said(source, "kind") == "PersistentVolumeClaim" || !group.is_empty())
                && (group.is_empty() || syntax::is_subdomain(group));
            ensure(fits, field, || {
                "it needs a kind with its apiGroup, and a name".to_owned()
            })?;
            let namespace = said(source, "namespace");
            ensure(
                namespace.is_empty() || syntax::is_label(namespace),
                field,
                || format!("{namespace:?} is no namespace"),
            )?;
            sources.push(source);
        }
    }
    if let [one, other] = sources[..] {
        let same = ["apiGroup", "kind", "name"]
            .iter()
            .all(|part| said(one, part) == said(other, part));
        ensure(
            same && said(other, "namespace").is_empty(),
            "dataSource",
            || "it must be the same as dataSourceRef".to_owned(),
        )?;
    }
    Ok(())
}

/// A volume has room; a disk of a node says of which; a class of attributes needs a driver; no root of a host is recycled.
pub(in crate::api) fn volume_is_whole(fields: &Fields) -> Verdict {
    for (name, amount) in entries(fields, "capacity") {
        let is_some = quantity(amount).is_none_or(|amount| amount.sign() > 0);
        ensure(is_some, "capacity", || {
            format!("{name} must be more than nothing")
        })?;
    }
    if let Some(local) = inner(fields, "local") {
        ensure(has(fields, "nodeAffinity"), "nodeAffinity", || {
            "a disk of a node needs to say of which".to_owned()
        })?;
        path_has_no_backsteps(local)?;
        ensure(!said(local, "path").is_empty(), "local", || {
            "it needs a path".to_owned()
        })?;
    }
    if has(fields, "volumeAttributesClassName") {
        let name = said(fields, "volumeAttributesClassName");
        ensure(
            syntax::is_subdomain(name) && has(fields, "csi"),
            "volumeAttributesClassName",
            || "it is the name of a class, and for drivers of CSI".to_owned(),
        )?;
    }
    let path = said(inside(fields, "hostPath"), "path");
    let is_root = !path.is_empty() && path.split('/').all(|part| matches!(part, "" | "."));
    ensure(
        !is_root || said(fields, "persistentVolumeReclaimPolicy") != "Recycle",
        "persistentVolumeReclaimPolicy",
        || "the root of a host is not recycled".to_owned(),
    )
}

/// A volume of iSCSI and its portal fit into one name.
pub(in crate::api) fn own_portal_fits(fields: &Fields) -> Verdict {
    let target = inside(inside(fields, "spec"), "iscsi");
    let name = said(inside(fields, "metadata"), "name");
    let length = name.len() + 1 + said(target, "targetPortal").len();
    ensure(
        !has(target, "initiatorName") || length <= PORTAL,
        "spec",
        || format!("name and targetPortal together have more than {PORTAL} characters"),
    )
}

/// Topologies of a class differ.
pub(in crate::api) fn topologies_differ(fields: &Fields) -> Verdict {
    let mut seen: Vec<Vec<(String, Vec<String>)>> = Vec::new();
    for term in objects(fields, "allowedTopologies") {
        let mut keys: Vec<(String, Vec<String>)> = objects(term, "matchLabelExpressions")
            .map(|expression| {
                let mut values: Vec<String> =
                    texts(expression, "values").map(ToOwned::to_owned).collect();
                values.sort();
                (said(expression, "key").to_owned(), values)
            })
            .collect();
        keys.sort();
        ensure(!seen.contains(&keys), "allowedTopologies", || {
            "the same topology is there twice".to_owned()
        })?;
        seen.push(keys);
    }
    parameters_have_names(fields)
}

/// Parameters of a class have names, and fit into the store.
pub(in crate::api) fn parameters_have_names(fields: &Fields) -> Verdict {
    let mut bytes = 0;
    for (key, value) in entries(fields, "parameters") {
        bytes += key.len() + value.as_str().map_or(0, str::len);
        ensure(!key.is_empty() && bytes <= 256 * 1024, "parameters", || {
            "a parameter has a name, and all together at most 256 KiB".to_owned()
        })?;
    }
    Ok(())
}

/// What attaches a volume is a driver.
pub(in crate::api) fn attacher_is_a_driver(fields: &Fields) -> Verdict {
    is_driver("attacher", said(fields, "attacher"))
}

/// The topology of a capacity, and how much there is.
pub(in crate::api) fn capacity_fits(fields: &Fields) -> Verdict {
    let class = said(fields, "storageClassName");
    ensure(syntax::is_subdomain(class), "storageClassName", || {
        format!("{class:?} is no name of a class")
    })?;
    let is_negative = fields
        .get("capacity")
        .and_then(quantity)
        .is_some_and(|amount| amount.sign() < 0);
    ensure(!is_negative, "capacity", || "must be 0 or more".to_owned())
}

/// The drivers of a node have names, and keys that are labels.
pub(in crate::api) fn node_drivers_are_named(fields: &Fields) -> Verdict {
    for driver in objects(fields, "drivers") {
        let name = said(driver, "name");
        let fits = !name.is_empty()
            && is_driver("drivers", name).is_ok()
            && !said(driver, "nodeID").is_empty()
            && said(driver, "nodeID").len() <= 192;
        ensure(fits, "drivers", || {
            format!("{name:?} is no driver with a nodeID")
        })?;
        let keys: Vec<&str> = texts(driver, "topologyKeys").collect();
        let valid = keys.iter().all(|key| syntax::is_qualified_name(key));
        ensure(
            valid && super::fields::twice(keys).is_none(),
            "drivers",
            || "topologyKeys are keys of labels, each once".to_owned(),
        )?;
        let count = small(inside(driver, "allocatable"), "count");
        ensure(count.is_none_or(|count| count >= 0), "drivers", || {
            "count must be 0 or more".to_owned()
        })?;
    }
    Ok(())
}

/// Tokens for different audiences, each for ten minutes at least.
pub(in crate::api) fn tokens_differ(fields: &Fields) -> Verdict {
    let audiences = objects(fields, "tokenRequests").map(|token| said(token, "audience"));
    if super::fields::twice(audiences).is_some() {
        return wrong("tokenRequests", "two tokens have the same audience");
    }
    let seconds = fields
        .get("nodeAllocatableUpdatePeriodSeconds")
        .and_then(Json::as_i64);
    ensure(
        seconds.is_none_or(|seconds| seconds >= 10),
        "nodeAllocatableUpdatePeriodSeconds",
        || "at least 10".to_owned(),
    )?;
    objects(fields, "tokenRequests").try_for_each(token_lasts)
}
