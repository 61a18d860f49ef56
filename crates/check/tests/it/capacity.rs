//! What is asked for and what there is: tables, JSON, and the arithmetic behind them.

use check::Document;
use check::capacity::text::View;
use check::capacity::{
    Amounts, At, CPU, Capacity, Fault, MEMORY, Machine, NodePool, PODS, Quantity, capacity,
};

use crate::{context, documents};

/// A shop: a gateway that an autoscaler scales, a store that stands apart, an agent on every node, a job.
const SHOP: &str = include_str!("capacity.yaml");

fn amounts(cpu: &str, memory: &str) -> Amounts {
    [(CPU, cpu), (MEMORY, memory), (PODS, "30")]
        .into_iter()
        .map(|(name, amount)| (name, Quantity::parse(amount).unwrap()))
        .collect()
}

/// Nodes of 4 CPUs in three zones.
fn pool(minimum: u64, maximum: u64) -> NodePool {
    NodePool {
        name: "general".to_owned(),
        machines: vec![Machine {
            name: "four".to_owned(),
            capacity: amounts("4", "16Gi"),
            allocatable: amounts("3800m", "14Gi"),
        }],
        zones: ["a", "b", "c"].map(str::to_owned).to_vec(),
        minimum,
        maximum: Some(maximum),
        ..NodePool::default()
    }
}

fn counted(documents: &[Document], pools: impl IntoIterator<Item = NodePool>) -> Capacity {
    capacity(documents, &context().with_pools(pools))
}

#[test]
fn tables_tell_quotas_and_places() {
    let capacity = counted(&documents(SHOP), [pool(3, 6)]);
    let text = check::capacity::text::render(&capacity, &View::default(), false);
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("capacity", text);
    });
    let one = View {
        at: Some(At::Maximum),
        without_zone: Some("b".to_owned()),
    };
    let text = check::capacity::text::render(&capacity, &one, false);
    assert!(
        text.contains("Places at the maximum, without zone b"),
        "{text}"
    );
    assert!(!text.contains("One zone lost"), "{text}");
    let coloured = check::capacity::text::render(&capacity, &View::default(), true);
    assert!(coloured.contains("\u{1b}[1mQuotas\u{1b}[0m"), "{coloured}");
}

#[test]
fn programs_are_told_the_same() {
    let capacity = counted(&documents(SHOP), [pool(3, 6)]);
    let view = View {
        at: Some(At::Minimum),
        without_zone: None,
    };
    let json = check::capacity::json::render(&capacity, &view);
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("capacity_json", format!("{json:#}"));
    });
}

#[test]
fn the_same_objects_in_another_order_have_the_same_places() {
    let documents = documents(SHOP);
    let mut turned = documents.clone();
    turned.reverse();
    let places = |documents: &[Document]| {
        let capacity = counted(documents, [pool(3, 6)]);
        let placed = capacity.placements.into_iter();
        placed.map(|placement| placement.pools).collect::<Vec<_>>()
    };
    assert_eq!(places(&documents), places(&turned));
}

#[test]
fn without_nodes_nothing_is_placed_and_that_is_said() {
    let capacity = counted(&documents(SHOP), []);
    assert!(capacity.placements.is_empty());
    assert_eq!(
        capacity.uncounted,
        ["nodes: none are known, so that no pod is placed"]
    );
}

#[test]
fn pods_that_find_no_place_are_told_with_what_would_help() {
    let capacity = counted(&documents(SHOP), [pool(1, 1)]);
    let placed = &capacity.placements[0];
    let missed: Vec<_> = placed
        .left_over
        .iter()
        .filter(|left| left.fault == Fault::Full)
        .map(|left| {
            (
                left.workload.name.as_str(),
                left.pods,
                left.remedy.as_deref(),
            )
        })
        .collect();
    assert!(
        missed.contains(&("store", 2, Some("2 more nodes of general would do"))),
        "{missed:?}"
    );
}

#[test]
fn absurd_numbers_neither_overflow_nor_hang() {
    let absurd = SHOP
        .replace("maxReplicas: 10", "maxReplicas: 2147483647")
        .replace("cpu: 500m", "cpu: 9999999999999E")
        .replace("pods: \"40\"", "pods: \"99999999999999999999999\"");
    let huge = NodePool {
        minimum: u64::MAX,
        maximum: Some(u64::MAX),
        ..pool(0, 0)
    };
    let capacity = counted(&documents(&absurd), [huge]);
    assert!(
        capacity.placements.is_empty(),
        "so many pods are not placed"
    );
    assert!(!check::capacity::text::render(&capacity, &View::default(), false).is_empty());
}
