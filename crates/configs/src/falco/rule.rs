//! Rules: a condition, what is said of it, and how bad it is.

use serde::{Serialize, Serializer};

use super::Condition;

/// How bad it is, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Worth knowing.
    Notice,
    /// Unusual.
    Warning,
    /// Against a rule.
    Error,
    /// Mostly an attack.
    Critical,
}

impl Priority {
    /// The word in a rules file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "NOTICE",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
            Self::Critical => "CRITICAL",
        }
    }
}

impl Serialize for Priority {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Where it happened and who did it; behind the sentence of each rule.
const CONTEXT: &str = "namespace=%k8s.ns.name pod=%k8s.pod.name container=%container.name \
     image=%container.image.repository user=%user.name uid=%user.uid process=%proc.name parent=%proc.pname \
     command=%proc.cmdline";

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) condition: Condition,
    pub(super) output: String,
    pub(super) priority: Priority,
    pub(super) tags: Vec<&'static str>,
}

impl Rule {
    /// A rule by its name, which differs from those of Falco's own rules, and what it means.
    pub fn new(
        name: &'static str,
        description: &'static str,
        priority: Priority,
        condition: Condition,
    ) -> Self {
        Self {
            name,
            description,
            condition,
            output: format!("{name} | {CONTEXT}"),
            priority,
            tags: vec!["container", "k8s"],
        }
    }

    /// Says a field too, as `file` and `%fd.name`.
    #[must_use]
    pub fn saying(mut self, name: &str, field: &str) -> Self {
        self.output = format!("{} {name}={field}", self.output);
        self
    }

    /// Files it under a tactic and a technique of MITRE ATT&CK.
    #[must_use]
    pub fn technique(mut self, tactic: &'static str, technique: &'static str) -> Self {
        self.tags.extend([tactic, technique]);
        self
    }
}
