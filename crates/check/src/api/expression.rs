//! The CEL rules of custom resources.

use std::rc::Rc;

use super::validator::Site;
use crate::cel::{Before, Failure, Program, Programs};
use crate::document::Document;
use crate::pattern::Patterns;
use crate::report::Finding;
use crate::rule::Rule;
use crate::rules::api::{rule_broken, rule_undecided};

/// Rules longer than this are shown shortened.
const SHOWN: usize = 200;

/// Reads and evaluates rules; what has been read is kept for the next object.
#[derive(Debug, Default)]
pub(crate) struct Evaluator {
    programs: Programs,
    pub(crate) patterns: Patterns,
}

impl Evaluator {
    /// Evaluates the rules at these places.
    pub(super) fn check(
        &self,
        document: &Document,
        sites: Vec<Site<'_, '_>>,
        found: &mut Vec<Finding>,
    ) {
        for site in sites {
            for rule in &site.schema.rules {
                if let Some((kind, message)) = self.verdict(rule, &site) {
                    let path = reported_at(rule, &site.path);
                    found.push(Finding::new(kind, document, path, message));
                }
            }
        }
    }

    fn verdict(
        &self,
        rule: &schemas::Rule,
        site: &Site<'_, '_>,
    ) -> Option<(&'static Rule, String)> {
        let program = match self.program(rule) {
            Ok(program) => program,
            Err(verdict) => return Some(verdict),
        };
        if program.is_transition && !rule.optional_old_self {
            return None;
        }
        let outcome = program.holds(site.value, site.schema, Before::Nothing, &self.patterns);
        said(rule, outcome).map(|(broken, message)| (broken.unwrap_or(&rule_broken::RULE), message))
    }

    /// The program of a rule, or what to say where it cannot be read.
    pub(crate) fn program(
        &self,
        rule: &schemas::Rule,
    ) -> Result<Rc<Program>, (&'static Rule, String)> {
        self.programs.get(&rule.rule).map_err(|error| {
            let message = format!("the rule `{}` cannot be read: {error}", shown(&rule.rule));
            (&rule_undecided::RULE, message)
        })
    }
}

/// What is to be said of the outcome of a rule: the rule of ours for what cannot be decided, nothing in its place for
/// what is broken.
pub(crate) fn said(
    rule: &schemas::Rule,
    outcome: Result<bool, Failure>,
) -> Option<(Option<&'static Rule>, String)> {
    let shown = || shown(&rule.rule);
    match outcome {
        Ok(true) => None,
        Ok(false) => Some((None, format!("the rule `{}` does not hold", shown()))),
        Err(failure) if failure.is_undecided => Some((
            Some(&rule_undecided::RULE),
            format!(
                "the rule `{}` cannot be decided: {}",
                shown(),
                failure.message
            ),
        )),
        Err(failure) => Some((
            None,
            format!("the rule `{}` fails: {}", shown(), failure.message),
        )),
    }
}

/// Where the server reports a rule that stands at `path`.
pub(crate) fn reported_at(rule: &schemas::Rule, path: &str) -> String {
    match &rule.field_path {
        Some(field) => format!("{path}{field}").trim_start_matches('.').to_owned(),
        None => path.to_owned(),
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
