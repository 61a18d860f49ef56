//! Falco's rules: the whole file, read back, with every list and macro there before it is used.

use std::collections::BTreeSet;

use configs::falco::{
    Condition, Expected, Field, List, Macro, Priority, Rule, RulesFile, platform_rules,
};
use names::{NamespaceName, name};
use serde_yaml::Value;

use crate::snapshots;

fn expected() -> Expected {
    Expected {
        workload_namespaces: vec![name!(NamespaceName, "app"), name!(NamespaceName, "shop")],
        privileged_namespaces: vec![name!(NamespaceName, "node-agents")],
        own_networks: vec!["10.0.0.0/16".parse().unwrap()],
        api_clients: vec!["registry.example.com/identity".to_owned()],
        privileged_images: Vec::new(),
        outbound_images: vec![
            "docker.io/library/postgres".to_owned(),
            "docker.io/rclone".to_owned(),
        ],
    }
}

#[test]
fn the_rules_of_the_platform() {
    snapshots().bind(|| {
        insta::assert_snapshot!("falco__rules", platform_rules(&expected()).to_text());
    });
}

/// Words of a condition that are neither fields, operators nor values.
fn names_in(condition: &str) -> BTreeSet<String> {
    condition
        .split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .filter(|word| word.starts_with("platform_"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_list_and_macro_is_there_before_its_use_and_used() {
    let text = platform_rules(&expected()).to_text();
    let entries: Vec<Value> = serde_yaml::from_str(&text).unwrap();
    let (mut known, mut used) = (BTreeSet::new(), BTreeSet::new());
    for entry in &entries {
        if let Some(condition) = entry.get("condition").and_then(Value::as_str) {
            let names = names_in(condition);
            assert!(names.is_subset(&known), "{condition}");
            used.extend(names);
        }
        for kind in ["list", "macro"] {
            if let Some(name) = entry.get(kind).and_then(Value::as_str) {
                assert!(known.insert(name.to_owned()), "{name} is there twice");
            }
        }
    }
    assert_eq!(known, used);
}

#[test]
fn parentheses_are_balanced_and_outputs_name_fields() {
    let text = platform_rules(&expected()).to_text();
    let entries: Vec<Value> = serde_yaml::from_str(&text).unwrap();
    let mut rules = 0;
    for entry in entries.iter().filter(|entry| entry.get("rule").is_some()) {
        rules += 1;
        let condition = entry["condition"].as_str().unwrap();
        assert_eq!(
            condition.matches('(').count(),
            condition.matches(')').count(),
            "{condition}"
        );
        let output = entry["output"].as_str().unwrap();
        assert!(output.contains("%k8s.pod.name"), "{output}");
    }
    assert_eq!(rules, 8);
}

#[test]
fn what_is_expected_by_nobody_is_left_out() {
    let nothing = Expected {
        api_clients: Vec::new(),
        outbound_images: Vec::new(),
        ..expected()
    };
    assert!(
        !platform_rules(&nothing)
            .to_text()
            .contains("container.image.repository startswith")
    );
}

#[test]
fn a_condition_is_written_in_the_language_of_falco() {
    let shells = List::new("shells", ["sh", "[kworker]"]);
    let container = Macro::new("in_container", Condition::IsNot(Field::CONTAINER, "host"));
    let condition = Condition::all([
        Condition::holds(&container),
        Condition::In(Field::PROCESS, shells).negated(),
        Condition::Any(vec![
            Condition::Contains(Field::COMMAND, "a \"b\""),
            Condition::AtLeast(Field::DESCRIPTOR, 0),
        ]),
    ]);
    assert_eq!(
        condition.to_string(),
        r#"(in_container and not proc.name in (shells) and (proc.cmdline contains "a \"b\"" or fd.num >= 0))"#
    );
    let file = RulesFile::new([Rule::new("One", "One rule.", Priority::Notice, condition)]);
    assert!(
        file.to_text().contains(r#"- '"[kworker]"'"#),
        "{}",
        file.to_text()
    );
}
