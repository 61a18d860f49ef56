//! Look-up by minor, group, version and kind in the committed facts; nothing is parsed before it is
//! asked for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::model::{KindSchema, Schema};
use crate::text::{self, Head};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Name and text of every committed file.
#[cfg(all(test, feature = "import"))]
pub(crate) fn embedded_texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.iter().copied()
}

const CUSTOM: &str = "custom/";
const KUBERNETES: &str = "kubernetes/";

/// The name of one version of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindName<'a> {
    /// The API group; empty for the core group.
    pub group: &'a str,
    /// The kind, `Deployment`.
    pub kind: &'a str,
    /// The version, `v1`.
    pub version: &'a str,
    /// Whether a `CustomResourceDefinition` brings the kind, not the API server itself.
    pub custom: bool,
}

/// All facts: built-in kinds by Kubernetes minor, custom kinds once for all minors.
///
/// A store indexes a file when something in it is first asked for, and parses a line when that line
/// is first asked for.
#[derive(Debug, Default)]
pub struct Store {
    /// `1.35` → built-in kinds and definitions.
    minors: BTreeMap<String, File>,
    /// `argoproj.io` → its custom kinds.
    groups: BTreeMap<String, File>,
}

impl Store {
    /// The facts committed in this crate.
    pub fn embedded() -> &'static Self {
        static STORE: OnceLock<Store> = OnceLock::new();
        STORE.get_or_init(|| {
            Self::of(
                EMBEDDED
                    .iter()
                    .map(|(name, text)| (Cow::Borrowed(*name), Cow::Borrowed(*text))),
            )
        })
    }

    /// A store of other texts: names are `kubernetes/<minor>` and `custom/<group>`, texts are in
    /// the format of `data/`.
    ///
    /// Lines that are not in the format count as absent.
    pub fn from_texts(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self::of(
            files
                .into_iter()
                .map(|(name, text)| (Cow::Owned(name), Cow::Owned(text))),
        )
    }

    fn of(files: impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>)>) -> Self {
        let mut store = Self::default();
        for (name, text) in files {
            if let Some(group) = name.strip_prefix(CUSTOM) {
                store.groups.insert(group.to_owned(), File::new(text, true));
            } else if let Some(minor) = name.strip_prefix(KUBERNETES) {
                store
                    .minors
                    .insert(minor.to_owned(), File::new(text, false));
            }
        }
        store
    }

    /// The Kubernetes minors whose built-in kinds are known, `1.33` first.
    pub fn minors(&self) -> impl Iterator<Item = &str> {
        self.minors.keys().map(String::as_str)
    }

    /// The groups of custom kinds, sorted.
    pub fn custom_groups(&self) -> impl Iterator<Item = &str> {
        self.groups.keys().map(String::as_str)
    }

    /// One version of a kind: the built-in one of that minor, or the custom one. `None` if it is
    /// not known, or not there in that minor.
    pub fn kind(&self, minor: &str, group: &str, version: &str, kind: &str) -> Option<&KindSchema> {
        self.minors
            .get(minor)
            .and_then(|file| file.kind(group, version, kind))
            .or_else(|| self.custom_kind(group, version, kind))
    }

    /// One version of a custom kind.
    pub fn custom_kind(&self, group: &str, version: &str, kind: &str) -> Option<&KindSchema> {
        self.groups.get(group)?.kind(group, version, kind)
    }

    /// What [`Schema::reference`] and [`Schema::core_type`] name.
    pub fn definition(&self, minor: &str, name: &str) -> Option<&Schema> {
        self.minors.get(minor)?.definition(name).map(Arc::as_ref)
    }

    /// The schema itself, or what it refers to: the form in which something is said about the
    /// value.
    pub fn resolve<'a>(&'a self, minor: &str, schema: &'a Schema) -> Option<&'a Schema> {
        match &schema.reference {
            Some(name) => self.definition(minor, name),
            None => Some(schema),
        }
    }

    /// The names of all kinds that an API server of that minor with all custom kinds installed
    /// knows, sorted by group.
    pub fn kinds(&self, minor: &str) -> impl Iterator<Item = KindName<'_>> {
        let built_in = self
            .minors
            .get(minor)
            .into_iter()
            .flat_map(|file| file.kinds(false));
        let mut kinds: Vec<KindName<'_>> = built_in.chain(self.custom_kinds()).collect();
        kinds.sort_unstable();
        kinds.into_iter()
    }

    /// The names of all custom kinds, sorted by group.
    pub fn custom_kinds(&self) -> impl Iterator<Item = KindName<'_>> {
        self.groups.values().flat_map(|file| file.kinds(true))
    }

    /// The names of all definitions of that minor, sorted.
    pub fn definitions(&self, minor: &str) -> impl Iterator<Item = &str> {
        self.minors
            .get(minor)
            .into_iter()
            .flat_map(|file| file.index().definitions.keys().map(AsRef::as_ref))
    }
}

