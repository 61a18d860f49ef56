//! Label selectors.

use serde_json::Value as Json;

use super::pods::Labels;

/// Whether a plain map of labels is part of the labels.
pub(crate) fn matches_map(selector: &Json, labels: &Labels) -> bool {
    selector.as_object().is_some_and(|wanted| {
        wanted.iter().all(|(key, value)| {
            labels
                .get(key)
                .is_some_and(|found| Some(found.as_str()) == value.as_str())
        })
    })
}

/// Whether a selector with `matchLabels` and `matchExpressions` accepts the labels; an empty one accepts all.
pub(crate) fn matches(selector: &Json, labels: &Labels) -> bool {
    let by_labels = selector
        .get("matchLabels")
        .is_none_or(|wanted| matches_map(wanted, labels));
    let expressions = selector
        .get("matchExpressions")
        .and_then(Json::as_array)
        .into_iter()
        .flatten();
    by_labels
        && expressions
            .into_iter()
            .all(|expression| holds(expression, labels))
}

fn holds(expression: &Json, labels: &Labels) -> bool {
    let found = expression
        .get("key")
        .and_then(Json::as_str)
        .and_then(|key| labels.get(key));
    let values = || {
        expression
            .get("values")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
    };
    match expression.get("operator").and_then(Json::as_str) {
        Some("In") => found.is_some_and(|found| values().any(|value| value == found)),
        Some("NotIn") => found.is_none_or(|found| values().all(|value| value != found)),
        Some("Exists") => found.is_some(),
        Some("DoesNotExist") => found.is_none(),
        _ => false,
    }
}

/// Whether a selector accepts everything.
pub(crate) fn is_empty(selector: &Json) -> bool {
    let is_blank = |field: &str| {
        selector.get(field).is_none_or(|value| {
            value.as_object().is_some_and(serde_json::Map::is_empty)
                || value.as_array().is_some_and(Vec::is_empty)
        })
    };
    is_blank("matchLabels") && is_blank("matchExpressions")
}

/// A selector in one line.
pub(crate) fn shown(selector: &Json) -> String {
    let map = selector.get("matchLabels").unwrap_or(selector);
    let pairs = map
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some(format!("{key}={}", value.as_str()?)));
    let expressions = selector
        .get("matchExpressions")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .map(|expression| {
            let text = |field: &str| {
                expression
                    .get(field)
                    .and_then(Json::as_str)
                    .unwrap_or_default()
            };
            let values: Vec<&str> = expression
                .get("values")
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
                .filter_map(Json::as_str)
                .collect();
            format!(
                "{} {} ({})",
                text("key"),
                text("operator"),
                values.join(", ")
            )
        });
    let parts: Vec<String> = pairs.chain(expressions).collect();
    if parts.is_empty() {
        "everything".to_owned()
    } else {
        parts.join(",")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_empty, matches, shown};
    use crate::cluster::Labels;

    #[test]
    fn a_selector_accepts_what_all_its_parts_accept() {
        let labels: Labels = [("app".to_owned(), "web".to_owned())].into();
        let accepts = |selector| matches(&selector, &labels);
        assert!(accepts(json!({})));
        assert!(accepts(
            json!({"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "x", "operator": "DoesNotExist"}]})
        ));
        assert!(accepts(
            json!({"matchExpressions": [{"key": "app", "operator": "In", "values": ["web", "api"]}]})
        ));
        assert!(!accepts(
            json!({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["web"]}]})
        ));
        assert!(!accepts(
            json!({"matchLabels": {"app": "web", "tier": "front"}})
        ));
    }

    #[test]
    fn a_selector_is_shown_in_one_line() {
        assert_eq!(shown(&json!({"matchLabels": {"a": "b"}})), "a=b");
        assert_eq!(shown(&json!({"a": "b", "c": "d"})), "a=b,c=d");
        assert_eq!(
            shown(
                &json!({"matchExpressions": [{"key": "a", "operator": "In", "values": ["x", "y"]}]})
            ),
            "a In (x, y)"
        );
        assert!(is_empty(&json!({})) && !is_empty(&json!({"matchLabels": {"a": "b"}})));
    }
}
