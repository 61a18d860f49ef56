//! Which routes and conditions of a `VirtualService` stand behind others that take all their requests.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::cluster::{list, text};
use crate::document::Document;

/// What is wrong with the place of a route or a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// The route is never taken.
    Unreachable,
    /// The condition is never tried.
    Ineffective,
}

/// Where something is told of.
type Tell<'t> = dyn FnMut(String, Judgement, String) + 't;

/// How many conditions with a prefix are compared with each other; more are not written by hand.
const MOST: usize = 500;

/// Judges the order of all routes of a `VirtualService`.
pub(super) fn judge(service: &Document, tell: &mut Tell<'_>) {
    for (protocol, pointer) in [
        ("http", "/spec/http"),
        ("tcp", "/spec/tcp"),
        ("tls", "/spec/tls"),
    ] {
        of_protocol(service, protocol, pointer, tell);
    }
}

fn of_protocol(service: &Document, protocol: &str, pointer: &str, tell: &mut Tell<'_>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut takes_all: Option<usize> = None;
    let mut prefixes: Vec<Prefix<'_>> = Vec::new();
    for (index, route) in list(&service.value, pointer) {
        let path = format!("spec.{protocol}[{index}]");
        let conditions: Vec<(usize, &Json)> = list(route, "/match").collect();
        if let Some(before) = takes_all {
            let message = format!(
                "route {} before it takes every request",
                shown(service, pointer, before)
            );
            tell(path.clone(), Judgement::Unreachable, message);
            continue;
        }
        if conditions.is_empty() {
            takes_all = Some(index);
            continue;
        }
        let mut repeated = 0;
        for (position, condition) in &conditions {
            let path = format!("{path}.match[{position}]");
            if let Some(before) = seen.get(&key(condition)) {
                let message = format!(
                    "route {} has the same condition",
                    shown(service, pointer, *before)
                );
                tell(path, Judgement::Ineffective, message);
                repeated += 1;
                continue;
            }
            seen.insert(key(condition), index);
            prefixes.extend(Prefix::of(condition, path).filter(|_| protocol == "http"));
        }
        if repeated == conditions.len() {
            tell(
                path,
                Judgement::Unreachable,
                "routes before it have all of its conditions".to_owned(),
            );
        }
    }
    covered(&prefixes, tell);
}

fn covered(prefixes: &[Prefix<'_>], tell: &mut Tell<'_>) {
    for (position, later) in prefixes.iter().enumerate().take(MOST) {
        let earlier = prefixes
            .iter()
            .take(position)
            .find(|earlier| earlier.covers(later));
        if let Some(earlier) = earlier {
            let message = format!(
                "prefix {} is part of prefix {} at {}",
                later.beginning, earlier.beginning, earlier.path
            );
            tell(later.path.clone(), Judgement::Ineffective, message);
        }
    }
}

/// A condition without its name, which has no effect.
fn key(condition: &Json) -> String {
    let mut condition = condition.clone();
    if let Some(fields) = condition.as_object_mut() {
        fields.remove("name");
    }
    condition.to_string()
}

fn shown(service: &Document, pointer: &str, index: usize) -> String {
    text(&service.value, &format!("{pointer}/{index}/name"))
        .map_or_else(|| format!("#{index}"), str::to_owned)
}

/// A condition on the beginning of the path, with everything else that it asks for.
struct Prefix<'a> {
    path: String,
    beginning: &'a str,
    condition: &'a Map<String, Json>,
}

impl<'a> Prefix<'a> {
    fn of(condition: &'a Json, path: String) -> Option<Self> {
        let prefix = text(condition, "/uri/prefix").filter(|prefix| !prefix.is_empty())?;
        let condition = condition.as_object()?;
        Some(Self {
            path,
            beginning: prefix,
            condition,
        })
    }

    /// Whether every request of the other is one of this: its prefix is longer, and it asks for all that this asks for.
    fn covers(&self, other: &Self) -> bool {
        let is_part =
            other.beginning != self.beginning && other.beginning.starts_with(self.beginning);
        let same_case = self.condition.get("ignoreUriCase") == other.condition.get("ignoreUriCase");
        let asks_less = self
            .condition
            .iter()
            .filter(|(field, _)| !["uri", "name", "ignoreUriCase"].contains(&field.as_str()))
            .all(|(field, wanted)| is_asked(wanted, other.condition.get(field)));
        is_part && same_case && asks_less
    }
}

/// Whether what one condition asks for in a field is asked for by the other too.
fn is_asked(wanted: &Json, other: Option<&Json>) -> bool {
    match (wanted.as_object(), other) {
        _ if other == Some(wanted) => true,
        // Headers and parameters: each by itself.
        (Some(wanted), Some(Json::Object(other))) => {
            let is_matcher = ["exact", "prefix", "regex"]
                .iter()
                .any(|form| wanted.contains_key(*form));
            !is_matcher
                && wanted
                    .iter()
                    .all(|(key, value)| other.get(key) == Some(value))
        }
        _ => false,
    }
}
