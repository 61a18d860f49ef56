//! What an API server answers when an object that exists is updated: what it refuses because of what was there before.
//!
//! The object before and the object after are manifests, applied one after the other by the same hand; what the server
//! fills in is filled in on both sides before they are compared. Whether the object after is valid by itself is the
//! question of the area `api`, and is not asked here. Where the answer depends on the state of the cluster, the usual
//! state is taken: a claim is bound, a definition established, a job that is not suspended has started.

mod built_in;
mod claims;
mod difference;
mod facts;
mod jobs;
mod normal;
mod nothing;
mod pods;
mod services;
mod transition;

use std::collections::BTreeMap;

use manifest::ResourceId;

pub use self::facts::{Hold, Immutable, immutable_paths, pod_template_path};

use crate::context::Context;
use crate::definitions::Definitions;
use crate::document::Document;
use crate::report::Finding;
use crate::rules::change::moved;
use crate::selection::Selection;

use self::transition::Transitions;

/// What an API server refuses when it is asked to make `old` into `new`. Nothing for an object that stays as it was.
///
/// Two objects that differ in group, kind, namespace or name are not the same one: that is the only finding then.
pub fn refused(old: &Document, new: &Document, context: &Context<'_>) -> Vec<Finding> {
    let definitions = Definitions::of(&[]);
    judge((old, new), context, &definitions, &Transitions::default())
}

/// What an API server refuses of a whole tree that takes the place of another: [`refused`] for each object of both.
/// An object that comes several times in either is passed over.
pub fn refused_of_trees(
    old: &[Document],
    new: &[Document],
    context: &Context<'_>,
    selection: &Selection,
) -> Vec<Finding> {
    let transitions = Transitions::default();
    let definitions = Definitions::of(new);
    let before = by_identity(old);
    let mut found = Vec::new();
    for (identity, new) in by_identity(new) {
        if let (Some(new), Some(Some(old))) = (new, before.get(&identity)) {
            found.extend(judge((old, new), context, &definitions, &transitions));
        }
    }
    found.retain(|finding| selection.admits(finding.rule));
    found
}

/// Group, kind, namespace and name.
type Identity<'d> = (&'d str, &'d str, &'d str, &'d str);

fn identity(id: &ResourceId) -> Identity<'_> {
    let namespace = id.namespace.as_deref().unwrap_or_default();
    (id.group(), &id.kind, namespace, &id.name)
}

/// The documents by what tells them apart; `None` for those that come twice.
fn by_identity(documents: &[Document]) -> BTreeMap<Identity<'_>, Option<&Document>> {
    let mut found: BTreeMap<Identity<'_>, Option<&Document>> = BTreeMap::new();
    for document in documents
        .iter()
        .filter(|document| !document.id.name.is_empty())
    {
        found
            .entry(identity(&document.id))
            .and_modify(|known| *known = None)
            .or_insert(Some(document));
    }
    found
}

fn judge(
    (old, new): (&Document, &Document),
    context: &Context<'_>,
    definitions: &Definitions<'_>,
    transitions: &Transitions,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let (before, after) = (identity(&old.id), identity(&new.id));
    if before != after {
        let fields = [
            (before.0 != after.0, "apiVersion"),
            (before.1 != after.1, "kind"),
            (before.2 != after.2, "metadata.namespace"),
            (before.3 != after.3, "metadata.name"),
        ];
        for (_, field) in fields.into_iter().filter(|(differs, _)| *differs) {
            let message = format!(
                "{} and {} are two objects, not one that changes",
                old.id, new.id
            );
            found.push(Finding::new(&moved::RULE, new, field, message));
        }
        return found;
    }
    if old.value == new.value {
        return found;
    }
    match definitions.custom(context.store, &new.id) {
        Some(kind) => transitions.check(kind, old, new, &mut found),
        None => built_in::check(old, new, context, &mut found),
    }
    found
}
