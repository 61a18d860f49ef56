//! Settings that say how long something is kept: less of it, and what is older is deleted.

use check::capacity::Quantity;
use serde_json::Value as Json;

use crate::difference::duration;
use crate::model::{Effect, FieldReview};
use crate::path::Step;

/// Raises the effect of a setting by which data are kept for a shorter time, or less of them.
pub(super) fn raise(field: &mut FieldReview) {
    let (Some(old), Some(new)) = (&field.difference.old, &field.difference.new) else {
        return;
    };
    let is_named = field.difference.path.0.iter().rev().take(2).any(|step| {
        let (Step::Field(name) | Step::Key(name) | Step::Item { label: name, .. }) = step else {
            return false;
        };
        name.to_lowercase().contains("retention")
    });
    let old_arguments = arguments(old, is_named);
    let shorter = arguments(new, is_named).into_iter().find(|(name, new)| {
        let mut known = old_arguments.iter();
        known.any(|(other, old)| other == name && is_less(old, new))
    });
    if shorter.is_some() && !field.refused {
        field.effect = Effect::DataAtRisk;
        "less is kept: what is older than that is deleted".clone_into(&mut field.reason);
    }
}

/// What a value sets: by itself where its field is a retention, else as an argument `--…retention…=…`.
fn arguments(value: &Json, is_named: bool) -> Vec<(String, String)> {
    match value {
        Json::Array(items) => items
            .iter()
            .flat_map(|item| arguments(item, false))
            .collect(),
        Json::Number(number) if is_named => vec![(String::new(), number.to_string())],
        Json::String(text) if is_named => vec![(String::new(), text.clone())],
        Json::String(text) => {
            let argument = text
                .split_once('=')
                .filter(|(name, _)| name.starts_with('-') && name.contains("retention"));
            let owned = argument.map(|(name, value)| (name.to_owned(), value.to_owned()));
            owned.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn is_less(old: &str, new: &str) -> bool {
    if let (Some(old), Some(new)) = (duration(old), duration(new)) {
        return new < old;
    }
    let amount = |text: &str| {
        // `80GB` is said as often as `80G`.
        let text = text.strip_suffix('B').unwrap_or(text);
        Quantity::parse(text)
    };
    amount(old)
        .zip(amount(new))
        .is_some_and(|(old, new)| new < old)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_are_compared_by_value() {
        assert!(is_less("30d", "15d"));
        assert!(!is_less("2w", "14d"));
        assert!(is_less("80GB", "40GB"));
        assert!(is_less("30", "7"));
        assert!(!is_less("80GB", "forever"));
    }

    #[test]
    fn arguments_are_read() {
        let list = serde_json::json!(["--a=b", "--storage.tsdb.retention.time=15d"]);
        let found = arguments(&list, false);
        assert_eq!(
            found,
            [("--storage.tsdb.retention.time".to_owned(), "15d".to_owned())]
        );
    }
}
