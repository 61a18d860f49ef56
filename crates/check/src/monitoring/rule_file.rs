//! Files of alerting and recording rules.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::source::{Source, Spot};

/// A file of rules.
pub(crate) struct RuleFile<'a> {
    pub(crate) source: Source<'a>,
    /// Whether it is an object of the Prometheus operator, whose fields its schema judges.
    pub(crate) is_object: bool,
    pub(crate) groups: Vec<Group>,
}

/// Rules that are evaluated one after the other.
pub(crate) struct Group {
    pub(crate) name: String,
    /// `groups[0]`
    pub(crate) field: String,
    pub(crate) rules: Vec<Rule>,
}

/// An alerting or recording rule.
pub(crate) struct Rule {
    /// `groups[0].rules[0]`
    pub(crate) field: String,
    pub(crate) kind: AlertingOrRecording,
    /// The name of the alert, or of the metric that is recorded.
    pub(crate) name: String,
    pub(crate) expression: String,
    /// With the labels of its group.
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) annotations: BTreeMap<String, String>,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AlertingOrRecording {
    Alerting,
    Recording,
}

impl<'a> RuleFile<'a> {
    /// Whether a file holds rules: a list of groups, one of which has a rule with a name.
    pub(super) fn is_one(value: &Json) -> bool {
        let groups = list(value, "groups");
        groups.iter().any(|group| {
            list(group, "rules")
                .iter()
                .any(|rule| rule.get("alert").is_some() || rule.get("record").is_some())
        })
    }

    pub(super) fn of(source: Source<'a>, is_object: bool) -> Self {
        let groups = list(source.value(), "groups").iter().enumerate();
        let groups = groups.map(|(at, group)| group_of(at, group)).collect();
        Self {
            source,
            is_object,
            groups,
        }
    }

    /// All rules.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.groups.iter().flat_map(|group| &group.rules)
    }

    /// The place of a field of a rule.
    pub(crate) fn spot(&self, rule: &Rule, field: &str) -> Spot<'a> {
        self.source.spot(&format!("{}.{field}", rule.field))
    }
}

fn group_of(at: usize, group: &Json) -> Group {
    let field = format!("groups[{at}]");
    let common = texts(group.get("labels"));
    let rules = list(group, "rules").iter().enumerate();
    let rules = rules.map(|(at, rule)| rule_of(format!("{field}.rules[{at}]"), rule, &common));
    Group {
        name: text(group.get("name")).unwrap_or_default(),
        rules: rules.collect(),
        field,
    }
}

fn rule_of(field: String, rule: &Json, common: &BTreeMap<String, String>) -> Rule {
    let alert = text(rule.get("alert")).filter(|name| !name.is_empty());
    let kind = match &alert {
        Some(_) => AlertingOrRecording::Alerting,
        None => AlertingOrRecording::Recording,
    };
    let mut labels = common.clone();
    labels.extend(texts(rule.get("labels")));
    Rule {
        field,
        kind,
        name: alert
            .or_else(|| text(rule.get("record")))
            .unwrap_or_default(),
        expression: text(rule.get("expr")).unwrap_or_default(),
        labels,
        annotations: texts(rule.get("annotations")),
    }
}

/// The elements of a list; none where there is none.
pub(super) fn list<'j>(value: &'j Json, field: &str) -> &'j [Json] {
    let list = value.get(field).and_then(Json::as_array);
    list.map_or(&[], Vec::as_slice)
}

/// A scalar as Prometheus' reader takes it for text.
pub(super) fn text(value: Option<&Json>) -> Option<String> {
    match value? {
        Json::String(text) => Some(text.clone()),
        number @ (Json::Number(_) | Json::Bool(_)) => Some(number.to_string()),
        _ => None,
    }
}

/// The scalars of a map.
pub(super) fn texts(value: Option<&Json>) -> BTreeMap<String, String> {
    let map = value.and_then(Json::as_object).into_iter().flatten();
    map.filter_map(|(key, value)| Some((key.clone(), text(Some(value))?)))
        .collect()
}
