//! DELV018: the options of a sync are ones that Argo CD reads, and do not contradict each other.

use std::collections::BTreeMap;

use crate::cluster::{Cluster, list};
use crate::document::Document;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications;
use crate::rules::delivery::hooks::annotation;
use crate::syntax;

/// The options of a sync are ones that Argo CD reads, and do not contradict each other.
pub(crate) static RULE: Rule = Rule {
    code: "DELV018",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the options of a sync are ones that Argo CD reads, and do not contradict each other",
    why: "Argo CD ignores an option that it does not know or that belongs elsewhere; of Replace and ServerSideApply it takes Replace, which drops what others wrote.",
    fix: "Write the option as in Argo CD's documentation, and one of those that exclude each other.",
    absorbs: &[],
    check: Some(check),
};

/// Options with their values, and whether an object may carry them.
const OPTIONS: [(&str, &[&str], bool); 15] = [
    ("Prune", &["false", "true", "confirm"], true),
    ("Delete", &["false", "true", "confirm"], true),
    ("Validate", &["false", "true"], true),
    ("SkipDryRunOnMissingResource", &["true", "false"], true),
    ("ApplyOutOfSyncOnly", &["true", "false"], false),
    ("PruneLast", &["true", "false"], true),
    (
        "PrunePropagationPolicy",
        &["foreground", "background", "orphan"],
        false,
    ),
    ("Replace", &["true", "false"], true),
    ("Force", &["true", "false"], true),
    ("ServerSideApply", &["true", "false"], true),
    ("FailOnSharedResource", &["true", "false"], false),
    ("RespectIgnoreDifferences", &["true", "false"], false),
    ("CreateNamespace", &["true", "false"], false),
    ("ClientSideApplyMigration", &["true", "false"], true),
    ("ServerSideDiff", &["true", "false"], false),
];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for application in applications::all(cluster) {
        let options: Vec<(String, &str)> = list(&application.value, "/spec/syncPolicy/syncOptions")
            .filter_map(|(index, option)| {
                Some((
                    format!("spec.syncPolicy.syncOptions[{index}]"),
                    option.as_str()?,
                ))
            })
            .collect();
        judge(findings, application, &options, false);
    }
    for document in cluster.documents() {
        let options: Vec<(String, &str)> = annotation(document, "sync-options")
            .into_iter()
            .flat_map(|written| written.split(','))
            .map(|option| {
                (
                    "metadata.annotations[argocd.argoproj.io/sync-options]".to_owned(),
                    option.trim(),
                )
            })
            .collect();
        judge(findings, document, &options, true);
    }
}

fn judge(
    findings: &mut Findings<'_>,
    document: &Document,
    options: &[(String, &str)],
    is_object: bool,
) {
    let mut said: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, option) in options {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let Some((_, values, may_be_on_objects)) = OPTIONS.iter().find(|known| known.0 == name)
        else {
            let names = OPTIONS.iter().map(|known| known.0);
            let help = syntax::nearest(name, names).map(|near| format!("did you mean `{near}`?"));
            findings.add_with_help(
                document,
                path.clone(),
                format!("there is no option {name}"),
                help,
            );
            continue;
        };
        if is_object && !may_be_on_objects {
            let message = format!("{name} belongs into the Application, and has no effect here");
            findings.add(document, path.clone(), message);
        } else if !values.contains(&value) {
            let message = format!("{name} is {value:?}, not {}", values.join(" or "));
            findings.add(document, path.clone(), message);
        }
        if said
            .insert(name, value)
            .is_some_and(|before| before != value)
        {
            findings.add(
                document,
                path.clone(),
                format!("{name} is said twice, differently"),
            );
        }
    }
    let is_on = |name: &str| said.get(name) == Some(&"true");
    let path = options
        .first()
        .map(|(path, _)| path.clone())
        .unwrap_or_default();
    if is_on("Replace") && is_on("ServerSideApply") {
        findings.add(
            document,
            path.clone(),
            "Replace and ServerSideApply exclude each other",
        );
    }
    if is_on("Force") && is_on("ServerSideApply") {
        findings.add(
            document,
            path,
            "Force and ServerSideApply exclude each other",
        );
    }
}
