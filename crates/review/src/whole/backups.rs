//! Whose data are backed up before and after.

use std::collections::BTreeSet;

use check::Document;
use serde_json::Value as Json;

use super::{Both, items, tell, touches};
use crate::effect::Around;
use crate::model::{Direction, Topic, WholeChange};
use crate::tree::Side;

/// Says which namespaces with data come into the backups and fall out of them.
pub(super) fn compare(around: &Around<'_>, both: &[Both<'_>], found: &mut Vec<WholeChange>) {
    let concerns = [
        "Schedule",
        "PersistentVolumeClaim",
        "StatefulSet",
        "Namespace",
    ];
    if !touches(both, &[], &concerns) {
        return;
    }
    let (before, after) = (state(around, Side::Base), state(around, Side::Head));
    let (Some(before), Some(after)) = (before, after) else {
        return;
    };
    for namespace in &after.with_data {
        let (was, is) = (before.covers(namespace), after.covers(namespace));
        let is_new = !before.with_data.contains(namespace);
        let line = match (was, is) {
            (true, false) if !is_new => {
                format!("namespace {namespace} keeps its claims and is not backed up any more")
            }
            (false, true) if !is_new => format!("namespace {namespace} is backed up now"),
            (_, false) if is_new => {
                format!("the new claims of namespace {namespace} are in no backup")
            }
            _ => continue,
        };
        let direction = if is {
            Direction::Opened
        } else {
            Direction::Closed
        };
        tell(found, Topic::Backups, direction, line);
    }
}

struct State {
    /// Namespaces with claims.
    with_data: BTreeSet<String>,
    schedules: Vec<Scope>,
}

struct Scope {
    included: Vec<String>,
    excluded: Vec<String>,
}

impl State {
    fn covers(&self, namespace: &str) -> bool {
        self.schedules.iter().any(|scope| {
            let named =
                |list: &[String]| list.iter().any(|entry| entry == "*" || entry == namespace);
            (scope.included.is_empty() || named(&scope.included)) && !named(&scope.excluded)
        })
    }
}

/// `None` where a schedule chooses by labels, which no name of a namespace tells.
fn state(around: &Around<'_>, side: Side) -> Option<State> {
    let kinds = ["Schedule", "PersistentVolumeClaim", "StatefulSet"];
    let mut state = State {
        with_data: BTreeSet::new(),
        schedules: Vec::new(),
    };
    for document in around.trees.of_kinds(side, &kinds) {
        match (document.id.group(), document.id.kind.as_ref()) {
            ("velero.io", "Schedule") => match reach(document) {
                Reach::ByLabels => return None,
                Reach::Nothing => {}
                Reach::Namespaces(scope) => state.schedules.push(scope),
            },
            ("" | "apps", "PersistentVolumeClaim" | "StatefulSet") => {
                let has_claims = document.id.kind == "PersistentVolumeClaim"
                    || document
                        .value
                        .pointer("/spec/volumeClaimTemplates")
                        .is_some();
                let namespace = document.id.namespace.clone().filter(|_| has_claims);
                state.with_data.extend(namespace);
            }
            _ => {}
        }
    }
    Some(state)
}

/// What a schedule backs up.
enum Reach {
    /// It chooses by labels.
    ByLabels,
    /// It pauses.
    Nothing,
    Namespaces(Scope),
}

fn reach(document: &Document) -> Reach {
    let spec = document.value.get("spec").unwrap_or(&Json::Null);
    if spec.get("paused") == Some(&Json::Bool(true)) {
        return Reach::Nothing;
    }
    let template = spec.get("template").unwrap_or(&Json::Null);
    if template.get("labelSelector").is_some() || template.get("orLabelSelectors").is_some() {
        return Reach::ByLabels;
    }
    let names = |field: &str| -> Vec<String> {
        items(template, field)
            .filter_map(Json::as_str)
            .map(str::to_owned)
            .collect()
    };
    Reach::Namespaces(Scope {
        included: names("includedNamespaces"),
        excluded: names("excludedNamespaces"),
    })
}
