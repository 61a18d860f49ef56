//! CHG003: no stored version of a custom definition is taken away.

use crate::rule::{Area, Rule, Severity};

/// No version that objects are stored in is taken away; judged by [`crate::change`].
pub(crate) static RULE: Rule = Rule {
    code: "CHG003",
    area: Area::Change,
    severity: Severity::Error,
    title: "no stored version of a custom definition is taken away",
    why: "Objects may still be stored in the version, so the API server keeps it as long as it stands in status.storedVersions.",
    fix: "Keep the version with served: false until all objects are stored in another one, then take it from status.storedVersions and only then from the definition.",
    absorbs: &[],
    check: None,
};
