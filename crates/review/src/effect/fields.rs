//! What a difference of one field does.

use check::{Document, Finding, Severity};
use serde_json::Value as Json;

use super::template::{self, Takes, Template};
use super::{Around, Change, claims, entries, nodes, retention, undecided};
use crate::difference::{self, Nature};
use crate::model::{Effect, FieldReview};

/// The differences of an object that stays, each with its effect.
pub(super) fn review(around: &Around<'_>, change: &Change<'_>) -> Vec<FieldReview> {
    let kind = around.kind(change.new);
    let native = around.is_built_in(change.new);
    let schema = kind.map(|kind| &kind.schema);
    let found = difference::compare(around.shapes, schema, native, &change.before, &change.after);
    let template = template::of(around, change.new);
    let refusals = check::change::refused(change.old, change.new, around.context);
    let mut told = vec![false; refusals.len()];
    let mut fields: Vec<FieldReview> = Vec::new();
    for difference in found {
        let path = difference.path.positions();
        let document = if difference.new.is_some() {
            change.new
        } else {
            change.old
        };
        let mut field = undecided(difference, document.line_of(&path));
        decide(around, change, template.as_ref(), native, &mut field);
        for (finding, told) in refusals.iter().zip(&mut told) {
            if overlaps(&finding.path, &path) {
                *told = true;
                refuse(around, change, finding, &mut field);
            }
        }
        claims::expands(around, change, &mut field);
        claims::raise(change, &mut field);
        retention::raise(&mut field);
        entries::raise(change, &mut field);
        hide(change.new, &mut field);
        fields.push(field);
    }
    // What is refused for a reason that no single difference shows still has to be said.
    for (finding, _) in refusals.iter().zip(told).filter(|(_, told)| !told) {
        if let Some(field) = fields.first_mut() {
            refuse(around, change, finding, field);
        }
    }
    fields
}

/// Whether one path is the other or below it, keys of maps in brackets or behind dots.
fn overlaps(refused: &str, path: &str) -> bool {
    let plain = |path: &str| path.replace('[', ".").replace(']', "");
    let (refused, path) = (plain(refused), plain(path));
    let below = |whole: &str, start: &str| {
        whole
            .strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || start.is_empty())
    };
    below(&refused, &path) || below(&path, &refused)
}

fn refuse(around: &Around<'_>, change: &Change<'_>, finding: &Finding, field: &mut FieldReview) {
    let message = format!("{}: {}", finding.path, finding.message);
    if finding.rule.severity != Severity::Error {
        field.reason = format!("{}; {message}", field.reason);
        return;
    }
    if around.argocd.replaces(change.new) {
        field.effect = field.effect.max(Effect::DeleteAndCreate);
        field.reason = format!(
            "{message}; Argo CD deletes the object and creates it anew, as its sync options say"
        );
        return;
    }
    field.refused = true;
    field.effect = field.effect.max(Effect::Refused);
    field.reason = format!("the API server refuses it: {message}");
}

fn decide(
    around: &Around<'_>,
    change: &Change<'_>,
    template: Option<&Template>,
    native: bool,
    field: &mut FieldReview,
) {
    let path = &field.difference.path;
    if around.argocd.ignores(change.new, path) {
        field.effect = Effect::Nothing;
        "Argo CD leaves this field to what writes it in the cluster".clone_into(&mut field.reason);
        return;
    }
    if let Some(template) = template.filter(|template| path.is_below(&template.path)) {
        in_template(change, template, native, field);
        return;
    }
    let fields = path.fields();
    match (change.new.id.kind.as_ref(), fields.as_str()) {
        ("Pod", "spec.containers.image" | "spec.initContainers.image") => {
            field.effect = Effect::Restart;
            "the container starts anew, in the same pod".clone_into(&mut field.reason);
        }
        ("HorizontalPodAutoscaler", "spec.minReplicas")
            if field.difference.new.as_ref().is_none_or(|new| *new == 1) =>
        {
            "one pod alone may be left, and nobody answers while that one moves to another node"
                .clone_into(&mut field.reason);
        }
        ("Job", "spec.suspend") if field.difference.new == Some(Json::Bool(true)) => {
            field.effect = Effect::Interrupted;
            "the job stops: its pods are deleted".clone_into(&mut field.reason);
        }
        ("CronJob", "spec.suspend") if field.difference.new == Some(Json::Bool(true)) => {
            "no run starts any more; one that runs goes on".clone_into(&mut field.reason);
        }
        ("CustomResourceDefinition", "spec.versions.served")
            if field.difference.new == Some(Json::Bool(false)) =>
        {
            field.effect = Effect::Interrupted;
            "whoever asks for objects in this version fails".clone_into(&mut field.reason);
        }
        (_, "spec.replicas") => replicas(around, change, field),
        ("Service", _) if field.difference.new.is_none() && is_kept(change, &fields) => {
            field.effect = Effect::Nothing;
            "a service keeps what it has where the manifest says nothing"
                .clone_into(&mut field.reason);
        }
        ("Deployment", "spec.strategy.type") if around.argocd.applies_server_side(change.new) => {
            field.refused = true;
            field.effect = Effect::Refused;
            "the API server refuses it: a server-side apply leaves what the old strategy said"
                .clone_into(&mut field.reason);
        }
        ("Service", "spec.ports") if field.difference.new.is_none() => {
            field.effect = Effect::Interrupted;
            "the port closes: whoever calls it fails".clone_into(&mut field.reason);
        }
        ("Service", _) if fields.starts_with("spec.selector") => {
            "other pods answer from then on, without a restart".clone_into(&mut field.reason);
        }
        (_, "metadata.annotations" | "metadata.labels") => {
            metadata(change, field);
        }
        _ if nodes::replaces(&change.new.id, path) => {
            field.effect = Effect::Restart;
            "part of what its nodes are like: others take their places, and the pods on them are evicted"
                .clone_into(&mut field.reason);
        }
        _ if around.operator_may_restart(change, path) => {
            field.effect = Effect::Restart;
            "it reaches the pods of this kind: its operator may replace them"
                .clone_into(&mut field.reason);
        }
        _ => {}
    }
}

