//! SEC043: no object holds a token or a key.

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::secrets::token;

/// No object holds a token or a key.
pub(crate) static RULE: Rule = Rule {
    code: "SEC043",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no object holds a token or a key",
    why: "Whoever reads the object, or the repository, has it; tokens of known shape are found there by machines within minutes.",
    fix: "Have it revoked, and bring the new one by a Secret that is made outside of the tree.",
    absorbs: &[
        "polaris sensitiveConfigmapContent",
        "polaris sensitiveContainerEnvVar",
    ],
    check: Some(check),
};

/// How deep objects are looked into; the server takes none that are deeper.
const DEEPEST: usize = 64;

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for document in cluster.documents() {
        // Data of Secrets have a rule of their own, and schemas hold descriptions and examples.
        if matches!(&*document.id.kind, "Secret" | "CustomResourceDefinition") {
            continue;
        }
        look(&document.value, &mut Vec::new(), &mut |path, title| {
            findings.add(document, path, format!("it holds {title}"));
        });
    }
}

/// Calls `found` with the path of every text that holds a token.
fn look<'j>(
    value: &'j Json,
    path: &mut Vec<Step<'j>>,
    found: &mut impl FnMut(String, &'static str),
) {
    match value {
        Json::String(text) => {
            if let Some(title) = token(text) {
                found(shown(path), title);
            }
        }
        Json::Array(items) if path.len() < DEEPEST => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Index(index));
                look(item, path, found);
                path.pop();
            }
        }
        Json::Object(fields) if path.len() < DEEPEST => {
            for (key, item) in fields {
                path.push(Step::Key(key));
                look(item, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// One step into an object.
enum Step<'j> {
    Key(&'j str),
    Index(usize),
}

fn shown(path: &[Step<'_>]) -> String {
    let mut shown = String::new();
    for step in path {
        match step {
            Step::Key(key) if shown.is_empty() => shown.push_str(key),
            Step::Key(key) => {
                shown.push('.');
                shown.push_str(key);
            }
            Step::Index(index) => {
                shown.push('[');
                shown.push_str(&index.to_string());
                shown.push(']');
            }
        }
    }
    shown
}
