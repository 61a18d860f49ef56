//! SEC042: no Secret with data is in the tree.

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// No Secret with data is in the tree.
pub(crate) static RULE: Rule = Rule {
    code: "SEC042",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no Secret with data is in the tree",
    why: "Base64 hides nothing: whoever reads the repository, or any copy of it, has the value, now and in its history.",
    fix: "Use an ExternalSecret or a SealedSecret, and change what was there.",
    absorbs: &["holos secrets"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for secret in cluster.of_kind("", "Secret") {
        for field in ["data", "stringData"] {
            let entries = secret.value.get(field).and_then(Json::as_object);
            for (key, value) in entries.into_iter().flatten() {
                // Certificates are public.
                let ending = key.rsplit_once('.').map(|(_, ending)| ending);
                let is_public = matches!(ending, Some("crt" | "pub"));
                if !is_public && value.as_str().is_some_and(|value| !value.trim().is_empty()) {
                    findings.add(
                        secret,
                        format!("{field}.{key}"),
                        format!("the value of {key} is in the file"),
                    );
                }
            }
        }
    }
}
