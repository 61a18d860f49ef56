//! Pools whose nodes are made as pods need them: which machines may be made, how many, and when they may go again.

use std::collections::BTreeMap;
use std::str::FromStr;

use names::{Bytes, Cpu, CronSchedule, Duration, LabelValue};

use super::{Capacity, Taint};
use crate::{Located, Range, choice, from_text, record};

choice! {
    /// Which nodes are taken away to save money.
    pub enum ConsolidationPolicy {
        /// Those without pods.
        WhenEmpty = "when-empty",
        /// Those whose pods fit elsewhere, too.
        WhenUnderused = "when-underused",
    }
}

record! {
    /// When nodes are taken away to save money.
    pub struct Consolidation {
        /// Which ones.
        pub policy: ConsolidationPolicy,
        /// How long a node is left alone after a pod came or went.
        pub after: Located<Duration>,
    }
}

choice! {
    /// Why a node is disrupted.
    pub enum DisruptionReason {
        /// Its pods fit elsewhere.
        Underused = "underused",
        /// It has no pods.
        Empty = "empty",
        /// It is no longer what the pool asks for.
        Drifted = "drifted",
    }
}

/// A number of nodes, or a share of those of the pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeCount(String);

impl std::fmt::Display for NodeCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no number of nodes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a number of nodes such as `2`, or a share of them such as `10%`")]
pub struct InvalidNodeCount;

impl FromStr for NodeCount {
    type Err = InvalidNodeCount;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (digits, most) = match text.strip_suffix('%') {
            Some(share) => (share, 100),
            None => (text, u32::MAX),
        };
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        match digits.parse::<u32>() {
            Ok(number) if plain && number <= most => Ok(Self(text.to_owned())),
            _ => Err(InvalidNodeCount),
        }
    }
}

from_text! {
    NodeCount: "a number of nodes or a share of them in percent", { "type": ["integer", "string"] };
}

record! {
    /// How many nodes may be disrupted at one time.
    pub struct DisruptionBudget {
        /// How many.
        pub nodes: NodeCount,
        /// For these reasons; for all where none is named.
        pub reasons: Vec<DisruptionReason> = Vec::new(),
        /// When it begins to hold, in UTC; always where nothing is said.
        pub schedule: Option<Located<CronSchedule>>,
        /// For how long it holds from then on.
        pub duration: Option<Located<Duration>>,
    }
}

record! {
    /// What all nodes of a pool together may have.
    pub struct PoolLimits {
        /// CPU.
        pub cpu: Located<Cpu>,
        /// Memory.
        pub memory: Located<Bytes>,
    }
}

record! {
    /// A pool whose nodes are made as pods need them.
    pub struct ProvisionedPool {
        /// The provider's families of machines, such as `D` for general purpose.
        pub families: Located<Vec<String>>,
        /// The CPUs of one machine.
        pub cpu: Located<Range<u32>>,
        /// The memory of one machine.
        pub memory: Located<Range<Bytes>>,
        /// The disk of each node.
        pub disk: Located<Bytes>,
        /// How machines may be bought, what is cheaper first.
        pub capacity: Located<Vec<Capacity>>,
        /// What all nodes together may have.
        pub limits: PoolLimits,
        /// Of several pools that would do, the one with the highest weight gets the pod: 1 to 100.
        pub weight: Located<u8>,
        /// When nodes are taken away to save money.
        pub consolidation: Consolidation,
        /// How many nodes may be disrupted at one time; the strictest that holds counts.
        pub budgets: Vec<DisruptionBudget>,
        /// How old a node becomes.
        pub expire_after: Duration,
        /// How long pods may hold up the end of a node.
        pub termination_grace: Duration,
        /// Labels beside the pool's own.
        pub labels: BTreeMap<names::LabelKey, LabelValue> = BTreeMap::new(),
        /// What keeps pods away that do not tolerate it.
        pub taints: Vec<Taint> = Vec::new(),
    }
}
