//! What Argo CD does with an object: which fields it leaves alone, what it replaces, what it prunes, and in which wave.

use std::collections::{BTreeMap, BTreeSet};

use check::Document;
use serde_json::Value as Json;

use super::Around;
use crate::model::{Effect, Fate, ObjectReview};
use crate::path::{FieldPath, Step};
use crate::tree::{Side, Trees};

const SYNC_OPTIONS: &str = "argocd.argoproj.io/sync-options";
const HOOK: &str = "argocd.argoproj.io/hook";
const HOOK_DELETE_POLICY: &str = "argocd.argoproj.io/hook-delete-policy";
const WAVE: &str = "argocd.argoproj.io/sync-wave";

/// The applications of an environment, those of the state after the change first.
pub(crate) struct ArgoCd<'t> {
    applications: BTreeMap<&'t str, &'t Document>,
    /// Those that are there before the change only.
    gone: BTreeSet<&'t str>,
    trees: &'t Trees,
}

impl<'t> ArgoCd<'t> {
    pub(crate) fn new(trees: &'t Trees) -> Self {
        let (mut applications, mut gone) = (BTreeMap::new(), BTreeSet::new());
        for side in [Side::Base, Side::Head] {
            for document in trees.of_kinds(side, &["Application"]) {
                let name = document.id.name.as_str();
                if document.id.group() == "argoproj.io" {
                    applications.insert(name, document);
                    match side {
                        Side::Base => gone.insert(name),
                        Side::Head => gone.remove(name),
                    };
                }
            }
        }
        Self {
            applications,
            gone,
            trees,
        }
    }

    /// The application of an object, by the ledger, else by the folder that it reads.
    pub(crate) fn of(&self, document: &Document) -> Option<&'t Document> {
        let file = document.source.file.as_deref().unwrap_or_default();
        let by_ledger = [Side::Head, Side::Base].into_iter().find_map(|side| {
            let origin = self.trees.origin(side, file)?;
            self.applications.get(origin.application.as_str()).copied()
        });
        by_ledger.or_else(|| {
            let reads = |application: &&&Document| {
                let path = application
                    .value
                    .pointer("/spec/source/path")
                    .and_then(Json::as_str);
                path.and_then(|path| path.rsplit_once("/apps/"))
                    .is_some_and(|(_, name)| file.starts_with(&format!("apps/{name}/")))
            };
            self.applications.values().find(reads).copied()
        })
    }

    /// Whether Argo CD leaves a field as it is in the cluster.
    pub(crate) fn ignores(&self, document: &Document, path: &FieldPath) -> bool {
        let Some(application) = self.of(document) else {
            return false;
        };
        let respects = options(application).any(|option| option == "RespectIgnoreDifferences=true");
        let entries = application
            .value
            .pointer("/spec/ignoreDifferences")
            .and_then(Json::as_array);
        respects
            && entries.into_iter().flatten().any(|entry| {
                let said = |name: &str| entry.get(name).and_then(Json::as_str);
                let fits = |name: &str, value: &str| {
                    said(name).is_none_or(|said| said == value || said == "*")
                };
                said("group").unwrap_or_default() == document.id.group()
                    && fits("kind", &document.id.kind)
                    && fits("name", &document.id.name)
                    && fits(
                        "namespace",
                        document.id.namespace.as_deref().unwrap_or_default(),
                    )
                    && (texts(entry, "jsonPointers").any(|pointer| covers_pointer(pointer, path))
                        || texts(entry, "jqPathExpressions")
                            .any(|expression| covers_jq(expression, path)))
            })
    }

    /// Whether Argo CD deletes and creates the object instead of changing it.
    pub(crate) fn replaces(&self, document: &Document) -> bool {
        let own: Vec<&str> = annotation(document, SYNC_OPTIONS)
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .collect();
        let has = |option: &str| {
            own.contains(&option)
                || self
                    .of(document)
                    .is_some_and(|application| options(application).any(|known| known == option))
        };
        let is_hook = annotation(document, HOOK).is_some()
            && annotation(document, HOOK_DELETE_POLICY).is_none_or(|policy| {
                policy.contains("BeforeHookCreation") || policy.contains("HookSucceeded")
            });
        is_hook || (has("Replace=true") && has("Force=true"))
    }

    /// Whether the object is applied by the server, not merged by Argo CD.
    pub(crate) fn applies_server_side(&self, document: &Document) -> bool {
        let own = annotation(document, SYNC_OPTIONS).unwrap_or_default();
        own.contains("ServerSideApply=true")
            || self.of(document).is_some_and(|application| {
                options(application).any(|option| option == "ServerSideApply=true")
            })
    }

    /// What Argo CD does with an object that is no longer in the tree.
    pub(crate) fn prunes(&self, document: &Document) -> Prunes {
        let own = annotation(document, SYNC_OPTIONS).unwrap_or_default();
        if own.contains("Prune=false") {
            return Prunes::Never;
        }
        if own.contains("Prune=confirm") {
            return Prunes::AfterConsent;
        }
        if let Some(application) = self.of(document)
            && self.gone.contains(application.id.name.as_str())
        {
            return if cascades(application) {
                Prunes::Always
            } else {
                Prunes::LeftBehind
            };
        }
        let automated = self.of(document).map(|application| {
            application
                .value
                .pointer("/spec/syncPolicy/automated/prune")
                == Some(&Json::Bool(true))
        });
        match automated {
            Some(false) => Prunes::ByHand,
            _ => Prunes::Always,
        }
    }

    /// The waves of the application and, inside of it, of the object.
    pub(crate) fn wave(&self, document: &Document) -> (i64, i64) {
        let number = |document: &Document| {
            annotation(document, WAVE)
                .and_then(|wave| wave.parse().ok())
                .unwrap_or(0)
        };
        (self.of(document).map_or(0, number), number(document))
    }
}

