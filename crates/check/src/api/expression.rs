//! The CEL rules of custom resources.

use super::validator::Site;
use crate::cel::Programs;
use crate::document::Document;
use crate::pattern::Patterns;
use crate::report::Finding;
use crate::rules::api::{rule_broken, rule_undecided};

/// Rules longer than this are shown shortened.
const SHOWN: usize = 200;

/// Reads and evaluates rules; what has been read is kept for the next object.
pub(super) struct Evaluator<'p> {
    programs: Programs,
    patterns: &'p Patterns,
}

impl<'p> Evaluator<'p> {
    pub(super) fn new(patterns: &'p Patterns) -> Self {
        Self {
            programs: Programs::default(),
            patterns,
        }
    }

    /// Evaluates the rules at these places.
    pub(super) fn check(
        &self,
        document: &Document,
        sites: Vec<Site<'_>>,
        found: &mut Vec<Finding>,
    ) {
        for site in sites {
            for rule in &site.schema.rules {
                let path = match &rule.field_path {
                    Some(field) => format!("{}{field}", site.path)
                        .trim_start_matches('.')
                        .to_owned(),
                    None => site.path.clone(),
                };
                if let Some((kind, message)) = self.verdict(rule, &site) {
                    found.push(Finding::new(kind, document, path, message));
                }
            }
        }
    }

    fn verdict(
        &self,
        rule: &schemas::Rule,
        site: &Site<'_>,
    ) -> Option<(&'static crate::rule::Rule, String)> {
        let shown = || shown(&rule.rule);
        let program = self.programs.get(&rule.rule);
        let program = match program.as_ref() {
            Ok(program) => program,
            Err(error) => {
                return Some((
                    &rule_undecided::RULE,
                    format!("the rule `{}` cannot be read: {error}", shown()),
                ));
            }
        };
        if program.is_transition && !rule.optional_old_self {
            return None;
        }
        match program.holds(site.value, site.schema, self.patterns) {
            Ok(true) => None,
            Ok(false) => Some((
                &rule_broken::RULE,
                format!("the rule `{}` does not hold", shown()),
            )),
            Err(failure) if failure.is_undecided => Some((
                &rule_undecided::RULE,
                format!(
                    "the rule `{}` cannot be decided: {}",
                    shown(),
                    failure.message
                ),
            )),
            Err(failure) => Some((
                &rule_broken::RULE,
                format!("the rule `{}` fails: {}", shown(), failure.message),
            )),
        }
    }
}

/// A rule on one line, shortened.
fn shown(rule: &str) -> String {
    let line = rule.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > SHOWN {
        format!("{} …", line.chars().take(SHOWN).collect::<String>())
    } else {
        line
    }
}
