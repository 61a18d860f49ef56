//! API022: no version is used that goes.

use crate::rule::{Area, Rule, Severity};

/// No version is used that goes; judged by the pass over each object in [`crate::api`].
pub(crate) static RULE: Rule = Rule {
    code: "API022",
    area: Area::Api,
    severity: Severity::Warning,
    title: "no version is used that goes",
    why: "A deprecated version is still answered, and one day it is not: then nothing can be applied any more until every object is rewritten.",
    fix: "Write the object in the version that takes its place; the fields may have other names there.",
    absorbs: &[
        "kube-score stable-version",
        "istioctl IST0002",
        "pluto deprecated-apis",
        "kubent deprecated-apis",
    ],
    check: None,
};
