//! What a review reads of a tree is enough: capacity and evictions come to the same with all of its objects.

#![expect(clippy::disallowed_methods, reason = "the trees are files")]

use std::fs;
use std::path::Path;

use check::read::read;
use check::{Context, Document, capacity, disruption};
use schemas::Store;

fn documents(folder: &Path, found: &mut Vec<Document>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            let text = fs::read_to_string(&path).unwrap();
            found.extend(read(&text, &path.display().to_string()).documents);
        }
    }
}

#[test]
fn the_kinds_that_are_read_are_enough() {
    let trees = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated");
    let context = Context::new("1.35".parse().unwrap(), Store::embedded());
    let mut workloads = 0;
    for tree in fs::read_dir(trees).unwrap() {
        let tree = tree.unwrap().path();
        let mut all = Vec::new();
        documents(&tree, &mut all);
        // With quotas that count objects all kinds are read.
        all.retain(|document| {
            document.id.kind != "ResourceQuota" || !capacity::counts_objects(document)
        });
        let counted = all
            .iter()
            .filter(|document| capacity::concerns(&document.id.kind));
        let whole = capacity::capacity(&all, &context);
        workloads += whole.workloads.len();
        assert_eq!(
            format!("{whole:?}"),
            format!("{:?}", capacity::capacity(counted, &context)),
            "{}",
            tree.display()
        );
        let evicted = all
            .iter()
            .filter(|document| disruption::concerns(&document.id.kind));
        assert_eq!(
            disruption::budgets(&all, &context),
            disruption::budgets(evicted, &context),
            "{}",
            tree.display()
        );
    }
    assert!(workloads > 100, "only {workloads}");
}
