//! DELV017: the annotations by which Argo CD orders objects are ones that it reads.

use crate::cluster::Cluster;
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::syntax;

/// The annotations by which Argo CD orders objects are ones that it reads.
pub(crate) static RULE: Rule = Rule {
    code: "DELV017",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the annotations by which Argo CD orders objects are ones that it reads",
    why: "A hook of an unknown kind is an ordinary object, and a wave that is no number is wave 0: what was to come first, or last, does not.",
    fix: "Write PreSync, Sync, PostSync, SyncFail, Skip, PreDelete or PostDelete, and a whole number as wave.",
    absorbs: &[],
    check: Some(check),
};

const PREFIX: &str = "argocd.argoproj.io/";

/// What a hook can be.
const HOOKS: [&str; 7] = [
    "PreSync",
    "Sync",
    "PostSync",
    "SyncFail",
    "Skip",
    "PreDelete",
    "PostDelete",
];

/// When a hook goes.
const POLICIES: [&str; 3] = ["HookSucceeded", "HookFailed", "BeforeHookCreation"];

/// An annotation of Argo CD on an object.
pub(super) fn annotation<'a>(document: &'a Document, name: &str) -> Option<&'a str> {
    let annotations = document.value.lookup("/metadata/annotations")?;
    annotations.get(format!("{PREFIX}{name}"))?.as_str()
}

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for document in cluster.documents() {
        values(findings, document, "hook", &HOOKS);
        values(findings, document, "hook-delete-policy", &POLICIES);
        if let Some(wave) =
            annotation(document, "sync-wave").filter(|wave| wave.parse::<i32>().is_err())
        {
            let message = format!("{wave:?} is no whole number");
            findings.add(document, place("sync-wave"), message);
        }
        let is_hook = annotation(document, "hook").is_some()
            || document
                .value
                .lookup("/metadata/annotations")
                .is_some_and(|annotations| annotations.get("helm.sh/hook").is_some());
        if !is_hook && annotation(document, "hook-delete-policy").is_some() {
            findings.add(
                document,
                place("hook-delete-policy"),
                "the object is no hook",
            );
        }
    }
}

fn place(name: &str) -> String {
    format!("metadata.annotations[{PREFIX}{name}]")
}

fn values(findings: &mut Findings<'_>, document: &Document, name: &str, known: &[&str]) {
    for value in annotation(document, name)
        .into_iter()
        .flat_map(|written| written.split(','))
    {
        let value = value.trim();
        if !known.contains(&value) {
            let help = syntax::nearest(value, known.iter().copied())
                .map(|near| format!("did you mean `{near}`?"));
            findings.add_with_help(
                document,
                place(name),
                format!("{value:?} is no {name}"),
                help,
            );
        }
    }
}