/// What Argo CD does with what is no longer in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prunes {
    Always,
    /// Somebody has to say yes.
    AfterConsent,
    /// Somebody has to ask for it.
    ByHand,
    /// Its application goes, and leaves what it has applied.
    LeftBehind,
    Never,
}

/// Whether an application that goes takes along what it has applied.
pub(super) fn cascades(application: &Document) -> bool {
    let finalizers = application
        .value
        .pointer("/metadata/finalizers")
        .and_then(Json::as_array);
    finalizers
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .any(|name| name.starts_with("resources-finalizer.argocd.argoproj.io"))
}

/// Says what a change of the application itself does.
pub(super) fn moved(
    around: &Around<'_>,
    old: &Document,
    new: &Document,
    review: &mut ObjectReview,
) {
    let (was, is) = (around.argocd.wave(old), around.argocd.wave(new));
    if was != is {
        review
            .notes
            .push(format!("its wave moves from {} to {}", was.1, is.1));
    }
    let application = |side: Side, document: &Document| {
        let file = document.source.file.as_deref().unwrap_or_default();
        around
            .trees
            .origin(side, file)
            .map(|origin| origin.application.clone())
    };
    let (before, after) = (application(Side::Base, old), application(Side::Head, new));
    if let (Some(before), Some(after)) = (before, after)
        && before != after
    {
        review.notes.push(format!(
            "it moves from application {before} to {after}: where {before} syncs first, it may prune the object before {after} makes it anew"
        ));
        if review.fate == Fate::Moved {
            review.effect = review.effect.max(Effect::DeleteAndCreate);
            "it changes hands between applications".clone_into(&mut review.reason);
        }
    }
}

pub(crate) fn annotation<'d>(document: &'d Document, key: &str) -> Option<&'d str> {
    let annotations = document.value.pointer("/metadata/annotations")?;
    annotations.get(key)?.as_str()
}

fn options(application: &Document) -> impl Iterator<Item = &str> {
    let options = application
        .value
        .pointer("/spec/syncPolicy/syncOptions")
        .and_then(Json::as_array);
    options.into_iter().flatten().filter_map(Json::as_str)
}

