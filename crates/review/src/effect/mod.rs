//! What each difference does: derived from what the API server, the controllers and Argo CD do with the field.

pub(crate) mod argocd;
mod claims;
mod disruption;
mod entries;
mod fields;
mod gone;
mod nodes;
mod quotas;
mod recipe;
mod references;
mod retention;
pub(crate) mod rollout;
mod template;

use std::cell::OnceCell;

use check::capacity::Capacity;
use check::disruption::Budget;
use check::stored::Shapes;
use check::{Context, Document};
use serde_json::Value as Json;

use crate::difference::{self, Nature};
use crate::model::{Effect, Fate, FieldReview, ObjectReview};
use crate::pair::Pair;
use crate::tree::{Side, Trees};

/// What the effects depend on besides the object itself.
pub(crate) struct Around<'t> {
    pub(crate) trees: &'t Trees,
    pub(crate) context: &'t Context<'t>,
    pub(crate) shapes: Shapes<'t>,
    pub(crate) argocd: argocd::ArgoCd<'t>,
    /// What is asked for and what there is, before and after.
    pub(crate) capacity: [OnceCell<Capacity>; 2],
    /// What may be evicted, before and after.
    pub(crate) budgets: [OnceCell<Vec<Budget>>; 2],
}

/// An object before and after, with its stored forms.
pub(crate) struct Change<'t> {
    pub(crate) old: &'t Document,
    pub(crate) new: &'t Document,
    pub(crate) before: Json,
    pub(crate) after: Json,
}

impl<'t> Around<'t> {
    /// The bounds of the autoscaler of a workload, after the change.
    fn scaled(&self, workload: &Document) -> Option<(u64, u64)> {
        self.scaled_on(Side::Head, workload)
    }

    /// Whether an autoscaler decides how many pods a workload has.
    pub(crate) fn is_scaled(&self, side: Side, workload: &Document) -> bool {
        self.scaled_on(side, workload).is_some()
    }

    fn scaled_on(&self, side: Side, workload: &Document) -> Option<(u64, u64)> {
        let autoscalers = self.trees.of_kinds(side, &["HorizontalPodAutoscaler"]);
        let mut aimed = autoscalers.filter(|autoscaler| {
            let target = autoscaler.value.pointer("/spec/scaleTargetRef");
            let text = |name: &str| target.and_then(|target| target.get(name)?.as_str());
            autoscaler.id.namespace == workload.id.namespace
                && text("kind") == Some(&workload.id.kind)
                && text("name") == Some(&workload.id.name)
        });
        let spec = aimed.next()?.value.get("spec")?;
        let number = |name: &str| spec.get(name).and_then(Json::as_u64);
        Some((number("minReplicas").unwrap_or(1), number("maxReplicas")?))
    }

    /// The stored form of a document.
    fn stored(&self, document: &Document) -> Json {
        let kind = self.kind(document);
        let schema = kind.map(|kind| &kind.schema);
        let native = self.is_built_in(document);
        self.shapes.stored(&document.value, schema, native)
    }

    fn kind(&self, document: &Document) -> Option<&'t schemas::KindSchema> {
        let id = &document.id;
        self.shapes
            .store
            .kind(self.shapes.minor, id.group(), id.version(), &id.kind)
    }

    /// Whether the server decodes the kind into a type of its own, instead of keeping what it was sent.
    fn is_built_in(&self, document: &Document) -> bool {
        let id = &document.id;
        self.shapes
            .store
            .custom_kind(id.group(), id.version(), &id.kind)
            .is_none()
            && id.is_built_in()
    }
}

/// What becomes of an object; `None` where nothing of it differs.
pub(crate) fn review(around: &Around<'_>, pair: Pair<'_>) -> Option<ObjectReview> {
    let mut review = match pair {
        Pair::Added(new) => Some(added(around, new)),
        Pair::Removed(old) => Some(gone::removed(around, old)),
        Pair::Same(old, new) => same(around, old, new),
        Pair::Renamed(old, new) => Some(gone::renamed(around, old, new)),
    }?;
    disruption::judge(around, &mut review);
    entries::judge(around, &mut review);
    quotas::judge(around, &mut review);
    Some(review)
}

/// What is known of an object before anything is said about its effect.
pub(crate) fn blank(
    around: &Around<'_>,
    side: Side,
    document: &Document,
    fate: Fate,
) -> ObjectReview {
    let file = document.source.file.clone().unwrap_or_default();
    let origin = around.trees.origin(side, &file);
    ObjectReview {
        id: document.id.clone(),
        was: None,
        fate,
        application: origin
            .map(|origin| origin.application.clone())
            .unwrap_or_default(),
        origin: origin.map(|origin| origin.line.clone()).unwrap_or_default(),
        file,
        old_file: None,
        fields: Vec::new(),
        effect: Effect::Nothing,
        refused: false,
        reason: String::new(),
        rollout: None,
        recipe: Vec::new(),
        notes: Vec::new(),
        no_way_back: None,
        watch: None,
    }
}

