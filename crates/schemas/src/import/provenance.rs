//! Which upstream project and version a file comes from, as the `PROVENANCE.md` of its folder says.

use serde::{Deserialize, Serialize};

/// An upstream project and the version of it that a file was taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// `projectcalico/calico`.
    pub project: String,
    /// `v3.32.1 (0ca9d1b93644)`.
    pub version: String,
}

/// The table of a `PROVENANCE.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Provenance {
    /// File, or folder with a `/` at its end.
    rows: Vec<(String, Origin)>,
}

impl Provenance {
    /// Reads the rows `| file or folder (n files) | project | version | …` of the first table with
    /// a `file(s)` column.
    pub(crate) fn read(text: &str) -> Self {
        let rows = text
            .lines()
            .skip_while(|line| !line.starts_with("| file(s)"))
            .skip(2)
            .take_while(|line| line.starts_with('|'));
        let rows = rows.filter_map(|line| {
            let mut cells = line.trim_matches('|').split('|').map(str::trim);
            let (file, project, version) = (cells.next()?, cells.next()?, cells.next()?);
            let file = file.split_once(" (").map_or(file, |(file, _)| file);
            let origin = Origin {
                project: project.to_owned(),
                version: version.replace('`', ""),
            };
            Some((file.to_owned(), origin))
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// The origin of a file, by the most specific row.
    pub(crate) fn of(&self, path: &str) -> Option<Origin> {
        let covers = |row: &str| row == path || (row.ends_with('/') && path.starts_with(row));
        let rows = self.rows.iter().filter(|(row, _)| covers(row));
        rows.max_by_key(|(row, _)| row.len())
            .map(|(_, origin)| origin.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# Provenance

| file(s) | upstream repo | tag or commit | date |
|---|---|---|---|
| crds/widgets/ (3 files) | example/widgets | v1.2.0 (`0ca9d1b93644`) | 2026-01-01 |
| crds/widgets/special.yaml | example/special | v3 | 2026-01-01 |

| file(s) | another table |
|---|---|
| crds/others/ | example/others |
";

    #[test]
    fn the_most_specific_row_names_the_origin() {
        let provenance = Provenance::read(TEXT);
        let origin = |path: &str| {
            provenance
                .of(path)
                .map(|origin| format!("{} {}", origin.project, origin.version))
        };
        assert_eq!(
            origin("crds/widgets/a.yaml").as_deref(),
            Some("example/widgets v1.2.0 (0ca9d1b93644)")
        );
        assert_eq!(
            origin("crds/widgets/special.yaml").as_deref(),
            Some("example/special v3")
        );
        assert_eq!(origin("crds/widgets"), None);
        assert_eq!(origin("crds/others/a.yaml"), None);
    }
}
