//! What holds of the table of rules.

use std::collections::BTreeSet;

#[test]
fn codes_are_unique_and_begin_with_their_area() {
    let mut seen = BTreeSet::new();
    for rule in check::rules() {
        assert!(seen.insert(rule.code), "{} comes twice", rule.code);
        let prefix = match rule.area.as_str() {
            "api" => "API",
            "refs" => "REFS",
            "workload" => "WORK",
            "network" => "NET",
            "mesh" => "MESH",
            "security" => "SEC",
            "storage" => "STOR",
            "capacity" => "CAP",
            "metrics" => "METR",
            "delivery" => "DELV",
            "change" => "CHG",
            other => panic!("no prefix is known for {other}"),
        };
        let digits = rule.code.strip_prefix(prefix).unwrap_or_default();
        assert!(
            digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()),
            "{}",
            rule.code
        );
    }
}

#[test]
fn the_texts_of_every_rule_are_complete() {
    for rule in check::rules() {
        assert!(
            !rule.title.is_empty() && !rule.title.ends_with('.'),
            "title of {}",
            rule.code
        );
        assert!(
            rule.title.starts_with(
                |first: char| first.is_lowercase() || rule.title.starts_with("ConfigMap")
            ),
            "title of {}",
            rule.code
        );
        for text in [rule.why, rule.fix] {
            assert!(
                text.len() > 20 && text.ends_with('.'),
                "{}: {text}",
                rule.code
            );
        }
    }
}

#[test]
fn the_table_of_rules_is_known() {
    let table: Vec<String> = check::rules()
        .iter()
        .map(|rule| format!("{} {:7} {}", rule.code, rule.severity.as_str(), rule.title))
        .collect();
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("rules", table.join("\n"));
    });
}
