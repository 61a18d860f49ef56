//! Monitoring: whoever is told of alerts exists and can be reached, and what is scraped is there.

use names::ObjectName;

use super::storage::{class_exists, namespace_exists};
use crate::values::{AlertReceiver, Alertmanager, Environment};
use crate::{Diagnostics, Located, nearest};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    let monitoring = &environment.monitoring;
    if let Some(alertmanager) = &monitoring.alertmanager {
        class_exists(environment, &alertmanager.storage.class, diagnostics);
        receivers(alertmanager, diagnostics);
        routes(alertmanager, diagnostics);
        times(alertmanager, diagnostics);
    }
    if let Some(grafana) = &monitoring.grafana {
        class_exists(environment, &grafana.storage.class, diagnostics);
    }
    node_exporter(environment, diagnostics);
    jobs(environment, diagnostics);
    adapter(environment, diagnostics);
}

fn receivers(alertmanager: &Alertmanager, diagnostics: &mut Diagnostics) {
    for (name, receiver) in &alertmanager.receivers {
        let AlertReceiver {
            pagerduty,
            slack,
            email,
            webhook,
        } = &receiver.value;
        if pagerduty.is_none() && slack.is_none() && email.is_none() && webhook.is_none() {
            diagnostics
                .error(&receiver.origin, format!("nothing tells `{name}` anything"))
                .help("say how: `pagerduty`, `slack`, `email` or `webhook`");
        }
        if email.is_some() && alertmanager.smtp.is_none() {
            diagnostics
                .error(
                    &receiver.origin,
                    format!("`{name}` gets mail and nobody takes it"),
                )
                .help("say in `smtp` which server does");
        }
    }
}

fn routes(alertmanager: &Alertmanager, diagnostics: &mut Diagnostics) {
    let routed = alertmanager.routes.iter().map(|route| &route.receiver);
    for receiver in std::iter::once(&alertmanager.default).chain(routed) {
        known(
            "receiver",
            receiver,
            alertmanager.receivers.keys(),
            diagnostics,
        );
    }
    for times in alertmanager
        .routes
        .iter()
        .filter_map(|route| route.during.as_ref())
    {
        known(
            "part of the week",
            times,
            alertmanager.times.keys(),
            diagnostics,
        );
    }
}

fn known<'a>(
    what: &str,
    name: &Located<ObjectName>,
    all: impl Iterator<Item = &'a ObjectName> + Clone,
    diagnostics: &mut Diagnostics,
) {
    if !all.clone().any(|other| *other == name.value) {
        let near = nearest(name.as_str(), all.map(ObjectName::as_str));
        diagnostics
            .error(&name.origin, format!("unknown {what} `{}`", name.value))
            .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
    }
}

/// Alertmanager takes no interval that goes over midnight, and no week that goes over Sunday.
fn times(alertmanager: &Alertmanager, diagnostics: &mut Diagnostics) {
    for (name, times) in &alertmanager.times {
        if times.start.value >= times.end.value || times.first_day > times.last_day {
            diagnostics
                .error(&times.start.origin, format!("`{name}` ends before it begins"))
                .label(&times.end.origin, "its end")
                .help("a part of the week begins and ends on the same day, and goes from Monday to Sunday at most");
        }
    }
}

fn node_exporter(environment: &Environment, diagnostics: &mut Diagnostics) {
    let Some(exporter) = &environment.monitoring.node_exporter else {
        return;
    };
    namespace_exists(environment, &exporter.namespace, diagnostics);
    let Some(namespace) = environment.namespaces.get(&exporter.namespace.value) else {
        return;
    };
    if !namespace.is_privileged() {
        diagnostics
            .error(
                &exporter.namespace.origin,
                "what measures nodes needs their network, processes and file systems",
            )
            .help("run it in a namespace with `podSecurity: { level: privileged, reason: … }`");
    }
}

fn jobs(environment: &Environment, diagnostics: &mut Diagnostics) {
    for job in environment.monitoring.prometheus.jobs.values() {
        if !environment.services.contains_key(&job.service.value) {
            let services = environment.services.keys();
            let near = nearest(
                job.service.as_str(),
                services.map(names::ComponentName::as_str),
            );
            diagnostics
                .error(
                    &job.service.origin,
                    format!("unknown service `{}`", job.service.value),
                )
                .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
        }
    }
}

/// A metric that services scale on is served by the adapter, whose certificate cert-manager makes.
fn adapter(environment: &Environment, diagnostics: &mut Diagnostics) {
    if environment.monitoring.adapter.is_none() {
        let unserved = environment
            .services
            .values()
            .filter_map(|service| environment.replicas(service).metric.as_ref());
        for metric in unserved {
            diagnostics
                .error(
                    &metric.name.origin,
                    format!("nothing serves `{}` to autoscalers", metric.name.value),
                )
                .help("say in `monitoring.adapter` what does");
        }
    }
    if let Some(adapter) = &environment.monitoring.adapter
        && environment.addons.cert_manager.is_none()
    {
        diagnostics
            .error(
                &adapter.origin,
                "the API server asks for a certificate that nobody makes",
            )
            .help("install `addons.certManager`");
    }
}