fn added(around: &Around<'_>, new: &Document) -> ObjectReview {
    let mut review = blank(around, Side::Head, new, Fate::Added);
    review.effect = Effect::InPlace;
    "it is created".clone_into(&mut review.reason);
    if let Some(template) = template::of(around, new) {
        let stored = around.stored(new);
        if let Some(pods) = stored.pointer(&template.pointer) {
            let plan = rollout::plan(&new.id.kind, &stored, pods, around.scaled(new));
            review.notes.push(match plan.pods {
                (least, most) if least == most => format!("starts {least} pods"),
                (least, most) => format!("starts {least} to {most} pods"),
            });
        }
    }
    gone::added_notes(around, new, &mut review);
    review
}

fn same(around: &Around<'_>, old: &Document, new: &Document) -> Option<ObjectReview> {
    let moved = old.source.file != new.source.file;
    let change = Change {
        before: around.stored(old),
        after: around.stored(new),
        old,
        new,
    };
    let mut review = blank(around, Side::Head, new, Fate::Changed);
    if moved {
        review.old_file.clone_from(&old.source.file);
    }
    if change.before == change.after {
        if !moved && old.value == new.value {
            // Another object of the file differs, or only its layout.
            return None;
        }
        review.fate = if moved { Fate::Moved } else { Fate::Changed };
        review.reason = if moved {
            format!(
                "only its file changes, from {}",
                old.source.file.clone().unwrap_or_default()
            )
        } else {
            "the same object, written differently".to_owned()
        };
        argocd::moved(around, old, new, &mut review);
        return Some(review);
    }
    review.fields = fields::review(around, &change);
    settle(around, &change, &mut review);
    argocd::moved(around, old, new, &mut review);
    Some(review)
}

/// The effect on the object follows from those of its fields.
fn settle(around: &Around<'_>, change: &Change<'_>, review: &mut ObjectReview) {
    review.refused = review.fields.iter().any(|field| field.refused);
    let worst = review
        .fields
        .iter()
        .max_by_key(|field| (field.effect, field.refused));
    if let Some(worst) = worst {
        review.effect = worst.effect;
        review.reason.clone_from(&worst.reason);
    }
    let restarts = review
        .fields
        .iter()
        .any(|field| field.effect == Effect::Restart);
    if restarts {
        let template = template::of(around, change.new);
        let pods = template.and_then(|template| change.after.pointer(&template.pointer));
        let plan = pods.map(|pods| {
            rollout::plan(
                &change.new.id.kind,
                &change.after,
                pods,
                around.scaled(change.new),
            )
        });
        if let Some(interrupts) = plan.as_ref().and_then(|plan| plan.interrupts.clone()) {
            review.effect = review.effect.max(Effect::Interrupted);
            if review.effect == Effect::Interrupted {
                review.reason = interrupts;
            } else {
                review.notes.push(interrupts);
            }
        }
        review.watch = Some(watch(change.new));
        review.rollout = plan;
    }
    if review.refused {
        review.notes.push(
            "the sync of its application fails here, and nothing else of this object is applied"
                .to_owned(),
        );
        review.recipe = recipe::of(around, change, &review.fields);
    }
    claims::notes(change, review);
    references::notes(around, change, review);
}

/// How somebody sees how the pods of a workload are replaced.
fn watch(workload: &Document) -> String {
    let namespace = workload.id.namespace.as_deref().unwrap_or("default");
    let name = &workload.id.name;
    match workload.id.kind.as_ref() {
        "Rollout" => format!("kubectl argo rollouts get rollout {name} -n {namespace} --watch"),
        "Pod" => format!("kubectl get pod {name} -n {namespace} --watch"),
        kind => format!(
            "kubectl rollout status -n {namespace} {}/{name}",
            kind.to_lowercase()
        ),
    }
}

/// One field in the form in which its effect is decided.
pub(crate) fn undecided(difference: difference::Difference, line: Option<u32>) -> FieldReview {
    let reason = match difference.nature {
        Nature::Value => "taken in place",
        Nature::SameValue => "the same value, written differently",
        Nature::Order => "the same in another order",
    };
    FieldReview {
        difference,
        effect: Effect::InPlace,
        refused: false,
        reason: reason.to_owned(),
        line,
        value: None,
    }
}
