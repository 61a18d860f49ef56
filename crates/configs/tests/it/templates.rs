//! Every template has a use.

#![expect(
    clippy::disallowed_methods,
    reason = "this test looks for files that nothing uses"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use configs::templates::PATHS;

#[test]
fn the_templates_are_those_that_a_context_exists_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates");
    let mut found = BTreeSet::new();
    for folder in fs::read_dir(&root).unwrap() {
        let folder = folder.unwrap().path();
        for file in fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            found.insert(
                path.strip_prefix(&root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned(),
            );
        }
    }
    let used: BTreeSet<String> = PATHS.iter().map(ToString::to_string).collect();
    assert_eq!(found, used);
}
