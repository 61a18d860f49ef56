//! The page of each rule: what it looks for, why, what to do, and an example of either kind.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::rule::{Area, Rule};

/// Code, bad example and good example.
const EXAMPLES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// A page of the documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The name of the file.
    pub name: String,
    /// Markdown.
    pub text: String,
}

/// All pages: an index and one for each rule.
pub fn pages() -> Vec<Page> {
    let rules = crate::rules();
    let page = |rule: &&Rule| Page {
        name: format!("{}.md", rule.code),
        text: markdown(rule, &rules),
    };
    let index = Page {
        name: "README.md".to_owned(),
        text: index(&rules),
    };
    [index].into_iter().chain(rules.iter().map(page)).collect()
}

/// All that is known of a rule, for a terminal; `None` where no rule has this code.
pub fn explanation(code: &str) -> Option<String> {
    let rules = crate::rules();
    let rule = rules
        .iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(code))?;
    let mut text = format!(
        "{} {} ({})  {}\n\nwhy: {}\nfix: {}\n",
        rule.code,
        rule.severity.as_str(),
        rule.area.as_str(),
        rule.title,
        rule.why,
        rule.fix
    );
    if !rule.absorbs.is_empty() {
        line(&mut text, &format!("covers: {}", rule.absorbs.join(", ")));
    }
    let related: Vec<&str> = related(rule, &rules).map(|other| other.code).collect();
    if !related.is_empty() {
        line(&mut text, &format!("related: {}", related.join(", ")));
    }
    for (title, example) in examples(rule.code) {
        line(&mut text, &format!("\n{title}:"));
        for example_line in example.lines() {
            line(&mut text, format!("    {example_line}").trim_end());
        }
    }
    Some(text)
}

fn line(text: &mut String, content: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{content}");
}

/// The examples of a rule, with their titles.
fn examples(code: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_it = EXAMPLES.iter().find(|(known, ..)| *known == code);
    of_it
        .into_iter()
        .flat_map(|(_, bad, good)| [("bad", *bad), ("good", *good)])
}

/// Rules that cover a check of another tool together with this one, and those that its texts name.
fn related<'r>(rule: &'r Rule, rules: &'r [&'static Rule]) -> impl Iterator<Item = &'static Rule> {
    rules.iter().copied().filter(move |other| {
        let shares = other
            .absorbs
            .iter()
            .any(|check| rule.absorbs.contains(check));
        let is_named = rule.why.contains(other.code) || rule.fix.contains(other.code);
        other.code != rule.code && (shares || is_named)
    })
}

fn markdown(rule: &Rule, rules: &[&'static Rule]) -> String {
    let mut text = format!(
        "# {}: {}\n\n{} of the area [{}](README.md#{})\n\n## Why\n\n{}\n\n## What to do\n\n{}\n",
        rule.code,
        rule.title,
        match rule.severity {
            crate::Severity::Error => "An error",
            crate::Severity::Warning => "A warning",
        },
        rule.area.as_str(),
        rule.area.as_str(),
        rule.why,
        rule.fix
    );
    for (kind, example) in examples(rule.code) {
        let title = match kind {
            "bad" => "What it finds",
            _ => "What it takes",
        };
        line(
            &mut text,
            &format!("\n## {title}\n\n```yaml\n{example}\n```"),
        );
    }
    if !rule.absorbs.is_empty() {
        line(&mut text, "\n## The same elsewhere\n");
        for check in rule.absorbs {
            line(&mut text, &format!("- {check}"));
        }
    }
    let related: Vec<&Rule> = related(rule, rules).collect();
    if !related.is_empty() {
        line(&mut text, "\n## Related\n");
        for other in related {
            line(
                &mut text,
                &format!("- [{0}]({0}.md): {1}", other.code, other.title),
            );
        }
    }
    text
}

fn index(rules: &[&'static Rule]) -> String {
    let mut text = String::from(
        "# Checks\n\nWhat `cargo xtask check` looks for. `cargo xtask check --explain CODE` prints a page on the terminal.\n\
         These pages are written by `cargo xtask check --write-docs`.\n",
    );
    for area in Area::ALL {
        let of_area: Vec<&&Rule> = rules.iter().filter(|rule| rule.area == area).collect();
        if of_area.is_empty() {
            continue;
        }
        line(&mut text, &format!("\n## {}\n", area.as_str()));
        line(&mut text, "| code | severity | what holds |\n|---|---|---|");
        for rule in of_area {
            let row = format!(
                "| [{0}]({0}.md) | {1} | {2} |",
                rule.code,
                rule.severity.as_str(),
                rule.title
            );
            line(&mut text, &row);
        }
    }
    line(
        &mut text,
        "\n## Which check of another tool is which code\n",
    );
    line(&mut text, "| check | codes |\n|---|---|");
    let mut peers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in rules {
        for check in rule.absorbs {
            peers.entry(check).or_default().push(rule.code);
        }
    }
    for (check, codes) in peers {
        let links: Vec<String> = codes
            .iter()
            .map(|code| format!("[{code}]({code}.md)"))
            .collect();
        line(&mut text, &format!("| {check} | {} |", links.join(", ")));
    }
    text
}
