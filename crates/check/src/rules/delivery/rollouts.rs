//! The Rollouts and the analyses that they ask for.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// The group of Argo's kinds.
pub(super) const GROUP: &str = "argoproj.io";

/// All Rollouts.
pub(super) fn all<'c, 'a>(cluster: &'c Cluster<'a>) -> impl Iterator<Item = &'a Document> + 'c {
    cluster.of_kind(GROUP, "Rollout").iter().copied()
}

/// An analysis that a Rollout asks for.
pub(super) struct Analysis<'a> {
    pub(super) value: &'a Json,
    /// Where it stands.
    pub(super) path: String,
    /// Where its templates stand in it.
    pub(super) field: &'static str,
    /// Whether it runs beside the steps and ends with them; others must end by themselves.
    pub(super) is_background: bool,
}

/// Where analyses stand beside the steps.
const BESIDE: [(&str, bool); 3] = [
    ("canary.analysis", true),
    ("blueGreen.prePromotionAnalysis", false),
    ("blueGreen.postPromotionAnalysis", false),
];

/// All analyses of a Rollout.
pub(super) fn analyses(rollout: &Document) -> Vec<Analysis<'_>> {
    let beside = BESIDE.into_iter().filter_map(|(place, is_background)| {
        let pointer = format!("/spec/strategy/{}", place.replace('.', "/"));
        Some(Analysis {
            value: rollout.value.lookup(&pointer)?,
            path: format!("spec.strategy.{place}"),
            field: "templates",
            is_background,
        })
    });
    let of_steps = list(&rollout.value, "/spec/strategy/canary/steps").flat_map(|(index, step)| {
        let kinds = [("analysis", "templates"), ("experiment", "analyses")];
        kinds.into_iter().filter_map(move |(kind, field)| {
            Some(Analysis {
                value: step.get(kind)?,
                path: format!("spec.strategy.canary.steps[{index}].{kind}"),
                field,
                is_background: false,
            })
        })
    });
    beside.chain(of_steps).collect()
}

/// A template that an analysis names.
pub(super) struct Template<'a> {
    pub(super) kind: &'static str,
    pub(super) namespace: &'a str,
    pub(super) name: &'a str,
    /// Where it is named.
    pub(super) path: String,
    /// What an experiment gives to it alone.
    pub(super) value: &'a Json,
}

impl Analysis<'_> {
    /// The templates that it names.
    pub(super) fn templates<'a>(&'a self, rollout: &'a Document) -> Vec<Template<'a>> {
        let listed = self.value.get(self.field).and_then(Json::as_array);
        let named = listed.into_iter().flatten().enumerate();
        named
            .filter_map(|(index, value)| {
                let path = format!("{}.{}[{index}]", self.path, self.field);
                template(rollout, value, &path)
            })
            .collect()
    }
}

/// The templates that an Experiment names.
pub(super) fn templates_of_experiment(experiment: &Document) -> Vec<Template<'_>> {
    let named = list(&experiment.value, "/spec/analyses");
    named
        .filter_map(|(index, value)| {
            template(experiment, value, &format!("spec.analyses[{index}]"))
        })
        .collect()
}

fn template<'a>(document: &'a Document, value: &'a Json, path: &str) -> Option<Template<'a>> {
    let is_cluster_wide = value.get("clusterScope").and_then(Json::as_bool) == Some(true);
    let (kind, namespace) = if is_cluster_wide {
        ("ClusterAnalysisTemplate", "")
    } else {
        ("AnalysisTemplate", namespace_of(document))
    };
    Some(Template {
        kind,
        namespace,
        name: text(value, "/templateName")?,
        path: format!("{path}.templateName"),
        value,
    })
}
