//! The kinds that objects among the objects define: they are what a cluster will know, whatever else is known of them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use manifest::ResourceId;
use schemas::{KindSchema, Store};

use crate::cluster::text;
use crate::context::Context;
use crate::document::Document;

/// The group of the kinds that Gatekeeper makes of its templates.
const CONSTRAINTS: &str = "constraints.gatekeeper.sh";
/// The kind of what defines a kind.
const DEFINITION: &str = "CustomResourceDefinition";
/// The kind of what Gatekeeper makes a definition of.
const TEMPLATE: &str = "ConstraintTemplate";

/// The kinds that objects define, by group and kind.
pub(crate) struct Definitions<'d>(BTreeMap<&'d str, BTreeMap<&'d str, Defined<'d>>>);

struct Defined<'d> {
    by: &'d Document,
    /// Read when the first object of the kind is met: many definitions have none.
    kinds: OnceLock<Result<Vec<KindSchema>, String>>,
}

/// What is known of the kind of an object.
pub(crate) enum Known<'k> {
    /// Its schema, and whether it is a custom one.
    Kind(&'k KindSchema, bool),
    /// That there is such a kind, and no more.
    Unjudged,
    /// Nothing, or why it is not served.
    Missing(Option<String>),
}

/// Whether a file can hold a definition. Where it does, it holds these words.
pub(crate) fn can_define(file: &[u8]) -> bool {
    let has = |text: &str| {
        [DEFINITION, TEMPLATE]
            .iter()
            .any(|kind| text.contains(kind))
    };
    std::str::from_utf8(file).is_ok_and(has)
}

impl<'d> Definitions<'d> {
    /// Whether a document may define a kind.
    pub(crate) fn is_one(document: &Document) -> bool {
        [DEFINITION, TEMPLATE].contains(&&*document.id.kind)
    }

    /// The kinds that some of these documents define.
    pub(crate) fn of(documents: &'d [Document]) -> Self {
        let mut defined: BTreeMap<&str, BTreeMap<&str, Defined<'_>>> = BTreeMap::new();
        for document in documents {
            let kind = match (document.id.group(), &*document.id.kind) {
                ("apiextensions.k8s.io", DEFINITION) => {
                    let group = text(&document.value, "/spec/group");
                    group.zip(text(&document.value, "/spec/names/kind"))
                }
                ("templates.gatekeeper.sh", TEMPLATE) => {
                    let kind = text(&document.value, "/spec/crd/spec/names/kind");
                    kind.map(|kind| (CONSTRAINTS, kind))
                }
                _ => None,
            };
            let Some((group, kind)) = kind else { continue };
            let kinds = defined.entry(group).or_default();
            // A definition says more than the template that it is made of.
            if document.id.kind == DEFINITION || !kinds.contains_key(kind) {
                let made = Defined {
                    by: document,
                    kinds: OnceLock::new(),
                };
                kinds.insert(kind, made);
            }
        }
        Self(defined)
    }

    fn defined(&self, id: &ResourceId) -> Option<&Defined<'d>> {
        self.0.get(id.group())?.get(&*id.kind)
    }

    /// What is known of the kind of an object. A definition among the objects counts before what was imported.
    pub(crate) fn find<'k>(&'k self, store: &'k Store, minor: &str, id: &ResourceId) -> Known<'k> {
        let (group, version) = (id.group(), id.version());
        if let Some(defined) = self.defined(id) {
            return defined.find(version);
        }
        match store.custom_kind(group, version, &id.kind) {
            Some(kind) => Known::Kind(kind, true),
            None => match store.kind(minor, group, version, &id.kind) {
                Some(kind) => Known::Kind(kind, false),
                None => Known::Missing(None),
            },
        }
    }

    /// The schema of the custom kind of an object.
    pub(crate) fn custom<'k>(
        &'k self,
        store: &'k Store,
        id: &ResourceId,
    ) -> Option<&'k KindSchema> {
        match self.defined(id) {
            Some(defined) => match defined.find(id.version()) {
                Known::Kind(kind, _) => Some(kind),
                _ => None,
            },
            None => store.custom_kind(id.group(), id.version(), &id.kind),
        }
    }

    /// Whether nobody knows anything of a group, nor of a kind of this name.
    pub(crate) fn is_foreign(&self, context: &Context<'_>, id: &ResourceId) -> bool {
        let is_defined = self.0.contains_key(id.group());
        let minor = context.kubernetes.to_string();
        let mut kinds = context.store.kinds(&minor);
        let is_known = kinds.any(|known| known.group == id.group() || known.kind == id.kind);
        !is_defined && !is_known && !id.group().is_empty()
    }
}

impl Defined<'_> {
    fn find(&self, version: &str) -> Known<'_> {
        if self.by.id.kind == TEMPLATE {
            return Known::Unjudged;
        }
        let name = &self.by.id.name;
        let kinds = self.kinds.get_or_init(|| {
            schemas::kinds_of_definition(&self.by.value).map_err(|problem| problem.to_string())
        });
        match kinds {
            Err(problem) => Known::Missing(Some(format!(
                "the definition {name} beside the object cannot be read: {problem}"
            ))),
            Ok(kinds) => {
                if let Some(kind) = kinds.iter().find(|kind| kind.version == version) {
                    return Known::Kind(kind, true);
                }
                let served: Vec<&str> = kinds.iter().map(|kind| &*kind.version).collect();
                let served = served.join(", ");
                Known::Missing(Some(format!(
                    "the definition {name} beside the object serves {served}, not {version}"
                )))
            }
        }
    }
}
