//! Disruption budgets: one bound, the pods of the selector, and no pod that blocks a drain for ever.

use builders::DisruptionBudget;
use manifest::Manifest;
use names::{ObjectName, name};
use serde_json::{Value, json};

use crate::sample::{basket, field};

fn bounds(manifest: &Manifest) -> (Value, Value) {
    (
        field(manifest, "/spec/maxUnavailable"),
        field(manifest, "/spec/minAvailable"),
    )
}

#[test]
fn a_budget_says_exactly_one_bound() {
    let most = DisruptionBudget::max_unavailable(&basket(), 1).manifest();
    assert_eq!(bounds(&most), (json!(1), Value::Null));
    let least = DisruptionBudget::min_available(&basket(), 2).manifest();
    assert_eq!(bounds(&least), (Value::Null, json!(2)));
}

#[test]
fn a_budget_selects_the_pods_of_the_workload_and_lets_broken_pods_go() {
    for manifest in [
        DisruptionBudget::max_unavailable(&basket(), 1).manifest(),
        DisruptionBudget::min_available(&basket(), 1).manifest(),
    ] {
        assert_eq!(
            field(&manifest, "/spec/selector"),
            json!({ "matchLabels": { "app": "basket" } })
        );
        assert_eq!(
            field(&manifest, "/spec/unhealthyPodEvictionPolicy"),
            json!("AlwaysAllow")
        );
    }
}

#[test]
fn another_name_changes_nothing_but_the_name() {
    let budget = DisruptionBudget::max_unavailable(&basket(), 1);
    let named = budget
        .clone()
        .named(name!(ObjectName, "basket-pdb"))
        .manifest();
    assert_eq!(named.id().name, "basket-pdb");
    assert_eq!(field(&named, "/spec"), field(&budget.manifest(), "/spec"));
}