fn texts<'e>(entry: &'e Json, name: &str) -> impl Iterator<Item = &'e str> {
    let list = entry.get(name).and_then(Json::as_array);
    list.into_iter().flatten().filter_map(Json::as_str)
}

/// Whether a JSON pointer is the field or stands above it.
fn covers_pointer(pointer: &str, path: &FieldPath) -> bool {
    let tokens = pointer
        .split('/')
        .skip(1)
        .map(|token| token.replace("~1", "/").replace("~0", "~"));
    let mut steps = path.0.iter().take_while(|step| **step != Step::Inside);
    for token in tokens {
        let fits = match steps.next() {
            Some(Step::Field(name) | Step::Key(name)) => *name == token,
            Some(Step::Item { position, .. }) => position.to_string() == token,
            _ => false,
        };
        if !fits {
            return false;
        }
    }
    true
}

/// Whether a jq path is the field or stands above it. Only fields, `[]` and the choice of an item by its name are read;
/// anything else covers nothing.
fn covers_jq(expression: &str, path: &FieldPath) -> bool {
    let mut rest = expression.trim();
    let mut steps = path
        .0
        .iter()
        .take_while(|step| **step != Step::Inside)
        .peekable();
    while !rest.is_empty() {
        rest = rest.trim_start();
        if let Some(next) = rest.strip_prefix("[]") {
            rest = next;
            let Some(Step::Item { label, .. }) = steps.next() else {
                return false;
            };
            let chosen = rest.trim_start().strip_prefix('|').map(str::trim_start);
            if let Some(choice) = chosen.and_then(|next| next.strip_prefix("select(.name == \"")) {
                let Some((name, after)) = choice.split_once("\")") else {
                    return false;
                };
                if name != label {
                    return false;
                }
                rest = after;
            }
        } else if let Some(next) = rest.strip_prefix('.') {
            let (name, after) = match next.strip_prefix('"') {
                Some(quoted) => match quoted.split_once('"') {
                    Some(parts) => parts,
                    None => return false,
                },
                None => next.split_at(
                    next.find(|character: char| {
                        !(character.is_alphanumeric() || "_-".contains(character))
                    })
                    .unwrap_or(next.len()),
                ),
            };
            rest = after;
            match steps.next() {
                Some(Step::Field(field) | Step::Key(field)) if field == name => {}
                _ => return false,
            }
        } else {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{covers_jq, covers_pointer};
    use crate::path::FieldPath;

    fn weight(route: &str) -> FieldPath {
        let http = FieldPath::default().field("spec").field("http");
        let route = http.item(route.to_owned(), 0).field("route");
        route.item("0".to_owned(), 0).field("weight")
    }

    #[test]
    fn paths_of_ignored_differences_are_read() {
        let expression = ".spec.http[] | select(.name == \"primary\").route[].weight";
        assert!(covers_jq(expression, &weight("primary")));
        assert!(!covers_jq(expression, &weight("other")));
        assert!(!covers_jq(
            ".spec.http[] | select(.match)",
            &weight("primary")
        ));
        let labels = FieldPath::default()
            .field("spec")
            .field("subsets")
            .item("a".to_owned(), 1);
        let hash = labels.field("labels").key("rollouts-pod-template-hash");
        assert!(covers_jq(
            ".spec.subsets[].labels.\"rollouts-pod-template-hash\"",
            &hash
        ));
    }

    #[test]
    fn pointers_cover_what_is_below_them() {
        assert!(covers_pointer("/spec/http", &weight("primary")));
        assert!(covers_pointer(
            "/spec/http/0/route/0/weight",
            &weight("primary")
        ));
        assert!(!covers_pointer("/spec/http/1", &weight("primary")));
        assert!(!covers_pointer(
            "/spec/http/0/route/0/weight/x",
            &weight("primary")
        ));
    }
}
