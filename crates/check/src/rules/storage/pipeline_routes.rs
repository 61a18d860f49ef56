//! STOR016: what a log collector takes in, it sends somewhere.

use std::collections::BTreeSet;

use super::fluentd::Section;
use super::{fluent_bit, pipelines};
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::projects::fits;
use crate::rules::storage::pipelines::{Content, File};
use crate::syntax;

/// What a log collector takes in, it sends somewhere.
pub(crate) static RULE: Rule = Rule {
    code: "STOR016",
    area: Area::Storage,
    severity: Severity::Error,
    title: "what a log collector takes in, it sends somewhere",
    why: "A record that no output matches is dropped with no more than a warning in the collector's own log.",
    fix: "Add a match for the tag, or correct the tag or the label.",
    absorbs: &[],
    check: Some(check),
};

/// Labels that Fluentd has by itself.
const BUILT_IN: [&str; 3] = ["@ERROR", "@FLUENT_LOG", "@ROOT"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for file in pipelines::all(cluster) {
        match &file.content {
            Content::Fluentd(Ok(root)) => {
                // What another file brings in cannot be seen from here.
                let includes = root
                    .all()
                    .iter()
                    .any(|section| section.setting("@include").is_some());
                if !includes {
                    labels(findings, &file, root);
                    sources(findings, &file, root);
                }
            }
            Content::FluentBit(Ok(sections)) => bit(findings, &file, sections),
            _ => {}
        }
    }
}

fn labels(findings: &mut Findings<'_>, file: &File<'_>, root: &Section) {
    let known: BTreeSet<&str> = labels_of(root)
        .map(|label| label.argument.as_str())
        .collect();
    for section in root.all() {
        for (key, value) in &section.settings {
            let refers = key == "@label" || key.ends_with("_label") && value.starts_with('@');
            let is_known = known.contains(value.as_str()) || BUILT_IN.contains(&value.as_str());
            if refers && !is_known {
                let help = syntax::nearest(value, known.iter().copied())
                    .map(|near| format!("did you mean `{near}`?"));
                let message = format!("there is no <label {value}>");
                findings.add_with_help(file.document, file.path(), message, help);
            }
        }
    }
    for scope in labels_of(root).chain([root]) {
        let mut takes_all = false;
        for section in scope
            .sections
            .iter()
            .filter(|section| section.name == "match")
        {
            if takes_all {
                let message = format!(
                    "<match {}> stands behind <match **>, and gets nothing",
                    section.argument
                );
                findings.add(file.document, file.path(), message);
            }
            takes_all |= section
                .argument
                .split_whitespace()
                .any(|pattern| pattern == "**");
        }
    }
}

fn labels_of(root: &Section) -> impl Iterator<Item = &Section> {
    root.sections
        .iter()
        .filter(|section| section.name == "label")
}

/// Each source with a tag meets a match for it, in its label or beside it.
fn sources(findings: &mut Findings<'_>, file: &File<'_>, root: &Section) {
    for source in root
        .sections
        .iter()
        .filter(|section| section.name == "source")
    {
        let Some(tag) = source.setting("tag") else {
            continue;
        };
        let scope = match source.setting("@label") {
            None | Some("@ROOT") => Some(root),
            Some(label) => labels_of(root).find(|section| section.argument == label),
        };
        let Some(scope) = scope else { continue };
        let is_met = scope
            .sections
            .iter()
            .filter(|section| section.name == "match")
            .flat_map(|section| section.argument.split_whitespace())
            .any(|pattern| may_meet(pattern, tag));
        if !is_met {
            let place = match source.setting("@label") {
                Some(label) => format!("in <label {label}>"),
                None => "at all".to_owned(),
            };
            let message = format!("the tag {tag} is matched by nothing {place}");
            findings.add(file.document, file.path(), message);
        }
    }
}

/// Whether a pattern may fit a tag, of which a part may only be known at run time.
fn may_meet(pattern: &str, tag: &str) -> bool {
    const OPEN: [char; 6] = ['*', '$', '{', '#', '/', '%'];
    let fixed = |text: &str| text.split(OPEN).next().unwrap_or_default().len();
    let before = pattern.get(..fixed(pattern)).unwrap_or_default();
    let known = tag.get(..fixed(tag)).unwrap_or_default();
    match (before.len() < pattern.len(), known.len() < tag.len()) {
        (false, false) => pattern == tag,
        // `a.**` fits `a` too.
        (true, false) => known.starts_with(before) || known == before.trim_end_matches('.'),
        (false, true) => before.starts_with(known),
        (true, true) => before.starts_with(known) || known.starts_with(before),
    }
}

/// Each input of Fluent Bit with a tag meets an output.
fn bit(findings: &mut Findings<'_>, file: &File<'_>, sections: &[fluent_bit::Section]) {
    let outputs: Vec<&fluent_bit::Section> = sections
        .iter()
        .filter(|section| section.name == "OUTPUT")
        .collect();
    // Outputs may stand in another file.
    let is_open = outputs.is_empty()
        || outputs
            .iter()
            .any(|output| output.setting("match_regex").is_some());
    let rewrites = sections
        .iter()
        .any(|section| section.setting("name") == Some("rewrite_tag"));
    if is_open || rewrites {
        return;
    }
    for input in sections.iter().filter(|section| section.name == "INPUT") {
        let Some(tag) = input.setting("tag") else {
            continue;
        };
        let is_met = outputs
            .iter()
            .filter_map(|output| output.setting("match"))
            .any(|pattern| fits(pattern, tag) || tag.contains('*') && may_meet(pattern, tag));
        if !is_met {
            let message = format!("the tag {tag} is matched by no output");
            findings.add(file.document, file.path(), message);
        }
    }
}
