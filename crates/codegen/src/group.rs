//! One API group: its kinds in all their versions, read and named.

use std::collections::BTreeMap;

use schemas::{KindName, KindSchema, Scope, Store};

use crate::error::Error;
use crate::fixups::{self, Fixup};
use crate::plan::{self, Module, Unnamed, stability};
use crate::read::Reader;
use crate::shape::{Object, Shapes};
use crate::{emit, idents, surface};

/// One API group, ready to be written as Rust.
#[derive(Debug)]
pub struct Group {
    name: String,
    pub(crate) versions: Vec<Version>,
    pub(crate) modules: Vec<Module>,
    pub(crate) shapes: Shapes,
}

/// The kinds of one version of a group, by name.
#[derive(Debug)]
pub(crate) struct Version {
    name: String,
    pub(crate) kinds: Vec<Kind>,
}

/// What a kind has beside the fields of its schema.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) name: String,
    pub(crate) api_version: String,
    pub(crate) plural: String,
    pub(crate) namespaced: bool,
    pub(crate) object: Object,
}

impl Group {
    pub(crate) fn read(name: &str, kinds: &[&KindSchema]) -> Result<Self, Error> {
        let mut by_version: BTreeMap<_, BTreeMap<&str, &KindSchema>> = BTreeMap::new();
        for kind in kinds {
            let twice = by_version
                .entry(stability(&kind.version))
                .or_default()
                .insert(&kind.kind, kind);
            if twice.is_some() {
                return Err(Error::Duplicate {
                    kind: format!("{} {}", kind.api_version(), kind.kind),
                });
            }
        }
        let mut shapes = Shapes::default();
        let mut versions = Vec::new();
        for (index, ((_, _, _, version), kinds)) in by_version.into_iter().enumerate() {
            let kinds = kinds
                .into_values()
                .map(|kind| Kind::read(kind, index, &mut shapes))
                .collect::<Result<_, _>>()?;
            versions.push(Version {
                name: version,
                kinds,
            });
        }
        let unnamed: Vec<Unnamed<'_>> = versions.iter().map(Version::unnamed).collect();
        let modules = plan::modules(&unnamed, &shapes);
        Ok(Self {
            name: name.to_owned(),
            versions,
            modules,
            shapes,
        })
    }

    /// The name of the group, `networking.istio.io`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of its Rust module, `networking_istio_io`.
    pub fn module(&self) -> String {
        idents::module(&self.name)
    }

    /// The Rust text: one `pub mod` a version, to be put into the module of the group.
    pub fn rust(&self) -> String {
        emit::group(self)
    }

    /// The public surface, one line for each type and field: what a new schema changes for those who use the types.
    pub fn surface(&self) -> String {
        surface::group(self)
    }
}

impl Version {
    fn unnamed(&self) -> Unnamed<'_> {
        let kinds = self
            .kinds
            .iter()
            .map(|kind| (kind.name.as_str(), &kind.object))
            .collect();
        Unnamed {
            version: &self.name,
            kinds,
        }
    }
}

impl Kind {
    fn read(kind: &KindSchema, version: usize, shapes: &mut Shapes) -> Result<Self, Error> {
        Ok(Self {
            name: kind.kind.clone(),
            api_version: kind.api_version(),
            plural: kind.plural.clone(),
            namespaced: kind.scope == Scope::Namespaced,
            object: Reader::new(kind, shapes).root(version)?,
        })
    }
}

/// Reads every custom kind of a store in the versions that a manifest can be written in: those that the API server
/// answers to, without deprecated ones that have a successor.
pub fn read_store(store: &Store, fixups: &[Fixup]) -> Result<Vec<Group>, Error> {
    let schema = |name: KindName<'_>| {
        let kind = store.custom_kind(name.group, name.version, name.kind);
        kind.ok_or_else(|| Error::Unreadable {
            kind: format!("{}/{} {}", name.group, name.version, name.kind),
        })
    };
    let all: Vec<&KindSchema> = store.custom_kinds().map(schema).collect::<Result<_, _>>()?;
    let has_successor = |old: &KindSchema| {
        all.iter().any(|kind| {
            kind.served && !kind.deprecated && kind.group == old.group && kind.kind == old.kind
        })
    };
    let writable = all
        .iter()
        .filter(|kind| kind.served && !(kind.deprecated && has_successor(kind)));
    read(writable.map(|kind| (*kind).clone()).collect(), fixups)
}

/// Reads the kinds of any number of groups; the groups come back sorted by name. Each fixup must change something.
pub fn read(mut kinds: Vec<KindSchema>, fixups: &[Fixup]) -> Result<Vec<Group>, Error> {
    fixups::applied(&mut kinds, fixups)?;
    let mut groups: BTreeMap<&str, Vec<&KindSchema>> = BTreeMap::new();
    for kind in &kinds {
        groups.entry(&kind.group).or_default().push(kind);
    }
    let mut modules: BTreeMap<String, &str> = BTreeMap::new();
    for name in groups.keys() {
        let module = idents::module(name);
        if let Some(first) = modules.insert(module.clone(), name) {
            return Err(Error::ModuleClash {
                first: first.to_owned(),
                second: (*name).to_owned(),
                module,
            });
        }
    }
    groups
        .iter()
        .map(|(name, kinds)| Group::read(name, kinds))
        .collect()
}
