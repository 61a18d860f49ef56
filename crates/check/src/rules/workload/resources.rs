//! What containers say of the resources they use.

use serde_json::Value as Json;

use crate::cluster::{Container, Template};
use crate::pointer::Lookup;

/// Which of these requests or limits a container does not give; a limit is a request too, and the pod may give both for
/// all of its containers.
pub(super) fn unsaid(
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
        })
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
