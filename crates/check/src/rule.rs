//! What a rule is.

use std::fmt;

use crate::cluster::Cluster;
use crate::report::Findings;

/// A rule: what it looks for, and what it says about it.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The stable code, `REFS001`.
    pub code: &'static str,
    /// What the rule is about.
    pub area: Area,
    /// How bad a finding is.
    pub severity: Severity,
    /// The rule in one line.
    pub title: &'static str,
    /// What goes wrong where the rule is broken.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
    /// The checks of other tools that the rule covers, as `tool check`.
    pub absorbs: &'static [&'static str],
    /// Looks at all objects. `None` for the rules that one pass over each object judges together.
    pub(crate) check: Option<Check>,
}

/// Looks at all objects and reports what it finds.
pub(crate) type Check = fn(&Cluster<'_>, &mut Findings<'_>);

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code)
    }
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Would the API server take the object?
    Api,
    /// Does what is referred to exist?
    References,
    /// Does the workload run as it is meant to?
    Workload,
    /// May it do more than it should?
    Security,
    /// Can the packets flow?
    Network,
    /// Does the mesh route as it is meant to?
    Mesh,
    /// Are the data safe?
    Storage,
    /// Does it fit into its quotas and onto its nodes?
    Capacity,
    /// Do the alerts watch what there is?
    Metrics,
    /// Is it applied as it is meant to be?
    Delivery,
    /// Can what is there become what is wanted?
    Change,
}

impl Area {
    /// All areas, in the order of the reports.
    pub const ALL: [Self; 11] = [
        Self::Api,
        Self::References,
        Self::Workload,
        Self::Security,
        Self::Network,
        Self::Mesh,
        Self::Storage,
        Self::Capacity,
        Self::Metrics,
        Self::Delivery,
        Self::Change,
    ];

    /// The name as it is written in reports and arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::References => "refs",
            Self::Workload => "workload",
            Self::Security => "security",
            Self::Network => "network",
            Self::Mesh => "mesh",
            Self::Storage => "storage",
            Self::Capacity => "capacity",
            Self::Metrics => "metrics",
            Self::Delivery => "delivery",
            Self::Change => "change",
        }
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It will not work; nothing is written.
    Error,
    /// It works, but not as well as it should.
    Warning,
}

impl Severity {
    /// The name as it is written in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}
