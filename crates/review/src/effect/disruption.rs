//! What a change means for those who drain nodes: a disruption budget that lets no pod go, or nothing that keeps one.

use check::disruption::{Budget, budgets, concerns};
use manifest::ResourceId;

use super::{Around, nodes};
use crate::model::{Effect, Fate, ObjectReview, title};
use crate::tree::Side;

/// Names that are listed before the rest is only counted.
const NAMED: usize = 6;

/// Says what a change of a budget, of the number of pods, or of nodes does to evictions.
pub(super) fn judge(around: &Around<'_>, review: &mut ObjectReview) {
    match (review.id.group(), review.id.kind.as_ref()) {
        ("policy", "PodDisruptionBudget") => budget(around, review),
        ("autoscaling", "HorizontalPodAutoscaler") | ("keda.sh", "ScaledObject") => {
            if touches(review, &["spec.minReplicas", "spec.minReplicaCount"]) {
                fewer(around, review);
            }
        }
        ("apps" | "argoproj.io", "Deployment" | "StatefulSet" | "Rollout") => {
            if touches(review, &["spec.replicas", "spec.template.metadata.labels"]) {
                fewer(around, review);
            }
        }
        _ => drain(around, review),
    }
}

fn touches(review: &ObjectReview, paths: &[&str]) -> bool {
    let mut fields = review.fields.iter();
    let is_gone = matches!(review.fate, Fate::Removed | Fate::Added);
    is_gone
        || fields.any(|field| {
            let path = &field.difference.path;
            field.effect > Effect::Nothing && paths.iter().any(|known| path.is_below(known))
        })
}

impl Around<'_> {
    /// The budgets of a side, worked out when something asks for them.
    fn budgets(&self, side: Side) -> &[Budget] {
        self.budgets[side as usize]
            .get_or_init(|| budgets(self.trees.chosen(side, concerns), self.context))
    }

    fn budget(&self, side: Side, id: &ResourceId) -> Option<&Budget> {
        let mut budgets = self.budgets(side).iter();
        budgets.find(|budget| budget.id.is_same_object(id))
    }
}

/// A budget itself comes, goes or changes.
fn budget(around: &Around<'_>, review: &mut ObjectReview) {
    let was = review.was.as_ref().unwrap_or(&review.id);
    let before = around.budget(Side::Base, was);
    let after = around.budget(Side::Head, &review.id);
    let let_none_go = |budget: Option<&Budget>| budget.is_some_and(|one| one.may_go == Some(0));
    if let Some(after) = after
        && let_none_go(Some(after))
        && !let_none_go(before)
        && after.pods != Some(0)
    {
        let reason = format!(
            "no pod of {} may be evicted from then on: whoever drains its node waits until that is given up, and updates of nodes stop there",
            listed(after.covers.iter())
        );
        interrupt(review, reason);
    }
    let keeps = |budget: &&Budget| {
        budget
            .may_go
            .zip(budget.pods)
            .is_some_and(|(may_go, pods)| pods > 1 && may_go < pods)
    };
    if let Some(before) = before.filter(keeps)
        && after.is_none_or(|after| !keeps(&after))
        && !let_none_go(after)
    {
        review.notes.push(format!(
            "nothing keeps those who drain nodes from taking all {} pods of {} at once from then on",
            before.pods.unwrap_or_default(),
            listed(before.covers.iter())
        ));
    }
}

/// The number of pods changes under budgets that stay.
fn fewer(around: &Around<'_>, review: &mut ObjectReview) {
    let mut held = Vec::new();
    for after in around.budgets(Side::Head) {
        let is_held = after.may_go == Some(0) && after.pods.is_some_and(|pods| pods > 0);
        let before = around.budget(Side::Base, &after.id);
        let was_free = before.is_some_and(|before| before.may_go != Some(0));
        if is_held && was_free && concerns_budget(around, review, after) {
            held.push(format!(
                "{} lets none of the {} pods of {} go from then on: whoever drains its node waits until that is given up",
                title(&after.id),
                after.pods.unwrap_or_default(),
                listed(after.covers.iter())
            ));
        }
    }
    if !held.is_empty() {
        interrupt(review, held.join("; "));
    }
}

/// Whether a budget covers a workload, or the one that an autoscaler is for.
fn concerns_budget(around: &Around<'_>, review: &ObjectReview, budget: &Budget) -> bool {
    if budget.id.namespace != review.id.namespace {
        return false;
    }
    let sides = [Side::Head, Side::Base];
    let target = sides.into_iter().find_map(|side| {
        let scaler = around
            .trees
            .of_kinds(side, &["HorizontalPodAutoscaler", "ScaledObject"])
            .find(|scaler| scaler.id.is_same_object(&review.id))?;
        let name = scaler.value.pointer("/spec/scaleTargetRef/name")?;
        name.as_str().map(str::to_owned)
    });
    let name = target.as_ref().unwrap_or(&review.id.name);
    budget.covers.iter().any(|covered| covered.name == *name)
}

/// Nodes go, and the pods on them have to go somewhere else.
fn drain(around: &Around<'_>, review: &mut ObjectReview) {
    let replaced = review
        .fields
        .iter()
        .any(|field| nodes::replaces(&review.id, &field.difference.path));
    let goes = review.fate == Fate::Removed && nodes::makes(&review.id);
    if !(replaced || goes) || review.effect == Effect::Nothing {
        return;
    }
    if goes {
        review.effect = review.effect.max(Effect::Restart);
        "its nodes go, and the pods on them are evicted".clone_into(&mut review.reason);
    }
    let budgets = around.budgets(Side::Head);
    let held = budgets
        .iter()
        .filter(|budget| budget.may_go == Some(0) && budget.pods != Some(0));
    let held: Vec<&ResourceId> = held.flat_map(|budget| &budget.covers).collect();
    if !held.is_empty() {
        let reason = format!(
            "{}; a disruption budget lets no pod go of {}: where they run on these nodes, the drain stands still",
            review.reason,
            listed(held.into_iter())
        );
        interrupt(review, reason);
    }
    let lone = around.lone_pods();
    if !lone.is_empty() {
        review.notes.push(format!(
            "one pod alone, which is down while it moves, have {}",
            listed(lone.into_iter())
        ));
    }
}

impl Around<'_> {
    /// The workloads that have a single pod after the change.
    fn lone_pods(&self) -> Vec<&ResourceId> {
        let workloads = ["Deployment", "Rollout", "StatefulSet"];
        let workloads = self
            .trees
            .chosen(Side::Head, move |kind| workloads.contains(&kind));
        workloads
            .filter(|workload| {
                let replicas = workload.value.pointer("/spec/replicas");
                let replicas = replicas.and_then(serde_json::Value::as_u64).unwrap_or(1);
                let scaled = self.scaled(workload).map(|(least, _)| least);
                workload.value.pointer("/spec/template").is_some()
                    && scaled.unwrap_or(replicas) == 1
            })
            .map(|workload| &workload.id)
            .collect()
    }
}

fn interrupt(review: &mut ObjectReview, reason: String) {
    if review.effect <= Effect::Interrupted {
        review.effect = Effect::Interrupted;
        review.reason = reason;
    } else {
        review.notes.push(reason);
    }
}

fn listed<'i>(ids: impl ExactSizeIterator<Item = &'i ResourceId>) -> String {
    let all = ids.len();
    let named: Vec<String> = ids.take(NAMED).map(title).collect();
    match all.saturating_sub(NAMED) {
        0 if named.is_empty() => "anything".to_owned(),
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
