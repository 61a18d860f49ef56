//! What a namespace's limit ranges give to containers that say nothing, and what they refuse.

use serde_json::Value as Json;

use super::amounts::{Amounts, shown};
use crate::cluster::list;
use crate::document::Document;
use crate::quantity::Quantity;

/// The limit ranges of one namespace.
#[derive(Default)]
pub(crate) struct LimitRanges<'a> {
    items: Vec<Item<'a>>,
}

/// What one entry of a limit range says.
struct Item<'a> {
    owner: &'a Document,
    kind: &'a str,
    default: Amounts,
    default_request: Amounts,
    minimum: Amounts,
    maximum: Amounts,
    ratio: Amounts,
}

/// An amount that a limit range does not take.
pub(crate) struct Refused<'a> {
    /// The limit range.
    pub(crate) by: &'a Document,
    /// `requests` or `limits`.
    pub(crate) field: &'static str,
    /// The resource.
    pub(crate) resource: String,
    /// What is wrong, in words.
    pub(crate) message: String,
}

impl<'a> LimitRanges<'a> {
    /// Adds what a limit range says.
    pub(super) fn add(&mut self, owner: &'a Document) {
        for (_, item) in list(&owner.value, "/spec/limits") {
            let amounts = |field| Amounts::of(item.get(field));
            let mut read = Item {
                owner,
                kind: item.get("type").and_then(Json::as_str).unwrap_or_default(),
                default: amounts("default"),
                default_request: amounts("defaultRequest"),
                minimum: amounts("min"),
                maximum: amounts("max"),
                ratio: amounts("maxLimitRequestRatio"),
            };
            if read.kind == "Container" {
                // The server fills in what follows from the rest (SetDefaults_LimitRangeItem).
                fill(&mut read.default, &read.maximum);
                fill(&mut read.default_request, &read.default);
                fill(&mut read.default_request, &read.minimum);
            }
            self.items.push(read);
        }
    }

    fn of_kind(&self, kind: &'static str) -> impl Iterator<Item = &Item<'a>> {
        self.items.iter().filter(move |item| item.kind == kind)
    }

    /// Fills in what a container leaves unsaid. A later limit range fills what an earlier one left.
    pub(super) fn complete(&self, requests: &mut Amounts, limits: &mut Amounts) {
        for item in self.of_kind("Container") {
            fill(limits, &item.default);
            fill(requests, &item.default_request);
        }
    }

    /// What of a container's amounts is not taken.
    pub(crate) fn container(&self, requests: &Amounts, limits: &Amounts) -> Vec<Refused<'a>> {
        self.refused("Container", requests, limits)
    }

    /// What of a pod's amounts is not taken.
    pub(crate) fn pod(&self, requests: &Amounts, limits: &Amounts) -> Vec<Refused<'a>> {
        self.refused("Pod", requests, limits)
    }

    /// What of a claim's size is not taken.
    pub(crate) fn claim(&self, requests: &Amounts) -> Vec<Refused<'a>> {
        let items = self.of_kind("PersistentVolumeClaim");
        items
            .flat_map(|item| {
                let mut found = Vec::new();
                item.least("requests", requests, &mut found);
                item.most("requests", requests, &mut found);
                found
            })
            .collect()
    }

    fn refused(
        &self,
        kind: &'static str,
        requests: &Amounts,
        limits: &Amounts,
    ) -> Vec<Refused<'a>> {
        let mut found = Vec::new();
        for item in self.of_kind(kind) {
            item.least("requests", requests, &mut found);
            item.most("limits", limits, &mut found);
            item.most_requested(requests, limits, &mut found);
            item.ratios(requests, limits, &mut found);
        }
        found
    }
}

impl<'a> Item<'a> {
    fn add(
        &self,
        found: &mut Vec<Refused<'a>>,
        field: &'static str,
        resource: &str,
        message: String,
    ) {
        found.push(Refused {
            by: self.owner,
            field,
            resource: resource.to_owned(),
            message,
        });
    }

    fn least(&self, field: &'static str, amounts: &Amounts, found: &mut Vec<Refused<'a>>) {
        for (resource, least) in self.minimum.iter() {
            let amount = amounts.get(resource);
            if !amounts.states(resource) {
                let message = format!(
                    "no {resource} is asked for, and the least is {}",
                    shown(resource, least)
                );
                self.add(found, field, resource, message);
            } else if amount < least {
                let message = format!(
                    "{} of {resource} is less than the least, {}",
                    shown(resource, amount),
                    shown(resource, least)
                );
                self.add(found, field, resource, message);
            }
        }
    }

    fn most(&self, field: &'static str, amounts: &Amounts, found: &mut Vec<Refused<'a>>) {
        for (resource, most) in self.maximum.iter() {
            let amount = amounts.get(resource);
            if !amounts.states(resource) {
                let message = format!(
                    "{resource} has no limit, and the most is {}",
                    shown(resource, most)
                );
                self.add(found, field, resource, message);
            } else if amount > most {
                let message = format!(
                    "{} of {resource} is more than the most, {}",
                    shown(resource, amount),
                    shown(resource, most)
                );
                self.add(found, field, resource, message);
            }
        }
    }

    /// A request may not be above the most either; where the limit is, that is said already.
    fn most_requested(&self, requests: &Amounts, limits: &Amounts, found: &mut Vec<Refused<'a>>) {
        for (resource, most) in self.maximum.iter() {
            let amount = requests.get(resource);
            if amount > most && limits.get(resource) <= most && limits.states(resource) {
                let message = format!(
                    "{} of {resource} is more than the most, {}",
                    shown(resource, amount),
                    shown(resource, most)
                );
                self.add(found, "requests", resource, message);
            }
        }
    }

    fn ratios(&self, requests: &Amounts, limits: &Amounts, found: &mut Vec<Refused<'a>>) {
        for (resource, ratio) in self.ratio.iter() {
            let (request, limit) = (requests.get(resource), limits.get(resource));
            let message = if request == Quantity::ZERO {
                format!("no {resource} is asked for, and a limit may be {ratio} times the request")
            } else if limit == Quantity::ZERO {
                format!("{resource} has no limit, and it may be {ratio} times the request")
            } else if limit.approximate() > request.approximate() * ratio.approximate() {
                format!(
                    "a limit of {} of {resource} is more than {ratio} times the request of {}",
                    shown(resource, limit),
                    shown(resource, request)
                )
            } else {
                continue;
            };
            self.add(found, "limits", resource, message);
        }
    }
}

/// States what is not stated yet.
fn fill(amounts: &mut Amounts, defaults: &Amounts) {
    for (resource, amount) in defaults.iter() {
        if !amounts.states(resource) {
            amounts.set(resource, amount);
        }
    }
}
