//! The chapter of alerts: a heading for each, to which the alert itself links.

use names::Duration;
use serde::Serialize;

use crate::prometheus::{AlertRule, RuleFile, anchor};
use crate::templates::template;

/// An alert as a page shows it.
#[derive(Clone, Debug, Serialize)]
struct Alert {
    heading: String,
    severity: String,
    pending: String,
    summary: String,
    description: String,
    expression: String,
}

/// The alerts of some rule files.
#[derive(Clone, Debug, Serialize)]
pub struct Alerts {
    alerts: Vec<Alert>,
}

impl Alerts {
    /// All alerts of `files`, in the order of their names.
    pub fn of<'a>(files: impl IntoIterator<Item = &'a RuleFile>) -> Self {
        let rules = files.into_iter().flat_map(RuleFile::rules);
        let mut alerts: Vec<Alert> = rules
            .filter_map(|rule| rule.alert())
            .map(Alert::of)
            .collect();
        alerts.sort_by(|one, other| one.heading.cmp(&other.heading));
        // Alerts that services set their own limits for have one name and one chapter.
        alerts.dedup_by(|one, other| {
            let same = one.heading == other.heading;
            if same && one.summary != other.summary {
                "The alert's labels say which service it is about.".clone_into(&mut other.summary);
            }
            same
        });
        Self { alerts }
    }
}

impl Alert {
    fn of(rule: &AlertRule) -> Self {
        let said = |texts: &std::collections::BTreeMap<_, String>, name: &str| {
            let of = |(key, _): &(&crate::prometheus::LabelName, &String)| key.as_str() == name;
            texts
                .iter()
                .find(of)
                .map_or_else(String::new, |(_, text)| sentence(text))
        };
        Self {
            heading: heading(&rule.alert),
            severity: said(&rule.labels, "severity")
                .trim_end_matches('.')
                .to_owned(),
            pending: pending(rule.pending),
            summary: said(&rule.annotations, "summary"),
            description: said(&rule.annotations, "description"),
            expression: rule.expr.as_str().to_owned(),
        }
    }
}

/// The alert's link with spaces: Markdown makes the same link of it again.
fn heading(alert: &str) -> String {
    let words = anchor(alert).replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn pending(duration: Duration) -> String {
    if duration == Duration::ZERO {
        "no wait".to_owned()
    } else {
        duration.to_string()
    }
}

/// What the template of an alert says, ended by a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with('.') {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

template!(Alerts, "runbook/alerts.md");
