//! Policies and priorities: what is trusted covers what is run, what is kept outlasts what is not, and priorities fall.

use crate::values::{AdmissionPolicy, Environment, Images, Priorities};
use crate::{Diagnostics, Located};

/// Above this value priorities are Kubernetes' own (`HighestUserDefinablePriority`).
const HIGHEST: i32 = 1_000_000_000;
/// The cluster autoscaler takes no notice of pods below this (`--expendable-pods-priority-cutoff`).
const EXPENDABLE: i32 = -10;

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    priorities(&environment.priorities, diagnostics);
    if let Some(settings) = &environment.over_provisioning {
        super::storage::namespace_exists(environment, &settings.namespace, diagnostics);
    }
    if let Some(policy) = &environment.policy {
        sources(environment, policy, diagnostics);
    }
    if let Some(settings) = &environment.images {
        images(environment, settings, diagnostics);
    }
    if let Some(fairness) = &environment.api_fairness {
        for share in [&fairness.platform, &fairness.observers, &fairness.workloads] {
            if share.shares.value == 0 {
                diagnostics
                    .error(
                        &share.shares.origin,
                        "a level without shares answers nobody",
                    )
                    .help("give it one share at least");
            }
        }
    }
}

fn priorities(priorities: &Priorities, diagnostics: &mut Diagnostics) {
    let falling: [(&str, &Located<i32>); 5] = [
        ("platformCritical", &priorities.platform_critical),
        ("production", &priorities.production),
        ("default", &priorities.default),
        ("batch", &priorities.batch),
        ("placeholder", &priorities.placeholder),
    ];
    for [(above, upper), (below, lower)] in falling.array_windows() {
        if upper.value <= lower.value {
            diagnostics
                .error(
                    &lower.origin,
                    format!(
                        "`{below}` does not come after `{above}`, which is {}",
                        upper.value
                    ),
                )
                .label(&upper.origin, format!("`{above}`"));
        }
    }
    if priorities.platform_critical.value > HIGHEST {
        diagnostics.error(
            &priorities.platform_critical.origin,
            format!("priorities above {HIGHEST} are Kubernetes' own"),
        );
    }
    if priorities.placeholder.value < EXPENDABLE {
        diagnostics
            .error(
                &priorities.placeholder.origin,
                "nodes are not added for pods of so low a priority, so placeholders would keep no room",
            )
            .help(format!("the cluster autoscaler takes notice of {EXPENDABLE} and more"));
    }
}

/// The services' own images are let in by the policy that guards them.
fn sources(environment: &Environment, policy: &AdmissionPolicy, diagnostics: &mut Diagnostics) {
    for (name, service) in &environment.services {
        if !policy
            .image_sources
            .iter()
            .any(|source| source.covers(&service.image))
        {
            diagnostics
                .error(
                    &service.origin,
                    format!(
                        "the image of `{name}` comes from a place that admission refuses: {}",
                        service.image
                    ),
                )
                .help("add its registry to `policy.imageSources`");
        }
    }
    for source in &policy.image_sources {
        let twin = policy.image_sources.iter().find(|other| {
            source
                .as_str()
                .strip_prefix(other.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        });
        if let Some(twin) = twin {
            diagnostics
                .error(
                    &source.origin,
                    format!("`{}` is trusted already", source.as_str()),
                )
                .label(&twin.origin, "by this line");
        }
    }
}

fn images(environment: &Environment, images: &Images, diagnostics: &mut Diagnostics) {
    if let Some(scan) = &images.scan {
        super::storage::namespace_exists(environment, &scan.namespace, diagnostics);
        super::storage::class_exists(environment, &scan.cache.class, diagnostics);
    }
    let Some(registry) = &images.registry else {
        return;
    };
    super::storage::namespace_exists(environment, &registry.namespace, diagnostics);
    if registry.unused.value < registry.untagged {
        diagnostics
            .error(
                &registry.unused.origin,
                "images with a tag are kept for a shorter time than those without",
            )
            .help("let `unused` be at least as long as `untagged`");
    }
}