/// A difference within a pod template.
fn in_template(change: &Change<'_>, template: &Template, native: bool, field: &mut FieldReview) {
    let kind = change.new.id.kind.as_ref();
    let compares_values = native && matches!(kind, "Deployment" | "ReplicaSet");
    if field.difference.nature == Nature::SameValue && compares_values {
        field.effect = Effect::Nothing;
        "the same quantity: the controller compares the values".clone_into(&mut field.reason);
        return;
    }
    match template.takes {
        Takes::Now => {
            field.effect = Effect::Restart;
            let reason = match field.difference.nature {
                Nature::Order => "the order is part of the pod template: its pods are replaced",
                Nature::SameValue => "the same value, but other bytes: the pods are replaced",
                Nature::Value => "part of the pod template: its pods are replaced",
            };
            reason.clone_into(&mut field.reason);
        }
        Takes::NextPods => {
            field.reason = if kind == "CronJob" {
                "its next run has it; one that runs goes on as it is".to_owned()
            } else {
                "only pods that are made from then on have it".to_owned()
            };
        }
        Takes::Operator => {
            field.effect = Effect::Restart;
            "part of a pod template: its operator replaces the pods".clone_into(&mut field.reason);
        }
    }
}

/// Whether the server keeps what it once gave to a service.
fn is_kept(change: &Change<'_>, fields: &str) -> bool {
    const GIVEN: [&str; 7] = [
        "spec.clusterIP",
        "spec.clusterIPs",
        "spec.ipFamilies",
        "spec.ipFamilyPolicy",
        "spec.ports.nodePort",
        "spec.healthCheckNodePort",
        "spec.loadBalancerClass",
    ];
    let kind = |object: &Json| object.pointer("/spec/type").cloned();
    GIVEN.contains(&fields) && kind(&change.before) == kind(&change.after)
}

fn replicas(around: &Around<'_>, change: &Change<'_>, field: &mut FieldReview) {
    let number = |value: &Option<Json>| value.as_ref().and_then(Json::as_u64);
    let (old, new) = (number(&field.difference.old), number(&field.difference.new));
    if let Some((least, most)) = around.scaled(change.new) {
        field.reason = match new {
            Some(new) if new < least || new > most => format!(
                "the autoscaler keeps {least} to {most}: it goes to {new} and is brought back at once"
            ),
            _ => format!("the autoscaler takes over from there ({least} to {most})"),
        };
    }
    match (old, new) {
        (Some(old), Some(0)) if old > 0 => {
            field.effect = Effect::Interrupted;
            "no pod is left".clone_into(&mut field.reason);
        }
        (Some(old), Some(new)) if new < old => {
            field.reason = format!("{} pods stop", old - new);
        }
        (Some(old), Some(new)) => field.reason = format!("{} pods more start", new - old),
        _ => {}
    }
}

fn metadata(change: &Change<'_>, field: &mut FieldReview) {
    let key = field.difference.path.last_key().unwrap_or_default();
    let reason = match (change.new.id.kind.as_ref(), key) {
        (_, key) if key.starts_with("argocd.argoproj.io/") => "read by Argo CD alone",
        ("Namespace", "istio-injection" | "istio.io/rev") => {
            "pods that are made from then on have the sidecar as it says; those that run stay as they are"
        }
        ("Namespace", key) if key.starts_with("pod-security.kubernetes.io/") => {
            "counts for pods that are made from then on"
        }
        _ => "metadata of the object alone, not of its pods",
    };
    reason.clone_into(&mut field.reason);
}

/// No value of a Secret is shown.
pub(super) fn hide(document: &Document, field: &mut FieldReview) {
    let is_secret = document.id.kind == "Secret" && document.id.group().is_empty();
    let path = field.difference.path.fields();
    let holds = ["data", "stringData", "metadata.annotations"];
    if is_secret && holds.iter().any(|field| path.starts_with(field)) {
        for value in [&mut field.difference.old, &mut field.difference.new] {
            if value.is_some() {
                *value = Some(Json::from("(hidden)"));
            }
        }
    }
}
