//! The pages of the rules are complete, and those that are written down are up to date.

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_rule_explains_itself() {
    for rule in check::rules() {
        let page = check::explanation(rule.code).unwrap();
        for part in [
            rule.code,
            rule.title,
            rule.why,
            rule.fix,
            rule.area.as_str(),
        ] {
            assert!(page.contains(part), "{}: {part}", rule.code);
        }
    }
    assert_eq!(check::explanation("NONE001"), None);
    let page = check::explanation("metr002").unwrap();
    assert!(
        page.contains("bad:\n    apiVersion") && page.contains("good:\n    apiVersion"),
        "{page}"
    );
}

/// `cargo xtask check --write-docs` writes them.
#[test]
fn the_pages_that_are_written_down_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/checks");
    let mut known = BTreeSet::new();
    let mut stale = Vec::new();
    for page in check::pages() {
        let written = std::fs::read_to_string(folder.join(&page.name));
        if written.ok().as_ref() != Some(&page.text) {
            stale.push(page.name.clone());
        }
        known.insert(page.name);
    }
    for entry in std::fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !known.contains(&name) {
            stale.push(name);
        }
    }
    assert_eq!(
        stale,
        Vec::<String>::new(),
        "write them with `cargo xtask check --write-docs`"
    );
}
