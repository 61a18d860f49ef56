//! Rolling back, aborting, switching and scaling each service.

use api::argoproj_io::v1alpha1::Rollout;
use configs::runbook::{Service, Services, Strategy};
use environment as values;
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use manifest::{Application, Manifest};
use names::ComponentName;

use super::Page;
use super::index::namespace;

/// The chapter, where the environment has services.
pub(super) fn services(page: &Page<'_>) -> Option<Services> {
    let services: Vec<Service> = page
        .environment
        .services
        .iter()
        .filter_map(|(name, settings)| service(page, name, &settings.value))
        .collect();
    let any = |strategy| services.iter().any(|service| service.strategy == strategy);
    let (canaries, blue_greens) = (any(Strategy::Canary), any(Strategy::BlueGreen));
    (!services.is_empty()).then(|| Services {
        environment: page.name.to_owned(),
        canaries,
        blue_greens,
        services,
    })
}

fn service(page: &Page<'_>, name: &ComponentName, settings: &values::Service) -> Option<Service> {
    let application = page.index.application(name.as_str())?;
    let workload = application
        .manifests
        .iter()
        .find(|manifest| matches!(&*manifest.id().kind, "Deployment" | "Rollout"))?;
    let autoscaler = autoscaler(application, &workload.id().name);
    let bounds = autoscaler.and_then(|(_, autoscaler)| autoscaler.spec.as_ref());
    let count = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    let shifted = shifted(workload);
    Some(Service {
        name: workload.id().name.clone(),
        namespace: namespace(workload),
        kind: workload.id().kind.to_string(),
        strategy: match settings.rollout.value {
            values::Strategy::Rolling => Strategy::Rolling,
            values::Strategy::Canary => Strategy::Canary,
            values::Strategy::BlueGreen => Strategy::BlueGreen,
        },
        minimum: count(bounds.and_then(|spec| spec.min_replicas))
            .unwrap_or(page.environment.replicas(settings).min.value),
        maximum: count(bounds.map(|spec| spec.max_replicas))
            .unwrap_or(page.environment.replicas(settings).max.value),
        port: settings.port.get(),
        autoscaler: autoscaler.map(|(manifest, _)| manifest.id().name.clone()),
        virtual_service: shifted.virtual_service,
        active: shifted.active,
        preview: shifted.preview,
    })
}

fn autoscaler<'a>(
    application: &'a Application,
    workload: &str,
) -> Option<(&'a Manifest, &'a HorizontalPodAutoscaler)> {
    application
        .manifests
        .iter()
        .filter_map(|manifest| Some((manifest, manifest.object::<HorizontalPodAutoscaler>()?)))
        .find(|(_, autoscaler)| {
            autoscaler
                .spec
                .as_ref()
                .is_some_and(|spec| spec.scale_target_ref.name == workload)
        })
}

/// What a rollout moves traffic with.
#[derive(Default)]
struct Shifted {
    virtual_service: Option<String>,
    active: Option<String>,
    preview: Option<String>,
}

fn shifted(workload: &Manifest) -> Shifted {
    let strategy = workload
        .object::<Rollout>()
        .and_then(|rollout| rollout.spec.strategy.as_ref());
    let blue_green = strategy.and_then(|strategy| strategy.blue_green.as_ref());
    Shifted {
        virtual_service: strategy
            .and_then(|strategy| strategy.canary.as_ref())
            .and_then(|canary| canary.traffic_routing.as_ref())
            .and_then(|routing| routing.istio.as_ref())
            .and_then(|istio| istio.virtual_service.as_ref())
            .map(|virtual_service| virtual_service.name.clone()),
        active: blue_green.map(|services| services.active_service.clone()),
        preview: blue_green.and_then(|services| services.preview_service.clone()),
    }
}
