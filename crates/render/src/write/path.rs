//! Which strings may be the path of a file in a rendered tree, and where the ledger is.

use std::path::{Path, PathBuf};

/// The name of the ledger in its folder: the committed state of the tree.
pub(crate) const LEDGER: &str = "ledger.json";
/// The name of the journal: the state a tree is being brought to. While it is there, the tree is half-way.
pub(crate) const JOURNAL: &str = "ledger.next.json";

/// Where the ledger of a tree is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LedgerPlace {
    /// `ledger.json` in the folder of the tree, so that both go to Git together.
    #[default]
    Inside,
    /// `.<folder>.ledger.json` beside the folder, for readers who want nothing but objects in it.
    Beside,
}

/// The files of the writer itself.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The ledger.
    pub(crate) ledger: PathBuf,
    /// The journal.
    pub(crate) journal: PathBuf,
    /// The journal while it is being written.
    pub(crate) journal_part: PathBuf,
}

impl Places {
    /// Those of the tree in `folder`. A folder without a name has its ledger inside.
    pub(crate) fn new(folder: &Path, place: LedgerPlace) -> Self {
        let name = folder.file_name().filter(|_| place == LedgerPlace::Beside);
        let (parent, prefix) = match (name, folder.parent()) {
            (Some(name), Some(parent)) => (parent, format!(".{}.", name.display())),
            _ => (folder, String::new()),
        };
        Self {
            ledger: parent.join(format!("{prefix}{LEDGER}")),
            journal: parent.join(format!("{prefix}{JOURNAL}")),
            journal_part: parent.join(match prefix.as_str() {
                "" => format!(".{JOURNAL}.part"),
                hidden => format!("{hidden}{JOURNAL}.part"),
            }),
        }
    }
}

/// The rule that `path` breaks, if it breaks one.
///
/// A path is relative, written with `/`, and none of its parts starts with a dot: parts like `..` could leave the
/// folder, and hidden names belong to the writer.
pub(crate) fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path == LEDGER || path == JOURNAL {
        return Some("the name is the ledger's");
    }
    for part in path.split('/') {
        if part.is_empty() {
            return Some("it has an empty part; write `a/b`, neither `/a` nor `a//b`");
        }
        if part.starts_with('.') {
            return Some("a part of it starts with a dot");
        }
        if part
            .bytes()
            .any(|byte| byte < b' ' || byte == b'\\' || byte == 0x7f)
        {
            return Some("it has a backslash or a control character");
        }
    }
    None
}

/// The folder part of a path, empty for a file at the top.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders above a path, from the innermost one outwards, without the top.
pub(crate) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(index, _)| &path[..index])
}

/// The name under which a file is written before it is moved to its place.
pub(crate) fn part(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/.{name}.part"),
        None => format!(".{path}.part"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_the_folder_or_hide_in_it() {
        for good in [
            "a.yaml",
            "apps/web/production/service-web.yaml",
            "apps/rbac/_cluster/clusterrole-system:web.yaml",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "", "/a", "a/", "a//b", "../a", "a/../b", "./a", ".a", "a/.b", "a\\b", "a\nb", LEDGER,
            JOURNAL,
        ] {
            assert!(fault(bad).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn folders_are_named_from_the_inside_out() {
        assert_eq!(folders("a/b/c.yaml").collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(folders("c.yaml").count(), 0);
        assert_eq!(folder("a/b/c.yaml"), "a/b");
        assert_eq!(part("a/c.yaml"), "a/.c.yaml.part");
        assert_eq!(part("c.yaml"), ".c.yaml.part");
    }
}
