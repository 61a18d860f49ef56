//! Lifecycle policies: when an index is deleted.

use names::Duration;
use serde::Serialize;

use super::json::{self, Empty};

/// A policy for indices that are made anew each day: nothing is rolled over, and each is deleted at an age that counts
/// from its own beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecyclePolicy {
    /// The age at which an index is deleted, in whole days.
    pub keep: Duration,
    /// What it is for, for people.
    pub description: String,
}

#[derive(Serialize)]
struct Document<'a> {
    policy: Policy<'a>,
}

#[derive(Serialize)]
struct Policy<'a> {
    phases: Phases,
    #[serde(rename = "_meta")]
    meta: Meta<'a>,
}

#[derive(Serialize)]
pub(super) struct Meta<'a> {
    pub(super) description: &'a str,
}

#[derive(Serialize)]
struct Phases {
    hot: Phase<HotActions>,
    delete: Phase<DeleteActions>,
}

#[derive(Serialize)]
struct Phase<A> {
    min_age: String,
    actions: A,
}

#[derive(Serialize)]
struct HotActions {
    set_priority: Priority,
}

#[derive(Serialize)]
struct Priority {
    priority: u16,
}

#[derive(Serialize)]
struct DeleteActions {
    delete: Empty,
}

impl LifecyclePolicy {
    /// What `PUT _ilm/policy/NAME` takes.
    pub fn to_json(&self) -> String {
        json::text(&Document {
            policy: Policy {
                phases: Phases {
                    hot: Phase {
                        min_age: "0ms".to_owned(),
                        // Which indices are recovered first after a restart.
                        actions: HotActions {
                            set_priority: Priority { priority: 100 },
                        },
                    },
                    delete: Phase {
                        min_age: format!("{}d", self.keep.as_days()),
                        actions: DeleteActions { delete: Empty {} },
                    },
                },
                meta: Meta {
                    description: &self.description,
                },
            },
        })
    }
}
