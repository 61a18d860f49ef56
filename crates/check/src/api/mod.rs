//! Would the API server take the object? One pass over each object against the schema of its kind.

mod array;
mod demands;
pub(crate) mod expression;
mod metadata;
mod native;
mod object;
mod scalar;
mod special;
mod syntax_of;
mod validator;

use std::collections::BTreeSet;

use schemas::{KindSchema, Store};

use self::expression::Evaluator;
use self::native::Demands;
use self::validator::Validator;
use crate::context::Context;
use crate::document::Document;
use crate::pattern::Patterns;
use crate::report::Finding;
use crate::rules::api::{duplicate_key, not_allowed, unknown_kind};
use crate::syntax;

/// Judges every object by itself.
pub(crate) fn check(documents: &[Document], context: &Context<'_>, found: &mut Vec<Finding>) {
    let minor = context.kubernetes.to_string();
    let patterns = Patterns::default();
    let demands = native::demands();
    let evaluator = Evaluator::new(&patterns);
    let defined = defined(documents);
    for document in documents {
        found.extend(document.twice.iter().map(|twice| {
            Finding::new(&duplicate_key::RULE, document, "", &*twice.message).on_line(twice.line)
        }));
        let id = &document.id;
        if special::is_never_stored(&id.kind, id.group()) {
            let message = format!(
                "a {} is a question to the API server, not an object",
                id.kind
            );
            found.push(Finding::new(&not_allowed::RULE, document, "kind", message));
            continue;
        }
        let Some(kind) = context
            .store
            .kind(&minor, id.group(), id.version(), &id.kind)
        else {
            if !defined.contains(&(id.group(), &*id.kind)) {
                found.push(unknown(document, context.store, &minor));
            }
            continue;
        };
        one(
            document,
            kind,
            &Facts {
                store: context.store,
                minor: &minor,
                patterns: &patterns,
                demands: &demands,
            },
            &evaluator,
            found,
        );
    }
}

/// Group and kind of what definitions among the documents define: they are known, though nothing is known of them.
fn defined(documents: &[Document]) -> BTreeSet<(&str, &str)> {
    let definitions = documents.iter().filter(|document| {
        document.id.kind == "CustomResourceDefinition"
            && document.id.group() == "apiextensions.k8s.io"
    });
    let said = |document, pointer| crate::cluster::text(document, pointer);
    definitions
        .filter_map(|document| {
            let group = said(&document.value, "/spec/group")?;
            Some((group, said(&document.value, "/spec/names/kind")?))
        })
        .collect()
}

/// What a judgement needs besides the object and its schema.
#[derive(Clone, Copy)]
struct Facts<'a> {
    store: &'a Store,
    minor: &'a str,
    patterns: &'a Patterns,
    demands: &'a Demands,
}

fn one(
    document: &Document,
    kind: &KindSchema,
    facts: &Facts<'_>,
    evaluator: &Evaluator<'_>,
    found: &mut Vec<Finding>,
) {
    let before = found.len();
    metadata::check(document, kind, found);
    let mut validator = Validator::new(document, facts, found);
    validator.whole(kind);
    let sites = validator.into_sites();
    // As the server, which does not evaluate rules on an object of the wrong shape.
    if found.len() == before {
        evaluator.check(document, sites, found);
    }
}

fn unknown(document: &Document, store: &Store, minor: &str) -> Finding {
    let id = &document.id;
    let versions: Vec<String> = store
        .kinds(minor)
        .filter(|known| known.kind == id.kind)
        .map(|known| {
            if known.group.is_empty() {
                known.version.to_owned()
            } else {
                format!("{}/{}", known.group, known.version)
            }
        })
        .collect();
    let help = if versions.is_empty() {
        let nearest = syntax::nearest(&id.kind, store.kinds(minor).map(|known| known.kind));
        nearest.map(|kind| format!("did you mean the kind `{kind}`?"))
    } else {
        Some(format!("the kind is known in {}", versions.join(", ")))
    };
    let message = format!(
        "there is no schema for {} {} in Kubernetes {minor}",
        id.api_version, id.kind
    );
    Finding::new(&unknown_kind::RULE, document, "kind", message).with_help(help)
}
