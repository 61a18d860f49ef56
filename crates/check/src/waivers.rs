//! What an object says itself about checks of other tools that need not hold for it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use manifest::ResourceId;
use serde_json::{Map, Value as Json};

use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Finding;
use crate::rule::{Area, Rule};

/// Why an exception holds that is written into an object, for [`crate::Excused::exception`].
pub(crate) const REASON: &str = "an annotation of the object says so";

/// Where annotations stand: those of the object, and those of the pods that it makes.
const PLACES: [&str; 3] = [
    "/metadata/annotations",
    "/spec/template/metadata/annotations",
    "/spec/jobTemplate/spec/template/metadata/annotations",
];

/// A check, or all checks of a tool, that need not hold for an object.
struct Waiver<'a> {
    tool: &'static str,
    /// The check; all where there is none.
    check: Option<&'a str>,
    reason: Cow<'a, str>,
}

impl Waiver<'_> {
    /// Whether a rule looks for what is waived. What an API server refuses no annotation makes good.
    fn covers(&self, rule: &Rule) -> bool {
        let is_it = |absorbed: &&str| {
            let named = absorbed.split_once(' ');
            named.is_some_and(|(tool, check)| {
                tool == self.tool && self.check.is_none_or(|waived| waived == check)
            })
        };
        rule.area != Area::Api && rule.absorbs.iter().any(is_it)
    }
}

/// The waivers of all objects.
pub(crate) struct Waivers<'a>(BTreeMap<&'a ResourceId, Vec<Waiver<'a>>>);

impl<'a> Waivers<'a> {
    /// What the annotations of the documents say.
    pub(crate) fn of(documents: &'a [Document]) -> Self {
        let mut waivers: BTreeMap<&ResourceId, Vec<Waiver<'a>>> = BTreeMap::new();
        for document in documents {
            for (place, pointer) in PLACES.into_iter().enumerate() {
                let annotations = document.value.lookup(pointer).and_then(Json::as_object);
                let found = annotations.map(|annotations| written(annotations, place == 0));
                for waiver in found.into_iter().flatten() {
                    waivers.entry(&document.id).or_default().push(waiver);
                }
            }
        }
        Self(waivers)
    }

    /// Why a finding does not count, as the object has it.
    pub(crate) fn reason(&self, finding: &Finding) -> Option<String> {
        let waivers = self.0.get(&finding.id)?;
        let waiver = waivers.iter().find(|waiver| waiver.covers(finding.rule))?;
        Some(waiver.reason.clone().into_owned())
    }
}

/// The waivers in annotations; only kube-score reads those of the pods too.
fn written(annotations: &Map<String, Json>, is_object: bool) -> Vec<Waiver<'_>> {
    let mut waivers = Vec::new();
    for (key, value) in annotations {
        let Some(value) = value.as_str() else {
            continue;
        };
        if key == "kube-score/ignore" {
            waivers.extend(value.split(',').map(str::trim).map(|check| Waiver {
                tool: "kube-score",
                check: (check != "*").then_some(check),
                reason: Cow::Owned(format!("kube-score/ignore: {value}")),
            }));
        } else if is_object {
            waivers.extend(linter(key, value).or_else(|| polaris(key, value)));
        }
    }
    waivers
}

fn linter<'a>(key: &'a str, value: &'a str) -> Option<Waiver<'a>> {
    let check = key.strip_prefix("ignore-check.kube-linter.io/");
    (check.is_some() || key == "kube-linter.io/ignore-all").then_some(Waiver {
        tool: "kube-linter",
        check,
        reason: Cow::Borrowed(value),
    })
}

fn polaris<'a>(key: &'a str, value: &'a str) -> Option<Waiver<'a>> {
    let rest = key.strip_prefix("polaris.fairwinds.com/")?;
    let check = rest.strip_suffix("-exempt");
    (value == "true" && (check.is_some() || rest == "exempt")).then_some(Waiver {
        tool: "polaris",
        check,
        reason: Cow::Owned(format!("{key}: {value}")),
    })
}
