//! `cargo xtask schemas list --cel`: how many CEL rules each kind has, and which of them cannot be evaluated.

use std::collections::BTreeSet;
use std::fmt::Write;

use check::expressions::{Expression, of_kind};
use schemas::{KindName, Store};

use crate::failure::Outcome;

/// The table; a rule that cannot be evaluated is a finding.
pub(super) fn list(store: &Store) -> (String, Outcome) {
    let mut table = Table::default();
    for name in store.custom_kinds() {
        if let Some(kind) = store.custom_kind(name.group, name.version, name.kind) {
            table.add(name, &of_kind(kind));
        }
    }
    table.finish()
}

#[derive(Default)]
struct Table {
    lines: String,
    faults: String,
    places: usize,
    evaluated: usize,
    different: BTreeSet<String>,
    kinds: usize,
}

impl Table {
    fn add(&mut self, name: KindName<'_>, expressions: &[Expression]) {
        if expressions.is_empty() {
            return;
        }
        let kind = format!("{}/{} {}", name.group, name.version, name.kind);
        let faulty = expressions.iter().filter(|rule| rule.fault.is_some());
        let evaluated = expressions.len() - faulty.clone().count();
        let transitions = expressions.iter().filter(|rule| rule.is_transition).count();
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.lines,
            "{kind:<66} {:>6} {evaluated:>10} {transitions:>12}",
            expressions.len()
        );
        for rule in faulty {
            let fault = rule.fault.as_deref().unwrap_or_default();
            let _ = writeln!(
                self.faults,
                "{kind} {}: `{}`: {fault}",
                rule.path, rule.rule
            );
        }
        self.kinds += 1;
        self.places += expressions.len();
        self.evaluated += evaluated;
        self.different
            .extend(expressions.iter().map(|rule| rule.rule.clone()));
    }

    fn finish(self) -> (String, Outcome) {
        let mut text = format!(
            "{:<66} {:>6} {:>10} {:>12}\n{}",
            "kind", "rules", "evaluated", "transitions", self.lines
        );
        if !self.faults.is_empty() {
            let _ = write!(text, "\nnot evaluated:\n{}", self.faults);
        }
        let _ = write!(
            text,
            "\n{} different rules in {} places of {} kinds, {} evaluated",
            self.different.len(),
            self.places,
            self.kinds,
            self.evaluated
        );
        let outcome = if self.evaluated == self.places {
            Outcome::Clean
        } else {
            Outcome::Wrong
        };
        (text, outcome)
    }
}

#[cfg(test)]
mod tests {
    use schemas::Store;

    use super::list;
    use crate::failure::Outcome;

    #[test]
    fn every_rule_that_is_known_is_evaluated() {
        let (text, outcome) = list(Store::embedded());
        assert!(outcome == Outcome::Clean, "{text}");
    }

    #[test]
    fn a_rule_that_cannot_be_evaluated_is_named() {
        let head = r#"{"kind":"Widget","version":"v1","group":"example.com","plural":"widgets","scope":"Namespaced""#;
        let schema = r#"{"type":"object","props":{"spec":{"type":"object","rules":[{"rule":"unheardOf(self)"},{"rule":"true"}]}}}"#;
        let text = format!("{head},\"schema\":{schema}}}\n");
        let store = Store::from_texts([("custom/example.com".to_owned(), text)]);
        let (text, outcome) = list(&store);
        assert!(outcome == Outcome::Wrong);
        assert!(
            text.contains("spec: `unheardOf(self)`: unknown function"),
            "{text}"
        );
        assert!(
            text.ends_with("2 different rules in 2 places of 1 kinds, 1 evaluated"),
            "{text}"
        );
    }
}
