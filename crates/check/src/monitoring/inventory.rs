//! The metrics of well-known exporters: names and types, taken from the documentation or source of each.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::syntax;

/// A heading `@ exporter, source | prefixes | all or some` before the lines `name type` of each exporter.
const TEXT: &str = include_str!("../../data/metrics.txt");

/// What a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It only grows.
    Counter,
    /// It goes up and down.
    Gauge,
    Histogram,
    Summary,
    /// The source does not say.
    Unknown,
}

/// The metrics of well-known exporters.
pub(crate) struct Inventory {
    metrics: BTreeMap<&'static str, Kind>,
    families: Vec<Family>,
}

/// The metrics that begin alike.
struct Family {
    exporter: &'static str,
    prefixes: Vec<&'static str>,
    /// Whether every metric of the family is in the inventory.
    is_whole: bool,
}

static INVENTORY: LazyLock<Inventory> = LazyLock::new(|| Inventory::read(TEXT));

/// What is said of a name that is not in the inventory.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unknown {
    /// Who exports metrics of such names.
    pub(crate) exporter: &'static str,
    /// The name that may have been meant.
    pub(crate) nearest: Option<&'static str>,
}

impl Inventory {
    /// The inventory that is part of the program.
    pub(crate) fn embedded() -> &'static Self {
        &INVENTORY
    }

    fn read(text: &'static str) -> Self {
        let mut inventory = Self {
            metrics: BTreeMap::new(),
            families: Vec::new(),
        };
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("@ ") {
                let mut parts = heading.split(" | ");
                let exporter = parts.next().unwrap_or_default();
                inventory.families.push(Family {
                    exporter: exporter.split(',').next().unwrap_or(exporter),
                    prefixes: parts.next().unwrap_or_default().split(' ').collect(),
                    is_whole: parts.next() == Some("all"),
                });
            } else if let Some((name, kind)) = line.split_once(' ') {
                let kind = match kind {
                    "c" => Kind::Counter,
                    "g" => Kind::Gauge,
                    "h" => Kind::Histogram,
                    "s" => Kind::Summary,
                    _ => Kind::Unknown,
                };
                inventory.metrics.insert(name, kind);
            }
        }
        inventory
    }

    /// What a metric is; the parts of histograms and summaries are counters.
    pub(crate) fn kind(&self, name: &str) -> Option<Kind> {
        if let Some(kind) = self.metrics.get(name) {
            return Some(*kind);
        }
        let of_part = |suffix: &str| self.metrics.get(name.strip_suffix(suffix)?);
        let base = of_part("_bucket")
            .or_else(|| of_part("_sum"))
            .or_else(|| of_part("_count"));
        base.map(|_| Kind::Counter)
    }

    /// Whether a name is a slip: one that the exporter of such names does not have.
    pub(crate) fn unknown(&self, name: &str) -> Option<Unknown> {
        if self.kind(name).is_some() {
            return None;
        }
        let (family, prefix) = self.family(name)?;
        let known = self.metrics.range(prefix..).map(|(known, _)| *known);
        let known = known.take_while(|known| known.starts_with(prefix));
        let stem = ["_bucket", "_sum", "_count"]
            .iter()
            .find_map(|suffix| name.strip_suffix(suffix));
        let nearest = syntax::nearest(stem.unwrap_or(name), known);
        // Where not all is known, only what looks like another name is taken for a slip.
        (family.is_whole || nearest.is_some()).then_some(Unknown {
            exporter: family.exporter,
            nearest,
        })
    }

    /// The family with the longest prefix that a name begins with.
    fn family(&self, name: &str) -> Option<(&Family, &'static str)> {
        let prefixes = self
            .families
            .iter()
            .flat_map(|family| family.prefixes.iter().map(move |prefix| (family, *prefix)));
        prefixes
            .filter(|(_, prefix)| name.starts_with(prefix))
            .max_by_key(|(_, prefix)| prefix.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{Inventory, Kind};

    #[test]
    fn names_are_known_with_their_parts() {
        let inventory = Inventory::embedded();
        assert_eq!(inventory.kind("kube_pod_status_phase"), Some(Kind::Gauge));
        assert_eq!(
            inventory.kind("istio_request_duration_milliseconds_bucket"),
            Some(Kind::Counter)
        );
        assert_eq!(inventory.kind("shop_orders_total"), None);
        assert!(inventory.metrics.len() > 2000 && inventory.families.len() > 20);
    }

    #[test]
    fn slips_are_told_from_names_that_nobody_knows() {
        let inventory = Inventory::embedded();
        let slip = inventory.unknown("kube_pod_status_fase").unwrap();
        assert_eq!(slip.nearest, Some("kube_pod_status_phase"));
        assert_eq!(slip.exporter, "kube-state-metrics");
        assert_eq!(
            inventory.unknown("kube_something_else").unwrap().nearest,
            None
        );
        let near = inventory.unknown("istio_request_total").unwrap();
        assert_eq!(near.nearest, Some("istio_requests_total"));
        assert_eq!(inventory.unknown("istio_agent_something"), None);
        assert_eq!(inventory.unknown("shop_orders"), None);
    }
}
