//! One end of a rule of Calico: whom it means.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::selector::Selector;
use super::{of_kind, selector_at};
use crate::cluster::{Labels, labels, list, selector, text};
use crate::network::World;
use crate::network::addresses::Addresses;
use crate::network::bits::Bits;
use crate::network::classes::{Class, PodClass};
use crate::pointer::Lookup;

/// Where a rule stands: in a namespace, or nowhere in particular.
pub(super) struct Scope<'s> {
    pub(super) namespace: Option<&'s str>,
}

/// What a rule says of one end.
pub(super) struct Entity<'e> {
    value: &'e Json,
    selector: Selector,
    not: Option<Selector>,
    namespaces: Option<Selector>,
    accounts: Option<(BTreeSet<&'e str>, Selector)>,
    nets: Option<Addresses>,
    not_nets: Addresses,
}

impl<'e> Entity<'e> {
    /// Reads an end; `None` where a selector in it cannot be read.
    pub(super) fn read(value: &'e Json) -> Option<Self> {
        let optional = |field: &str| match text(value, field).filter(|text| !text.is_empty()) {
            None => Some(None),
            Some(text) => Selector::parse(text).ok().map(Some),
        };
        let nets = |field: &str| {
            let blocks =
                list(value, field).filter_map(|(_, block)| Addresses::block(block.as_str()?));
            blocks.fold(Addresses::default(), |all, block| all.union(&block))
        };
        let has = |field: &str| list(value, field).next().is_some();
        let accounts = match value
            .get("serviceAccounts")
            .filter(|accounts| !accounts.is_null())
        {
            None => None,
            Some(accounts) => {
                let names = list(accounts, "/names").filter_map(|(_, name)| name.as_str());
                Some((names.collect(), selector_at(accounts, "/selector")?))
            }
        };
        Some(Self {
            value,
            selector: selector_at(value, "/selector")?,
            not: optional("/notSelector")?,
            namespaces: optional("/namespaceSelector")?,
            accounts,
            nets: has("/nets").then(|| nets("/nets")),
            not_nets: nets("/notNets"),
        })
    }

    /// Whether the end is told apart by what the other end is told apart by: everything but ports.
    pub(super) fn says_anything(&self) -> bool {
        self.names_pods() || self.nets.is_some() || !self.not_nets.is_empty()
    }

    fn names_pods(&self) -> bool {
        self.selector != Selector::All
            || text(self.value, "/selector").is_some_and(|text| !text.is_empty())
            || self.not.is_some()
            || self.namespaces.is_some()
            || self.accounts.is_some()
            || self.service().is_some()
    }

