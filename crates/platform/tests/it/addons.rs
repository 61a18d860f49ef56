//! The charts: what holds for each of them, and what only some of them do.

use std::collections::BTreeSet;

use manifest::{ApplicationSyncOption, ChartSource};
use platform::external_objects;
use serde_json::json;

use crate::environments::{Rendered, every, field};

fn charts(rendered: &Rendered) -> impl Iterator<Item = &ChartSource> {
    rendered
        .applications
        .iter()
        .filter_map(|application| application.chart.as_ref())
}

fn chart<'a>(rendered: &'a Rendered, application: &str) -> Option<&'a ChartSource> {
    let found = rendered
        .applications
        .iter()
        .find(|found| found.name.as_str() == application);
    found.and_then(|found| found.chart.as_ref())
}

#[test]
fn every_chart_is_pinned_to_one_version() {
    for rendered in every() {
        for chart in charts(&rendered) {
            let numbers: Vec<&str> = chart
                .version
                .as_str()
                .trim_start_matches('v')
                .split('.')
                .collect();
            let pinned =
                numbers.len() == 3 && numbers.iter().all(|part| part.parse::<u32>().is_ok());
            assert!(pinned, "{} {}", chart.chart, chart.version);
        }
    }
}

#[test]
fn every_chart_is_merged_by_the_api_server_and_released_under_its_application() {
    for rendered in every() {
        for application in &rendered.applications {
            let Some(chart) = &application.chart else {
                continue;
            };
            assert!(
                application
                    .sync_options
                    .contains(&ApplicationSyncOption::ServerSideApply),
                "{}",
                application.name
            );
            assert_eq!(chart.release_name, application.name.as_str());
        }
    }
}

#[test]
fn definitions_come_before_what_is_made_of_them() {
    let rendered = Rendered::of("addons");
    let wave = |name: &str| {
        let found = rendered
            .applications
            .iter()
            .find(|application| application.name.as_str() == name);
        found.map(|application| application.wave)
    };
    assert!(wave("calico-definitions") < wave("calico"));
    assert!(wave("calico") < wave("calico-policies"));
    assert!(wave("cert-manager") < wave("certificates"));
}

#[test]
fn calico_leaves_addresses_to_aws_and_policies_to_nobody_else() {
    let rendered = Rendered::of("addons");
    let values = chart(&rendered, "calico").map(|chart| chart.values["installation"].clone());
    let expected = json!({
        "enabled": true,
        "kubernetesProvider": "EKS",
        "cni": { "type": "AmazonVPC" },
        "calicoNetwork": { "bgp": "Disabled" },
    });
    assert_eq!(values, Some(expected));
    let text: String = rendered
        .of_kind("AWSManagedControlPlane")
        .map(manifest::Manifest::yaml)
        .collect();
    assert!(text.contains(r#""enableNetworkPolicy":"false""#), "{text}");
    assert!(text.contains("ANNOTATE_POD_IP"), "{text}");
}

#[test]
fn every_tier_passes_on_what_it_does_not_decide() {
    let rendered = Rendered::of("addons");
    let tiers: BTreeSet<String> = rendered
        .of_kind("Tier")
        .map(|tier| {
            assert_eq!(field(tier, "/spec/defaultAction"), json!("Pass"));
            tier.id().name.clone()
        })
        .chain(["default".to_owned()])
        .collect();
    for policy in rendered.of_kind("GlobalNetworkPolicy") {
        let tier = field(policy, "/spec/tier");
        let tier = tier.as_str().unwrap_or_default();
        assert!(tiers.contains(tier), "{}", policy.id());
        assert!(
            policy.id().name.starts_with(&format!("{tier}.")),
            "{}",
            policy.id()
        );
    }
}

#[test]
fn the_pods_of_isolated_charts_reach_the_api_server_and_are_scraped() {
    let rendered = Rendered::of("addons");
    let policies: BTreeSet<(String, String)> = rendered
        .of_kind("NetworkPolicy")
        .map(|policy| {
            let id = policy.id();
            (id.namespace.clone().unwrap_or_default(), id.name.clone())
        })
        .collect();
    for (namespace, pods) in [
        ("argo-rollouts", "argo-rollouts"),
        ("cert-manager", "webhook"),
        ("external-secrets", "external-secrets-webhook"),
        ("gatekeeper-system", "controller-manager"),
        ("kyverno", "admission-controller"),
        ("cosign-system", "policy-controller-webhook"),
    ] {
        for policy in [
            "default-deny-all".to_owned(),
            "allow-dns".to_owned(),
            format!("{pods}-to-control-plane"),
            format!("{pods}-from-prometheus"),
        ] {
            let policy = (namespace.to_owned(), policy);
            assert!(policies.contains(&policy), "{policy:?}");
        }
    }
}

#[test]
fn a_provider_that_runs_an_autoscaler_of_its_own_gets_none() {
    for rendered in every() {
        let own = !matches!(
            rendered.environment.cluster.provider,
            environment::Provider::Eks(_)
        );
        for application in ["cluster-autoscaler", "metrics-server", "calico"] {
            assert!(
                !(own && chart(&rendered, application).is_some()),
                "{}: {application}",
                rendered.fixture
            );
        }
    }
}

#[test]
fn no_object_of_a_chart_is_named_twice() {
    for rendered in every() {
        let objects = external_objects(&rendered.environment);
        let named: BTreeSet<_> = objects
            .iter()
            .map(|object| (object.kind, &object.namespace, &object.name))
            .collect();
        assert_eq!(named.len(), objects.len(), "{}", rendered.fixture);
    }
}
