//! DELV013: the folder of an Application has files.

use std::collections::BTreeMap;

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications::{self, Source, Tree};

/// The folder of an Application has files.
pub(crate) static RULE: Rule = Rule {
    code: "DELV013",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the folder of an Application has files",
    why: "Argo CD cannot compare what is not there: the Application stays Unknown, and with pruning an emptied folder takes its objects along.",
    fix: "Correct the path, or remove the Application.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let tree = Tree::of(cluster);
    let mut by_repository: BTreeMap<&str, Vec<Source<'_>>> = BTreeMap::new();
    for source in applications::all(cluster).flat_map(applications::sources) {
        by_repository
            .entry(source.repository())
            .or_default()
            .push(source);
    }
    for sources in by_repository.values() {
        let is_there = |source: &&Source<'_>| {
            source
                .folder()
                .and_then(|folder| tree.place(folder))
                .is_some_and(|place| tree.has(&place))
        };
        // Of a repository of which nothing is among the files, nothing can be said.
        let Some(known) = sources.iter().find(is_there).and_then(Source::folder) else {
            continue;
        };
        for source in sources.iter().filter(|source| !is_there(source)) {
            let Some(folder) = source.folder().filter(|folder| !folder.contains("{{")) else {
                continue;
            };
            let is_beside = tree.above(folder) == tree.above(known)
                && parent_of(&tree, folder).is_some_and(|above| tree.has(&above));
            if is_beside {
                let message = format!("there are no files in {folder}");
                findings.add(source.application, format!("{}.path", source.path), message);
            }
        }
    }
}

/// The folder above, as it lies among the files: only what lies beside known files is known not to be there.
fn parent_of(tree: &Tree<'_>, folder: &str) -> Option<String> {
    let place = tree.place(folder)?;
    place.rsplit_once('/').map(|(above, _)| above.to_owned())
}
