//! What `extends` does: laying one file over another.

use std::fmt::Write as _;

use environment::{Content, Node, load_tree, merge};

use crate::model::{Environment, RIGHT};
use crate::{load, shows, sources};

/// What is said about `prod` among some files that do not fit together.
fn refused(files: &[(&str, &str)]) -> String {
    load_tree("prod", &sources(files))
        .unwrap_err()
        .render(false)
}

/// A tree on one line, without places.
fn brief(node: &Node) -> String {
    match &node.content {
        Content::Null => "~".to_owned(),
        Content::Scalar(scalar) => scalar.text.clone(),
        Content::Sequence(items) => format!(
            "[{}]",
            items.iter().map(brief).collect::<Vec<_>>().join(", ")
        ),
        Content::Mapping(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", key.text, brief(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn tree(text: &str) -> Node {
    load_tree("prod", &sources(&[("prod", text)])).unwrap().0
}

#[test]
fn mappings_merge_and_everything_else_replaces() {
    let parent = "{ a: { x: 1, y: [1, 2] }, b: 1, c: { z: 1 }, d: 4 }";
    let child = "{ a: { y: [3], w: 5 }, c: 7, d: ~, e: { f: ~ } }";
    assert_eq!(
        brief(&merge(tree(parent), tree(child))),
        "{a: {x: 1, y: [3], w: 5}, b: 1, c: 7, e: {f: ~}}"
    );
}

#[test]
fn every_value_keeps_the_place_it_was_written_at() {
    let child = "extends: base\nservices:\n  invoices: { port: 9090 }\n";
    let (tree, files) = load_tree("prod", &sources(&[("prod", child), ("base", RIGHT)])).unwrap();
    let places: Vec<_> = tree
        .leaves()
        .into_iter()
        .filter(|leaf| {
            leaf.path.to_string().starts_with("services.invoices.p")
                || leaf.path.to_string() == "kubernetes"
        })
        .map(|leaf| {
            (
                leaf.path.to_string(),
                files.place(&leaf.node.origin).unwrap(),
            )
        })
        .collect();
    let expected = [
        ("kubernetes", "environments/base.yaml:1:13"),
        ("services.invoices.port", "environments/prod.yaml:3:21"),
    ];
    assert_eq!(
        places,
        expected.map(|(path, place)| (path.to_owned(), place.to_owned()))
    );
    assert!(tree.get("extends").is_none());
}

#[test]
fn a_mistake_in_an_extended_file_is_shown_there() {
    let child = "extends: base\nservices:\n  invoices: { port: 0 }\n";
    let base = RIGHT.replace("kubernetes: 1.35", "kubernetes: new");
    let diagnostics = load::<Environment>(&[("prod", child), ("base", &base)]).unwrap_err();
    shows!("extends_mistakes_in_both", diagnostics.render(false));
}

#[test]
fn labels_in_two_files_are_headed_by_their_file() {
    let (tree, files) = load_tree(
        "prod",
        &sources(&[("prod", "extends: base\nmax: 3\n"), ("base", "min: 12\n")]),
    )
    .unwrap();
    let mut diagnostics = environment::Diagnostics::new(files);
    let (max, min) = (
        tree.get("max").unwrap().origin,
        tree.get("min").unwrap().origin,
    );
    diagnostics
        .error(&max, "the maximum is below the minimum")
        .here("3")
        .label(&min, "12")
        .help("raise it");
    shows!("extends_labels_in_two_files", diagnostics.render(false));
}

#[test]
fn a_key_is_removed_with_null_and_only_where_there_is_one() {
    let files = [
        (
            "prod",
            "extends: base\nservices:\n  invoices: { replicas: ~, resources: null }\n",
        ),
        ("base", RIGHT),
    ];
    let environment: Environment = load(&files).unwrap();
    assert!(
        environment
            .services
            .values()
            .all(|service| service.replicas.is_none() && service.resources.is_none())
    );
    let files = [
        (
            "prod",
            "extends: base\nservices:\n  identity-service: { replicas: ~ }\n",
        ),
        ("base", RIGHT),
    ];
    shows!(
        "extends_nothing_to_remove",
        load::<Environment>(&files).unwrap_err().render(false)
    );
}

#[test]
fn the_other_variant_of_an_extended_file_has_to_be_removed() {
    let files = |provider| [("prod", provider), ("base", RIGHT)];
    let both = files("extends: base\nprovider: { aks: { location: westeurope } }\n");
    shows!(
        "extends_variant_of_both",
        load::<Environment>(&both).unwrap_err().render(false)
    );
    let one = files("extends: base\nprovider: { aks: { location: westeurope }, eks: ~ }\n");
    assert_eq!(load::<Environment>(&one).unwrap().provider.as_str(), "aks");
}

#[test]
fn a_chain_that_leads_nowhere_is_shown() {
    shows!(
        "extends_unknown",
        refused(&[
            ("prod", "extends: bass\n"),
            ("base", "a: 1\n"),
            ("dev", "a: 1\n")
        ])
    );
    shows!("extends_itself", refused(&[("prod", "extends: prod\n")]));
    let circle = [
        ("prod", "extends: a\n"),
        ("a", "x: 1\nextends: b\n"),
        ("b", "extends: c\n"),
        ("c", "extends: a\n"),
    ];
    shows!("extends_circle", refused(&circle));
    shows!(
        "extends_a_list",
        refused(&[
            ("prod", "extends: [a, b]\n"),
            ("a", "x: 1\n"),
            ("b", "x: 1\n")
        ])
    );
}

#[test]
fn an_unknown_environment_is_answered_with_the_nearest() {
    let files = sources(&[
        ("prod", "a: 1\n"),
        ("prod-dr", "a: 1\n"),
        ("staging", "a: 1\n"),
    ]);
    shows!(
        "environment_unknown",
        load_tree("porod", &files).unwrap_err().render(false)
    );
    shows!(
        "environment_unknown_of_none",
        load_tree("prod", &sources(&[])).unwrap_err().render(false)
    );
}

#[test]
fn a_chain_has_a_greatest_length() {
    let chain = |length: usize| {
        let mut files: Vec<(String, String)> = (1..length)
            .map(|link| {
                (
                    format!("e{link}"),
                    format!("extends: e{}\nk{link}: 1\n", link + 1),
                )
            })
            .collect();
        files.push((format!("e{length}"), "last: 1\n".to_owned()));
        load_tree(
            "e1",
            &files
                .into_iter()
                .collect::<std::collections::BTreeMap<_, _>>(),
        )
    };
    assert_eq!(chain(8).unwrap().0.leaves().len(), 8);
    assert!(
        chain(9)
            .unwrap_err()
            .render(false)
            .contains("more than 7 deep")
    );
}

/// Trees from a linear congruential sequence: the same ones at every run.
struct Trees(u64);

impl Trees {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// A value in flow style, a mapping at the top and a mapping, list or number below.
    fn write(&mut self, depth: u64, nulls: bool, text: &mut String) {
        match if depth == 0 { 0 } else { self.below(4) } {
            0 | 1 if depth < 4 => {
                text.push('{');
                for key in ["a", "b", "c", "d"] {
                    if self.below(2) == 0 {
                        let _ = write!(text, " {key}: ");
                        self.write(depth + 1, nulls, text);
                        text.push(',');
                    }
                }
                text.push('}');
            }
            2 => {
                let _ = write!(text, "[{}]", self.below(100));
            }
            _ if nulls && self.below(3) == 0 => text.push('~'),
            _ => {
                let _ = write!(text, "{}", self.below(100));
            }
        }
    }

    fn next(&mut self, nulls: bool) -> Node {
        let mut text = String::new();
        self.write(0, nulls, &mut text);
        tree(&text)
    }
}

/// Order of keys is no matter of meaning.
fn sorted(mut node: Node) -> Node {
    match &mut node.content {
        Content::Mapping(entries) => {
            for (_, value) in entries.iter_mut() {
                *value = sorted(value.clone());
            }
            entries.sort_by(|(left, _), (right, _)| left.text.cmp(&right.text));
        }
        Content::Sequence(_) | Content::Null | Content::Scalar(_) => {}
    }
    node
}

#[test]
fn merging_with_nothing_changes_nothing() {
    let mut trees = Trees(1);
    for _ in 0..300 {
        let some = trees.next(true);
        assert_eq!(brief(&merge(some.clone(), tree("{}"))), brief(&some));
        assert_eq!(brief(&merge(tree("{}"), some.clone())), brief(&some));
    }
}

#[test]
fn merging_with_itself_changes_nothing_where_nothing_is_removed() {
    let mut trees = Trees(2);
    for _ in 0..300 {
        let some = trees.next(false);
        assert_eq!(brief(&merge(some.clone(), some.clone())), brief(&some));
    }
}

#[test]
fn merging_is_associative_where_no_mapping_gives_way() {
    let mut trees = Trees(3);
    let mut compared = 0;
    for _ in 0..2000 {
        let (first, second, third) = (trees.next(false), trees.next(false), trees.next(false));
        if !same_shape(&first, &second)
            || !same_shape(&second, &third)
            || !same_shape(&first, &third)
        {
            continue;
        }
        compared += 1;
        let left = merge(merge(first.clone(), second.clone()), third.clone());
        let right = merge(first, merge(second, third));
        assert_eq!(brief(&sorted(left)), brief(&sorted(right)));
    }
    assert!(compared > 200, "{compared}");
}

/// Whether no key is a mapping in one tree and something else in the other: a mapping under a scalar comes back whole
/// when a third tree lays a mapping over both, so grouping matters there, and the chain is always read from the bottom.
fn same_shape(left: &Node, right: &Node) -> bool {
    match (&left.content, &right.content) {
        (Content::Mapping(entries), Content::Mapping(_)) => entries.iter().all(|(key, value)| {
            right
                .get(&key.text)
                .is_none_or(|other| same_shape(value, other))
        }),
        (Content::Mapping(_), _) | (_, Content::Mapping(_)) => false,
        _ => true,
    }
}

#[test]
fn what_the_child_says_counts() {
    let mut trees = Trees(4);
    for _ in 0..300 {
        let (parent, child) = (trees.next(true), trees.next(false));
        let merged = merge(parent, child.clone());
        for leaf in child.leaves() {
            let empty_mapping = matches!(leaf.node.content, Content::Mapping(_));
            assert!(
                empty_mapping || merged.at(&leaf.path) == Some(leaf.node),
                "{}",
                leaf.path
            );
        }
    }
}
