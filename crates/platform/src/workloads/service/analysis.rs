//! What a new version is measured by while it takes over: one that falls short goes back by itself.

use api::argoproj_io::v1alpha1 as rollouts;
use builders::{Flow, NEW_PODS_ARGUMENT};
use environment::{RolloutAnalysis, Strategy};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest::Manifest;
use names::ObjectName;

use super::{Plan, Surroundings};
use crate::addons;

/// The stretch of time that each measurement looks back on: several scrapes, so that a rate can be told.
const WINDOW: &str = "2m";

/// Measurements after a switch from blue to green, which have to come to an end; a canary is measured all the time.
const AFTER_THE_SWITCH: i32 = 5;

/// The analysis of a service, where its strategy knows versions and the mesh counts their answers.
pub(super) fn settings<'a>(plan: &Plan<'a>) -> Option<&'a RolloutAnalysis> {
    plan.environment
        .rollouts
        .analysis
        .as_ref()
        .filter(|_| plan.meshed && plan.settings.rollout.value != Strategy::Rolling)
}

pub(super) fn name(plan: &Plan<'_>) -> ObjectName {
    plan.identity.name().with_suffix("-analysis")
}

/// The template, where there is something to measure.
pub(super) fn template(plan: &Plan<'_>, surroundings: &Surroundings<'_>) -> Option<Manifest> {
    let settings = settings(plan)?;
    let latency = settings.latency.as_milliseconds();
    // An empty answer or no number means that nobody asked yet, which is no fault of the new version.
    let nothing = "len(result) == 0 || isNaN(result[0])";
    let success = f64::from(settings.success.get()) / 100.0;
    let metrics = vec![
        metric(
            (plan, surroundings, settings),
            "success",
            success_query(plan),
            format!("{nothing} || result[0] >= {success}"),
        ),
        metric(
            (plan, surroundings, settings),
            "latency",
            latency_query(plan),
            format!("{nothing} || result[0] <= {latency}"),
        ),
    ];
    let template = rollouts::AnalysisTemplate {
        metadata: plan.identity.metadata(),
        spec: rollouts::AnalysisTemplateSpec {
            args: Some(vec![rollouts::AnalysisTemplateArg {
                name: NEW_PODS_ARGUMENT.to_owned(),
                ..Default::default()
            }]),
            metrics: Some(metrics),
            ..Default::default()
        },
    };
    Some(Manifest::namespaced(plan.namespace(), name(plan), template))
}

fn metric(
    (plan, surroundings, settings): (&Plan<'_>, &Surroundings<'_>, &RolloutAnalysis),
    name: &str,
    query: String,
    success: String,
) -> rollouts::AnalysisTemplateMetric {
    let failures = i32::try_from(settings.failures).unwrap_or(i32::MAX);
    let ends = plan.settings.rollout.value == Strategy::BlueGreen;
    rollouts::AnalysisTemplateMetric {
        name: name.to_owned(),
        interval: Some(settings.interval.to_string()),
        initial_delay: Some(settings.delay.to_string()),
        count: ends.then_some(IntOrString::Int(AFTER_THE_SWITCH)),
        failure_limit: Some(IntOrString::Int(failures)),
        success_condition: Some(success),
        provider: rollouts::AnalysisRunMetricProvider {
            prometheus: Some(rollouts::AnalysisRunMetricProviderPrometheus {
                address: Some(surroundings.prometheus.address.clone()),
                query: Some(query),
                ..Default::default()
            }),
            ..Default::default()
        },
        ..Default::default()
    }
}

/// The answers of the new version's pods, whose names hold the hash that the rollout gives them.
fn answers(plan: &Plan<'_>, metric: &str, more: &str) -> String {
    format!(
        "rate({metric}{{reporter=\"destination\",namespace=\"{}\",pod=~\"{}-{{{{args.{NEW_PODS_ARGUMENT}}}}}-.*\"{more}}}[{WINDOW}])",
        plan.namespace(),
        plan.identity.name(),
    )
}

fn success_query(plan: &Plan<'_>) -> String {
    format!(
        "sum({}) / sum({})",
        answers(plan, "istio_requests_total", ",response_code!~\"5..\""),
        answers(plan, "istio_requests_total", ""),
    )
}

fn latency_query(plan: &Plan<'_>) -> String {
    format!(
        "histogram_quantile(0.95, sum by (le) ({}))",
        answers(plan, "istio_request_duration_milliseconds_bucket", ""),
    )
}

/// The controller that measures asks Prometheus.
pub(super) fn flow(plan: &Plan<'_>, surroundings: &Surroundings<'_>) -> Option<Flow> {
    settings(plan)?;
    let controller = addons::rollouts_controller(plan.environment)?;
    Some(Flow::new(&controller, &surroundings.prometheus.endpoint))
}
