//! Agreement inside of flow schemas and priority levels.

use super::fields::{ensure, has, inner, inside, is_true, items, said, small, texts, wrong};
use super::{Fields, Verdict};
use crate::syntax;

const VERBS: [&str; 9] = [
    "create",
    "delete",
    "deletecollection",
    "get",
    "list",
    "patch",
    "proxy",
    "update",
    "watch",
];

/// Only the schema of that name comes first of all.
pub(in crate::api) fn first_is_exempt(fields: &Fields) -> Verdict {
    let name = said(inside(fields, "metadata"), "name");
    let precedence = small(inside(fields, "spec"), "matchingPrecedence");
    ensure(name == "exempt" || precedence != Some(1), "spec", || {
        "matchingPrecedence 1 is for the schema named exempt".to_owned()
    })
}

/// Who is meant is of one kind.
pub(in crate::api) fn subject_is_of_its_kind(fields: &Fields) -> Verdict {
    let kind = said(fields, "kind");
    let field = match kind {
        "ServiceAccount" => "serviceAccount",
        "User" => "user",
        "Group" => "group",
        _ => {
            return wrong(
                "kind",
                format!("{kind:?} is none of Group, ServiceAccount, User"),
            );
        }
    };
    for other in ["serviceAccount", "user", "group"] {
        if other != field && has(fields, other) {
            return wrong("kind", format!("a subject of kind {kind} has no {other}"));
        }
    }
    let Some(subject) = inner(fields, field) else {
        return wrong("kind", format!("a subject of kind {kind} needs {field}"));
    };
    let name = said(subject, "name");
    if name.is_empty() {
        return wrong("kind", format!("{field} needs a name"));
    }
    if field != "serviceAccount" {
        return Ok(());
    }
    if name != "*" && !syntax::is_subdomain(name) {
        return wrong(
            "serviceAccount",
            format!("{name:?} is no name of an account"),
        );
    }
    let namespace = said(subject, "namespace");
    ensure(syntax::is_label(namespace), "serviceAccount", || {
        format!("{namespace:?} is no namespace")
    })
}

/// A list that is either of some words or of `*` alone.
fn alone(fields: &Fields, name: &'static str) -> Verdict {
    let count = items(fields, name).len();
    if count == 0 {
        return wrong(name, "at least one is needed");
    }
    ensure(
        count == 1 || texts(fields, name).all(|text| text != "*"),
        name,
        || "`*` stands alone".to_owned(),
    )
}

fn verbs_are_known(fields: &Fields) -> Verdict {
    alone(fields, "verbs")?;
    let unknown = texts(fields, "verbs").find(|verb| *verb != "*" && !VERBS.contains(verb));
    match unknown {
        None => Ok(()),
        Some(verb) => wrong("verbs", format!("{verb:?} is none of {}", VERBS.join(", "))),
    }
}

/// A rule about resources says verbs, groups, resources and where.
pub(in crate::api) fn resource_rule_is_whole(fields: &Fields) -> Verdict {
    verbs_are_known(fields)?;
    alone(fields, "apiGroups")?;
    alone(fields, "resources")?;
    if items(fields, "namespaces").is_empty() {
        return ensure(is_true(fields, "clusterScope"), "namespaces", || {
            "without clusterScope, at least one is needed".to_owned()
        });
    }
    alone(fields, "namespaces")?;
    let other = texts(fields, "namespaces").find(|name| *name != "*" && !syntax::is_label(name));
    match other {
        None => Ok(()),
        Some(name) => wrong("namespaces", format!("{name:?} is no namespace")),
    }
}

/// A rule about paths says verbs and paths.
pub(in crate::api) fn path_rule_is_whole(fields: &Fields) -> Verdict {
    verbs_are_known(fields)?;
    alone(fields, "nonResourceURLs")?;
    let is_path = |path: &str| {
        let inner = path.strip_suffix("/*").unwrap_or(path);
        path.starts_with('/') && !path.contains(' ') && !path.contains("//") && !inner.contains('*')
    };
    let other = texts(fields, "nonResourceURLs").find(|path| *path != "*" && !is_path(path));
    match other {
        None => Ok(()),
        Some(path) => wrong("nonResourceURLs", format!("{path:?} is no path")),
    }
}

/// The level of that name is the one that is exempt.
pub(in crate::api) fn level_has_its_name(fields: &Fields) -> Verdict {
    let name = said(inside(fields, "metadata"), "name");
    let kind = said(inside(fields, "spec"), "type");
    ensure((name == "exempt") == (kind == "Exempt"), "spec", || {
        "the level named exempt, and no other, is of type Exempt".to_owned()
    })
}

/// Requests that do not fit are queued where there are queues.
pub(in crate::api) fn response_fits_type(fields: &Fields) -> Verdict {
    match said(fields, "type") {
        "Queue" => ensure(has(fields, "queuing"), "queuing", || {
            "a response of type Queue needs it".to_owned()
        }),
        "Reject" => ensure(!has(fields, "queuing"), "queuing", || {
            "a response of type Reject has none".to_owned()
        }),
        _ => Ok(()),
    }
}

/// A hand is not larger than the deck of queues, and there are not too many ways of dealing it.
pub(in crate::api) fn hand_fits_queues(fields: &Fields) -> Verdict {
    let of = |name: &str, default: i64| match small(fields, name) {
        None | Some(0) => default,
        Some(number) => number,
    };
    let (queues, hand) = (of("queues", 64), of("handSize", 8));
    if hand > queues {
        return wrong(
            "handSize",
            format!("{hand} is above queues, which is {queues}"),
        );
    }
    let bits = f64::from(u32::try_from(queues).unwrap_or(1)).log2()
        * f64::from(u32::try_from(hand).unwrap_or(0));
    ensure(bits <= 60.0, "handSize", || {
        format!("a hand of {hand} from {queues} queues needs more than 60 bits")
    })
}
