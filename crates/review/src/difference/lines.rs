//! Texts without structure, line by line.

use serde_json::Value as Json;

use super::lists::common;
use super::{Difference, Nature, inside};
use crate::path::FieldPath;

/// The runs of lines that differ, each as one difference.
pub(super) fn compare(old: &str, new: &str, path: &FieldPath) -> Vec<Difference> {
    let before: Vec<&str> = old.lines().collect();
    let after: Vec<&str> = new.lines().collect();
    let (mut left, mut right) = (0, 0);
    let mut found = Vec::new();
    let kept = common(&before, &after);
    for (was, is) in kept.into_iter().chain([(before.len(), after.len())]) {
        if left < was || right < is {
            let place = if right < is { right } else { left };
            let run = |lines: &[&str]| (!lines.is_empty()).then(|| Json::from(lines.join("\n")));
            found.push(Difference {
                path: inside(path).item(format!("line {}", place + 1), place),
                old: run(before.get(left..was).unwrap_or_default()),
                new: run(after.get(right..is).unwrap_or_default()),
                nature: Nature::Value,
            });
        }
        (left, right) = (was + 1, is + 1);
    }
    if found.is_empty() {
        // Only ends of lines differ.
        found.push(Difference {
            path: path.clone(),
            old: Some(Json::from(old)),
            new: Some(Json::from(new)),
            nature: Nature::Value,
        });
    }
    found
}