/// The text of one data file, with what has been read of it so far.
#[derive(Debug)]
struct File {
    text: Cow<'static, str>,
    /// Whether definitions are only there to write equal subtrees once.
    shares_subtrees: bool,
    index: OnceLock<Index>,
}

/// Group, kind and version.
type Place = (Box<str>, Box<str>, Box<str>);

/// Where the lines of a file are.
#[derive(Debug, Default)]
struct Index {
    /// Sorted by group, kind and version, as [`KindName`]s are.
    kinds: Vec<(Place, Line<KindSchema>)>,
    definitions: BTreeMap<Box<str>, Line<Arc<Schema>>>,
}

/// One line of a file and, from its first use on, what it says; `None` inside for a line that
/// cannot be read.
#[derive(Debug)]
struct Line<T> {
    range: std::ops::Range<usize>,
    value: OnceLock<Option<T>>,
}

impl<T> Line<T> {
    fn new(range: std::ops::Range<usize>) -> Self {
        Self {
            range,
            value: OnceLock::new(),
        }
    }
}

impl File {
    fn new(text: Cow<'static, str>, shares_subtrees: bool) -> Self {
        Self {
            text,
            shares_subtrees,
            index: OnceLock::new(),
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            let mut start = 0;
            for line in self.text.split_inclusive('\n') {
                let range = start..start + line.trim_end().len();
                start += line.len();
                match text::head(line) {
                    Some(Head::Kind {
                        kind,
                        version,
                        group,
                    }) => {
                        let place = (group.into(), kind.into(), version.into());
                        index.kinds.push((place, Line::new(range)));
                    }
                    Some(Head::Definition { name }) => {
                        index.definitions.insert(name.into(), Line::new(range));
                    }
                    None => {}
                }
            }
            index.kinds.sort_by(|(left, _), (right, _)| left.cmp(right));
            index
        })
    }

    fn kinds(&self, custom: bool) -> impl Iterator<Item = KindName<'_>> {
        self.index()
            .kinds
            .iter()
            .map(move |((group, kind, version), _)| KindName {
                group,
                kind,
                version,
                custom,
            })
    }

    fn kind(&self, group: &str, version: &str, kind: &str) -> Option<&KindSchema> {
        let kinds = &self.index().kinds;
        let wanted = (group, kind, version);
        let index = kinds.binary_search_by(|((group, kind, version), _)| {
            (&**group, &**kind, &**version).cmp(&wanted)
        });
        let (_, line) = kinds.get(index.ok()?)?;
        let read = || {
            let mut kind = text::read_kind(self.text.get(line.range.clone())?).ok()?;
            self.expand(&mut kind.schema);
            Some(kind)
        };
        line.value.get_or_init(read).as_ref()
    }

    fn definition(&self, name: &str) -> Option<&Arc<Schema>> {
        let line = self.index().definitions.get(name)?;
        let read = || {
            let line = text::read_definition(self.text.get(line.range.clone())?).ok()?;
            let mut schema = line.schema;
            self.expand(&mut schema);
            Some(Arc::new(schema))
        };
        line.value.get_or_init(read).as_ref()
    }

    /// Puts the definitions of this file in the place of references to them. Kinds of custom groups
    /// share subtrees that way; built-in kinds keep their references, which are part of what they
    /// are.
    fn expand(&self, schema: &mut Schema) {
        if !self.shares_subtrees {
            return;
        }
        for property in schema.properties.shared_mut() {
            if let Some(shared) = self.named(property) {
                *property = Arc::clone(shared);
            } else if property.children().next().is_some() {
                self.expand(Arc::make_mut(property));
            }
        }
        for child in schema.children_besides_properties_mut() {
            match self.named(child) {
                Some(shared) => *child = Schema::clone(shared),
                None => self.expand(child),
            }
        }
    }

    fn named(&self, schema: &Schema) -> Option<&Arc<Schema>> {
        self.definition(schema.reference.as_deref()?)
    }
}
