//! Cleanup policies of Artifact Registry, as `gcloud artifacts repositories set-cleanup-policies --policy` reads them.
//!
//! What a keep policy names stays although a delete policy names it, too. The registry does not know when an image was
//! last pulled: what is in use is said by name, and everything else is unused.

use std::collections::BTreeSet;

use names::{Duration, ImageReference};
use serde::{Serialize, Serializer};

/// How cosign tags the signatures and attestations of a digest; without them a signed image could not start any more.
const SIGNATURE_TAG: &str = "sha256-";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type")]
enum Action {
    Delete,
    Keep,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum TagState {
    Any,
    Tagged,
    Untagged,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Condition {
    tag_state: TagState,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "seconds")]
    older_than: Option<Duration>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    package_name_prefixes: BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    tag_prefixes: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct MostRecent {
    keep_count: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    name: &'static str,
    action: Action,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    most_recent_versions: Option<MostRecent>,
}

/// How long images stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Images without a tag.
    pub untagged: Duration,
    /// Images that nobody uses.
    pub unused: Duration,
    /// How many of each image's newest versions stay however old they are.
    pub newest: u16,
}

/// The policies of one repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct CleanupPolicies(Vec<Policy>);

impl CleanupPolicies {
    /// Policies that delete by age, but never one of the newest versions or one of the images `in_use`, which are those of
    /// this repository. Tags and names are kept crosswise, so that one policy does for all: it keeps a few more.
    pub fn new<'a>(kept: Kept, in_use: impl IntoIterator<Item = &'a ImageReference>) -> Self {
        let delete = |name, tag_state, age| Policy {
            name,
            action: Action::Delete,
            condition: Some(Condition {
                tag_state,
                older_than: Some(age),
                package_name_prefixes: BTreeSet::new(),
                tag_prefixes: BTreeSet::new(),
            }),
            most_recent_versions: None,
        };
        let mut policies = vec![
            delete("delete-untagged", TagState::Untagged, kept.untagged),
            delete("delete-unused", TagState::Any, kept.unused),
            Policy {
                name: "keep-newest",
                action: Action::Keep,
                condition: None,
                most_recent_versions: Some(MostRecent {
                    keep_count: kept.newest,
                }),
            },
        ];
        policies.push(Policy {
            name: "keep-signatures",
            action: Action::Keep,
            condition: Some(Condition {
                tag_state: TagState::Tagged,
                older_than: None,
                package_name_prefixes: BTreeSet::new(),
                tag_prefixes: BTreeSet::from([SIGNATURE_TAG.to_owned()]),
            }),
            most_recent_versions: None,
        });
        let (names, tags): (BTreeSet<_>, BTreeSet<_>) = in_use
            .into_iter()
            .filter_map(|image| {
                let (_, name) = image.repository().rsplit_once('/')?;
                Some((name.to_owned(), image.tag()?.to_owned()))
            })
            .unzip();
        if !names.is_empty() {
            policies.push(Policy {
                name: "keep-in-use",
                action: Action::Keep,
                condition: Some(Condition {
                    tag_state: TagState::Tagged,
                    older_than: None,
                    package_name_prefixes: names,
                    tag_prefixes: tags,
                }),
                most_recent_versions: None,
            });
        }
        Self(policies)
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        // A value made of these types has no key that is not text, which is what could fail.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// As the API writes lengths of time.
#[expect(clippy::ref_option, reason = "serde hands out a reference")]
fn seconds<S: Serializer>(age: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    match age {
        Some(age) => serializer.collect_str(&format_args!("{}s", age.as_seconds())),
        None => serializer.serialize_none(),
    }
}
