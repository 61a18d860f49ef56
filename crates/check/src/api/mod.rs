//! Would the API server take the object? One pass over each object against the schema of its kind.

mod array;
mod demands;
mod deprecated;
pub(crate) mod expression;
mod metadata;
mod native;
mod object;
mod own_name;
mod scalar;
mod shapes;
mod special;
mod syntax_of;
mod validator;
mod versions;

use schemas::{KindSchema, Store};

use self::expression::Evaluator;
use self::shapes::Shapes;
use self::validator::Validator;
use crate::context::Context;
use crate::definitions::{Definitions, Known};
use crate::document::Document;
use crate::parallel::ordered;
use crate::report::Finding;
use crate::rule::Severity;
use crate::rules::api::{duplicate_key, not_allowed, unknown_kind};
use crate::syntax;

/// Judges every object by itself.
pub(crate) fn check(documents: &[Document], context: &Context<'_>) -> Vec<Finding> {
    let definitions = Definitions::of(documents);
    let found = ordered(
        context.threads,
        documents.len(),
        || Judge::new(context, &definitions),
        |judge, index| {
            let mut found = Vec::new();
            judge.check(&documents[index], &mut found);
            found
        },
    );
    found.into_iter().flatten().collect()
}

/// Judges one object after another; what it has read of schemas and rules is kept for the next.
pub(crate) struct Judge<'a> {
    context: &'a Context<'a>,
    definitions: &'a Definitions<'a>,
    facts: Facts<'a>,
}

/// What a judgement needs besides the object and its schema.
struct Facts<'s> {
    store: &'s Store,
    minor: String,
    shapes: Shapes<'s>,
    evaluator: Evaluator,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(context: &'a Context<'a>, definitions: &'a Definitions<'a>) -> Self {
        let minor = context.kubernetes.to_string();
        Self {
            context,
            definitions,
            facts: Facts {
                store: context.store,
                shapes: Shapes::new(context.store, minor.clone()),
                minor,
                evaluator: Evaluator::default(),
            },
        }
    }

    /// Judges an object by itself.
    pub(crate) fn check(&self, document: &Document, found: &mut Vec<Finding>) {
        let (context, minor) = (self.context, self.facts.minor.as_str());
        found.extend(document.twice.iter().map(|twice| {
            Finding::new(&duplicate_key::RULE, document, "", &*twice.message).on_line(twice.line)
        }));
        let id = &document.id;
        if special::is_never_stored(&id.kind, id.group()) && !id.name.is_empty() {
            let message = format!(
                "a {} is a question to the API server, not an object",
                id.kind
            );
            found.push(Finding::new(&not_allowed::RULE, document, "kind", message));
            return;
        }
        let known = self.definitions.find(context.store, minor, id);
        let (kind, is_custom) = match &known {
            Known::Kind(kind, is_custom) => (*kind, *is_custom),
            Known::Unjudged => return,
            Known::Missing(why) => {
                if !(context.ignores_unknown_kinds && self.definitions.is_foreign(context, id)) {
                    found.push(unknown(document, context.store, minor, why.as_deref()));
                }
                return;
            }
        };
        one(document, kind, is_custom, &self.facts, found);
        versions::check(document, kind, is_custom, (context.store, minor), found);
        deprecated::check(document, minor, found);
    }
}

fn one<'a>(
    document: &Document,
    kind: &'a KindSchema,
    is_custom: bool,
    facts: &Facts<'a>,
    found: &mut Vec<Finding>,
) {
    let before = found.len();
    metadata::check(document, kind, found);
    let mut validator = Validator::new(document, facts, !is_custom, found);
    validator.whole(kind);
    let sites = validator.into_sites();
    // As the server, which does not evaluate rules on an object of the wrong shape.
    let mut found_here = found.iter().skip(before);
    if found_here.all(|finding| finding.rule.severity != Severity::Error) {
        facts.evaluator.check(document, sites, found);
    }
}

fn unknown(document: &Document, store: &Store, minor: &str, why: Option<&str>) -> Finding {
    let id = &document.id;
    if let Some(why) = why {
        return Finding::new(&unknown_kind::RULE, document, "kind", why);
    }
    if let Some(removal) = versions::removal(id.group(), id.version(), &id.kind) {
        let message = format!("{} {} {removal}", id.api_version, id.kind);
        return Finding::new(&unknown_kind::RULE, document, "kind", message);
    }
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
