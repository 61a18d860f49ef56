//! What containers say of the resources they use.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Container, Template, list as list_at, namespace_of};
use crate::pointer::Lookup;

/// Which of these requests or limits a container does not give; a limit is a request too, the pod may give both for all of
/// its containers, and a `LimitRange` of the namespace gives what nobody says.
pub(super) fn unsaid(
    cluster: &Cluster<'_>,
    template: &Template<'_, '_>,
    container: &Container<'_>,
    wanted: &[(&str, &'static str)],
) -> Vec<String> {
    let says = |value: &Json, list: &str, name: &str| {
        value
            .lookup(&format!("/resources/{list}/{name}"))
            .is_some_and(|amount| !amount.is_null() && *amount != 0 && *amount != "0")
    };
    let is_said = |(list, name): &(&str, &'static str)| {
        [container.value, template.spec].into_iter().any(|value| {
            says(value, list, name) || (*list == "requests" && says(value, "limits", name))
        }) || has_default(cluster, template.pods.namespace, list, name)
    };
    let unsaid = wanted.iter().filter(|wanted| !is_said(wanted));
    let first = wanted.first().map(|(list, _)| *list);
    let several_lists = wanted.iter().any(|(list, _)| Some(*list) != first);
    let shown = |(list, name): &(&str, &'static str)| {
        if several_lists {
            format!("{name} {}", list.trim_end_matches('s'))
        } else {
            (*name).to_owned()
        }
    };
    unsaid.map(shown).collect()
}

/// Whether a `LimitRange` of the namespace gives a request or limit to containers that do not say it. What it gives as a
/// limit, or allows at most, is a request too.
fn has_default(cluster: &Cluster<'_>, namespace: &str, list: &str, name: &str) -> bool {
    let fields: &[&str] = if list == "requests" {
        &["defaultRequest", "default", "min", "max"]
    } else {
        &["default", "max"]
    };
    let ranges = cluster.of_kind("", "LimitRange").iter();
    let ranges = ranges.filter(|range| namespace_of(range) == namespace);
    let items = ranges.flat_map(|range| list_at(&range.value, "/spec/limits"));
    items
        .map(|(_, item)| item)
        .filter(|item| item["type"] == "Container")
        .any(|item| {
            fields.iter().any(|field| {
                item.get(field)
                    .is_some_and(|amounts| amounts.get(name).is_some())
            })
        })
}
