//! What a disruption budget leaves to those who drain nodes.

use std::fmt;

use serde_json::Value as Json;

use super::scale::{Least, Scalers};
use crate::cluster::{Cluster, Selectors, Template, namespace_of, templates};
use crate::document::Document;
use crate::pointer::Lookup;

/// The API group of disruption budgets.
const GROUP: &str = "policy";

/// A number of pods, or a share of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    Pods(u64),
    /// In hundredths.
    Share(u64),
}

impl Amount {
    /// The amount that a budget gives in a field.
    pub(crate) fn of(budget: &Document, field: &str) -> Option<Self> {
        match budget.value.get("spec")?.get(field)? {
            Json::String(share) => share.strip_suffix('%')?.parse().ok().map(Self::Share),
            number => number.as_u64().map(Self::Pods),
        }
    }

    /// How many of so many pods; a share is rounded up, as the controller does it.
    pub(crate) fn out_of(self, pods: u64) -> u64 {
        match self {
            Self::Pods(number) => number,
            Self::Share(share) => share.saturating_mul(pods).div_ceil(100),
        }
    }

    /// Whether it is nothing, whatever it is out of.
    pub(crate) fn is_none(self) -> bool {
        matches!(self, Self::Pods(0) | Self::Share(0))
    }

    /// Whether it is all, whatever it is out of.
    pub(crate) fn is_all(self) -> bool {
        matches!(self, Self::Share(100..))
    }
}

/// All budgets.
pub(crate) fn all<'c, 'a>(cluster: &'c Cluster<'a>) -> &'c [&'a Document] {
    cluster.of_kind(GROUP, "PodDisruptionBudget")
}

/// The budgets, to be found by the labels of pods.
pub(crate) fn by_labels<'a>(cluster: &Cluster<'a>) -> Selectors<'a, &'a Document> {
    let budgets = all(cluster).iter().filter_map(|budget| {
        let wanted = budget.value.lookup("/spec/selector")?;
        Some((namespace_of(budget), wanted, *budget))
    });
    Selectors::of(budgets)
}

/// The workloads that each budget covers, in the order of the budgets.
pub(crate) fn covered<'c, 'a>(
    cluster: &'c Cluster<'a>,
) -> Vec<(&'a Document, Vec<Template<'c, 'a>>)> {
    let index = by_labels(cluster);
    let mut covered: Vec<(&Document, Vec<Template<'c, 'a>>)> = all(cluster)
        .iter()
        .map(|budget| (*budget, Vec::new()))
        .collect();
    let mut places: Vec<(*const Document, usize)> = covered
        .iter()
        .enumerate()
        .map(|(place, (budget, _))| (std::ptr::from_ref(*budget), place))
        .collect();
    places.sort_unstable();
    for template in templates(cluster).filter(|template| !template.ends()) {
        for budget in index.accepting(template.pods.namespace, &template.pods.labels) {
            let found = places.binary_search_by_key(&std::ptr::from_ref(budget), |place| place.0);
            let place = found.ok().and_then(|found| places.get(found));
            if let Some((_, templates)) = place.and_then(|(_, place)| covered.get_mut(*place)) {
                templates.push(template);
            }
        }
    }
    covered
}

/// How many pods the covered workloads have at least, all together; `None` where one of them does not say.
pub(crate) fn least(scalers: &Scalers<'_>, templates: &[Template<'_, '_>]) -> Option<u64> {
    if templates.is_empty() {
        return None;
    }
    templates
        .iter()
        .map(|template| match scalers.least(template) {
            Least::Pods(least) => Some(least),
            Least::Unsaid => None,
        })
        .sum()
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pods(number) => write!(formatter, "{number}"),
            Self::Share(share) => write!(formatter, "{share}%"),
        }
    }
}
