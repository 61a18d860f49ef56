//! The list of verbs that `cargo xtask` shows by itself, each with an example.

use std::fmt::Write;

use clap::CommandFactory;

use crate::arguments::Arguments;

/// An example for each verb.
const EXAMPLES: &[(&str, &str)] = &[
    ("render", "cargo xtask render prod"),
    ("check", "cargo xtask check --all"),
    ("capacity", "cargo xtask capacity prod --at maximum"),
    (
        "review",
        "cargo xtask review --fail-on data-at-risk,immutable",
    ),
    (
        "explain",
        "cargo xtask explain prod rollout/api-gateway spec.replicas",
    ),
    (
        "impact",
        "cargo xtask impact prod services.api-gateway.port",
    ),
    (
        "compare",
        "cargo xtask compare --server ./ask-the-server generated",
    ),
    ("schemas", "cargo xtask schemas import ./their-crds.yaml"),
    ("graph", "cargo xtask graph prod --output prod.svg"),
    ("environment", "cargo xtask environment schema"),
    ("bench", "cargo xtask bench"),
];

/// One line and an example for each verb.
pub(crate) fn overview() -> String {
    let command = Arguments::command();
    let mut text = String::from("Verbs:\n");
    for verb in command.get_subcommands() {
        let name = verb.get_name();
        let about = verb
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        let example = EXAMPLES
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, example)| example);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {name:<12} {about}\n{:15}$ {example}", "");
    }
    text.push_str("\n`cargo xtask <verb> --help` says all about a verb.\n");
    text
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn every_verb_has_a_line_and_an_example_that_is_understood() {
        let text = overview();
        for verb in Arguments::command().get_subcommands() {
            let (_, example) = EXAMPLES
                .iter()
                .find(|(known, _)| *known == verb.get_name())
                .expect("an example");
            assert!(
                verb.get_about().is_some(),
                "{} says nothing",
                verb.get_name()
            );
            assert!(text.contains(example), "{text}");
            Arguments::try_parse_from(example.split(' ').skip(1))
                .expect("the example is understood");
        }
    }
}
