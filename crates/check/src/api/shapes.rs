//! What is known of each place of a schema that refers to a definition, looked up once.
//!
//! Definitions have long names that begin alike, and there are about a thousand: finding one is more work than most
//! values that are held to it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use schemas::{Schema, Store};

use super::native::{self, Demand};

/// The places met so far. Schemas do not move while they are borrowed, so that the address of one tells which it is.
pub(super) struct Shapes<'s> {
    store: &'s Store,
    minor: String,
    known: RefCell<BTreeMap<usize, Option<Shape<'s>>>>,
}

/// What is known of a place.
#[derive(Clone, Copy)]
pub(super) struct Shape<'s> {
    /// The schema, or what it refers to.
    pub(super) schema: &'s Schema,
    /// What is known of the definition that it refers to.
    pub(super) definition: Option<Definition>,
}

/// What is known of a definition.
#[derive(Clone, Copy)]
pub(super) struct Definition {
    /// What is demanded of an object of it.
    pub(super) demands: Demanded,
    /// Whether it is a time with exactly six digits after the point.
    pub(super) is_micro_time: bool,
    /// Whether the server never looks at the selectors in there: those of metrics are for the metrics' own server.
    pub(super) takes_any_selector: bool,
    /// Whether it belongs to a feature that is off unless somebody turns it on.
    pub(super) is_of_a_feature: bool,
}

/// What is demanded of an object of a definition.
#[derive(Clone, Copy)]
pub(super) struct Demanded {
    pub(super) demands: &'static [&'static Demand],
    /// Whether it is a selector, or a part of one.
    pub(super) is_selector: bool,
}

impl Demanded {
    /// Of an object of this definition.
    pub(super) fn of(definition: &str) -> Self {
        let definition = native::short(definition);
        Self {
            demands: native::demands_of(definition),
            is_selector: definition.starts_with("meta.v1.LabelSelector"),
        }
    }
}

impl<'s> Shapes<'s> {
    /// Nothing met yet.
    pub(super) fn new(store: &'s Store, minor: String) -> Self {
        Self {
            store,
            minor,
            known: RefCell::default(),
        }
    }

    /// What is known of a place; `None` where it refers to what nobody knows.
    pub(super) fn of(&self, written: &'s Schema) -> Option<Shape<'s>> {
        let Some(definition) = &written.reference else {
            return Some(Shape {
                schema: written,
                definition: None,
            });
        };
        let address = std::ptr::from_ref(written).addr();
        if let Some(known) = self.known.borrow().get(&address) {
            return *known;
        }
        let schema = self.store.resolve(&self.minor, written);
        let shape = schema.map(|schema| Shape {
            schema,
            definition: Some(Definition::of(definition)),
        });
        self.known.borrow_mut().insert(address, shape);
        shape
    }
}

impl Definition {
    fn of(name: &str) -> Self {
        const OF_FEATURES: [&str; 5] = [
            "core.v1.ClusterTrustBundleProjection",
            "core.v1.PodCertificateProjection",
            "core.v1.WorkloadReference",
            "resource.v1.DeviceTaint",
            "resource.v1.DeviceToleration",
        ];
        Self {
            demands: Demanded::of(name),
            is_micro_time: name.ends_with("meta.v1.MicroTime"),
            takes_any_selector: name.ends_with("autoscaling.v2.MetricIdentifier"),
            is_of_a_feature: OF_FEATURES.iter().any(|known| name.ends_with(known)),
        }
    }
}
