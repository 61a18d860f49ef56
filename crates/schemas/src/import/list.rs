//! What is known: kinds, versions, scope, minors, rules and where they come from.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::merge::kind_name;
use super::{ImportError, data, summary};
use crate::model::{KindSchema, Scope};

/// All that is known, by group and kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// One entry a kind, sorted by group.
    pub kinds: Vec<ListedKind>,
}

/// One kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedKind {
    /// The API group; empty for the core group.
    pub group: String,
    /// The kind.
    pub kind: String,
    /// The resource name in URLs.
    pub plural: String,
    /// Whether objects live in a namespace.
    pub scope: Scope,
    /// The versions, sorted.
    pub versions: Vec<String>,
    /// The Kubernetes minors that have the kind built in; empty for custom kinds, which are there
    /// in each.
    pub minors: Vec<String>,
    /// How many CEL rules stand in all versions together.
    pub rules: usize,
    /// The upstream project and version, or the path of the source where no provenance is known.
    pub source: String,
}

/// Lists what the data folder holds.
pub fn list(data_dir: &Path) -> Result<Listing, ImportError> {
    let (facts, lock) = data::read(data_dir)?;
    let mut kinds: BTreeMap<(String, String, bool), ListedKind> = BTreeMap::new();
    let custom = facts
        .groups
        .values()
        .flat_map(|kinds| kinds.values())
        .map(|kind| (None, kind));
    let built_in = facts
        .minors
        .iter()
        .flat_map(|(minor, facts)| facts.kinds.values().map(move |kind| (Some(minor), kind)));
    for (minor, kind) in custom.chain(built_in) {
        let listed = kinds
            .entry((kind.group.clone(), kind.kind.clone(), minor.is_some()))
            .or_insert_with(|| ListedKind::new(kind));
        if !listed.versions.contains(&kind.version) {
            listed.versions.push(kind.version.clone());
            listed.versions.sort();
        }
        if let Some(minor) = minor.filter(|minor| !listed.minors.contains(minor)) {
            listed.minors.push(minor.clone());
        }
        listed.rules += summary::rules(&kind.schema);
        if let Some((path, source)) = lock.source_of(minor.map(String::as_str), &kind_name(kind)) {
            listed.source = match &source.origin {
                Some(origin) => format!("{} {}", origin.project, origin.version),
                None => path.to_owned(),
            };
        }
    }
    Ok(Listing {
        kinds: kinds.into_values().collect(),
    })
}

impl ListedKind {
    fn new(kind: &KindSchema) -> Self {
        Self {
            group: kind.group.clone(),
            kind: kind.kind.clone(),
            plural: kind.plural.clone(),
            scope: kind.scope,
            versions: Vec::new(),
            minors: Vec::new(),
            rules: 0,
            source: String::new(),
        }
    }
}

impl fmt::Display for Listing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = [
            "GROUP", "KIND", "VERSIONS", "SCOPE", "MINORS", "RULES", "SOURCE",
        ]
        .map(str::to_owned);
        let rows: Vec<[String; 7]> = std::iter::once(header)
            .chain(self.kinds.iter().map(row))
            .collect();
        let width = |column: usize| {
            rows.iter()
                .map(|row| row[column].len())
                .max()
                .unwrap_or_default()
        };
        let widths: [usize; 7] = std::array::from_fn(width);
        for row in &rows {
            let cells = row
                .iter()
                .zip(widths)
                .map(|(cell, width)| format!("{cell:width$}"));
            writeln!(
                formatter,
                "{}",
                cells.collect::<Vec<_>>().join("  ").trim_end()
            )?;
        }
        write!(formatter, "{} kinds", self.kinds.len())
    }
}

fn row(kind: &ListedKind) -> [String; 7] {
    let scope = match kind.scope {
        Scope::Namespaced => "namespaced",
        Scope::Cluster => "cluster",
    };
    [
        if kind.group.is_empty() {
            "core".to_owned()
        } else {
            kind.group.clone()
        },
        kind.kind.clone(),
        kind.versions.join(" "),
        scope.to_owned(),
        if kind.minors.is_empty() {
            "all".to_owned()
        } else {
            kind.minors.join(" ")
        },
        kind.rules.to_string(),
        kind.source.clone(),
    ]
}