    fn service(&self) -> Option<&'e Json> {
        self.value
            .get("services")
            .filter(|service| service.get("name").is_some())
    }

    /// The classes that are meant, and whether its nets may hold the addresses of pods.
    pub(super) fn classes(&self, world: &World<'_, '_>, scope: &Scope<'_>) -> (Bits, bool) {
        let addresses = self.addresses(world, scope);
        let every = Addresses::v4();
        let holds_all = self
            .nets
            .as_ref()
            .is_none_or(|nets| every.difference(nets).is_empty());
        let service = self
            .service()
            .map(|service| service_pods(world, service, scope));
        let is_meant = |class: &Class| match class {
            Class::Pods(pods) if !pods.host_network => {
                let of_service = service.as_ref().is_none_or(|(namespace, wanted)| {
                    pods.namespace == *namespace
                        && wanted.is_some_and(|wanted| selector::matches_map(wanted, &pods.labels))
                });
                holds_all && of_service && self.means(world, scope, pods)
            }
            Class::Pods(_) | Class::Node => {
                !self.names_pods() && holds_all && self.not_nets.is_empty()
            }
            Class::Addresses(part) => addresses.meets(part),
            Class::Cluster => holds_all && service.is_none() && self.means_undescribed(scope),
            Class::Anyone => {
                service.is_none()
                    && (!self.names_pods()
                        || self
                            .namespaces
                            .as_ref()
                            .is_some_and(|namespaces| *namespaces != Selector::Global)
                        || scope.namespace.is_none()
                        || !addresses.is_empty())
            }
        };
        let classes = &world.ends.classes;
        let bits = Bits::of(classes.len(), |position| {
            classes.get(position).is_some_and(is_meant)
        });
        let private = self
            .nets
            .as_ref()
            .map(|nets| nets.difference(&world.public));
        let may_hold_pods =
            private.is_some_and(|private| !private.is_empty()) && !self.names_pods();
        (bits, may_hold_pods)
    }

    /// A rule in a namespace that selects pods, and no namespaces, means its own.
    fn stays_at_home<'s>(&self, scope: &Scope<'s>) -> Option<&'s str> {
        scope.namespace.filter(|_| {
            self.namespaces.is_none()
                && (text(self.value, "/selector").is_some_and(|text| !text.is_empty())
                    || self.not.is_some()
                    || self.accounts.is_some())
        })
    }

    fn means(&self, world: &World<'_, '_>, scope: &Scope<'_>, pods: &PodClass) -> bool {
        let in_place = match &self.namespaces {
            Some(Selector::Global) => false,
            Some(namespaces) => namespace_holds(world, namespaces, &pods.namespace),
            None => self
                .stays_at_home(scope)
                .is_none_or(|home| home == pods.namespace),
        };
        let account = self.accounts.as_ref().is_none_or(|(names, selector)| {
            (names.is_empty() || names.contains(pods.account.as_str()))
                && (*selector == Selector::All || account_holds(world, selector, pods))
        });
        in_place
            && account
            && pod_holds(&self.selector, pods)
            && !self.not.as_ref().is_some_and(|not| pod_holds(not, pods))
    }

    /// Whether a pod without labels in a namespace without labels is meant.
    fn means_undescribed(&self, scope: &Scope<'_>) -> bool {
        let nothing = |_: &str| None;
        let holds = |selector: &Selector| selector.holds(&nothing, false);
        self.accounts.is_none()
            && self.stays_at_home(scope).is_none()
            && self.namespaces.as_ref().is_none_or(holds)
            && holds(&self.selector)
            && !self.not.as_ref().is_some_and(holds)
    }

    /// The addresses that are meant: those of the sets that the selectors choose, cut by the nets.
    fn addresses(&self, world: &World<'_, '_>, scope: &Scope<'_>) -> Addresses {
        let mut all = if self.names_pods() {
            self.sets(world, scope)
        } else {
            Addresses::all()
        };
        if let Some(nets) = &self.nets {
            all = all.intersection(nets);
        }
        all.difference(&self.not_nets)
    }

    fn sets(&self, world: &World<'_, '_>, scope: &Scope<'_>) -> Addresses {
        let mut all = Addresses::default();
        if self.accounts.is_some() || self.service().is_some() {
            return all;
        }
        let sets = of_kind(world.cluster, "GlobalNetworkSet").map(|set| (set, true));
        let sets = sets.chain(of_kind(world.cluster, "NetworkSet").map(|set| (set, false)));
        for (set, is_global) in sets {
            let own = labels(set.value.lookup("/metadata/labels"));
            let label = |key: &str| own.get(key).map(String::as_str);
            let namespace = crate::network::namespace_of(set);
            let in_place = match (&self.namespaces, is_global) {
                (Some(namespaces), true) => *namespaces == Selector::Global,
                (Some(namespaces), false) => namespace_holds(world, namespaces, namespace),
                (None, true) => self.stays_at_home(scope).is_none(),
                (None, false) => self
                    .stays_at_home(scope)
                    .is_none_or(|home| home == namespace),
            };
            let is_meant = in_place
                && self.selector.holds(&label, is_global)
                && !self
                    .not
                    .as_ref()
                    .is_some_and(|not| not.holds(&label, is_global));
            if is_meant {
                let nets = list(&set.value, "/spec/nets");
                let nets = nets.filter_map(|(_, block)| Addresses::block(block.as_str()?));
                all = nets.fold(all, |all, block| all.union(&block));
            }
        }
        all
    }
}

/// Namespace and pod selector of the Service that a rule names.
fn service_pods<'w>(
    world: &World<'w, '_>,
    service: &'w Json,
    scope: &Scope<'_>,
) -> (String, Option<&'w Json>) {
    let name = text(service, "/name").unwrap_or_default();
    let namespace = text(service, "/namespace")
        .or(scope.namespace)
        .unwrap_or("default");
    let found = world.cluster.document("", "Service", namespace, name);
    let wanted = found.and_then(|found| found.value.lookup("/spec/selector"));
    (namespace.to_owned(), wanted)
}

/// Whether a selector means a pod: by its labels and those that Calico gives it.
pub(super) fn pod_holds(selector: &Selector, pods: &PodClass) -> bool {
    let label = |key: &str| match key {
        "projectcalico.org/namespace" => Some(pods.namespace.as_str()),
        "projectcalico.org/serviceaccount" => Some(pods.account.as_str()),
        "projectcalico.org/orchestrator" => Some("k8s"),
        _ => pods.labels.get(key).map(String::as_str),
    };
    selector.holds(&label, false)
}

/// Whether a selector means a namespace: by its labels and its name.
pub(super) fn namespace_holds(world: &World<'_, '_>, selector: &Selector, namespace: &str) -> bool {
    let nothing = Labels::new();
    let labels = world.namespaces.get(namespace).unwrap_or(&nothing);
    let label = |key: &str| match key {
        "projectcalico.org/name" => Some(namespace),
        _ => labels.get(key).map(String::as_str),
    };
    *selector != Selector::Global && selector.holds(&label, false)
}

/// Whether a selector means the service account of pods.
pub(super) fn account_holds(world: &World<'_, '_>, selector: &Selector, pods: &PodClass) -> bool {
    let found = world
        .cluster
        .document("", "ServiceAccount", &pods.namespace, &pods.account);
    let own = labels(found.and_then(|found| found.value.lookup("/metadata/labels")));
    let label = |key: &str| match key {
        "projectcalico.org/name" => Some(pods.account.as_str()),
        _ => own.get(key).map(String::as_str),
    };
    selector.holds(&label, false)
}
