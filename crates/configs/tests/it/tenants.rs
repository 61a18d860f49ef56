//! How tenants are watched, as reviewed and as promtool reads it.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests hand files to other programs"
)]

use std::fs;
use std::process::Command;

use configs::prometheus::{Alertmanager, Configuration, MonitoringTier};
use names::{Duration, NamespaceName, PortName, ServiceName, name, port};

use crate::programs::run;
use crate::snapshots;

fn tier(name: &'static str, namespaces: Vec<NamespaceName>) -> MonitoringTier {
    MonitoringTier {
        name,
        namespaces,
        port: port!(9464),
        interval: Duration::minutes(1),
        sample_limit: 500,
        metrics: Vec::new(),
        alerts: Vec::new(),
    }
}

/// One tier of few metrics and alerts, one that has all of them, and one that nobody chose.
fn tiers() -> [MonitoringTier; 3] {
    let few = vec![
        name!(NamespaceName, "tenant-dev-one"),
        name!(NamespaceName, "tenant-dev-two"),
    ];
    [
        MonitoringTier {
            metrics: vec!["up".to_owned(), "process_.*".to_owned()],
            alerts: vec!["DeploymentShort".to_owned(), "PodCrashLooping".to_owned()],
            ..tier("basic", few)
        },
        tier(
            "enhanced",
            vec![name!(NamespaceName, "tenant-premium-three")],
        ),
        tier("full", Vec::new()),
    ]
}

fn configuration() -> Configuration {
    let receiver = Alertmanager::behind_service(
        &name!(NamespaceName, "monitoring"),
        &name!(ServiceName, "alertmanager"),
        &name!(PortName, "http-web"),
    );
    let every = Duration::seconds(15);
    let mut configuration = Configuration::every(every, every).alerting(receiver);
    let tiers = tiers();
    if let Some(alerting) = &mut configuration.alerting {
        alerting.alert_relabel_configs = tiers
            .iter()
            .flat_map(MonitoringTier::alert_relabeling)
            .collect();
    }
    tiers
        .iter()
        .filter_map(MonitoringTier::scrape_job)
        .fold(configuration, Configuration::scraping)
}

#[test]
fn each_tier_in_use_has_a_job_and_its_alerts() {
    let text = configuration().to_text();
    snapshots().bind(|| insta::assert_snapshot!("tenants__configuration", text));
}

#[test]
#[ignore = "needs promtool"]
fn promtool_takes_the_jobs_of_tenants() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("prometheus.yml");
    fs::write(&file, configuration().to_text()).unwrap();
    run(Command::new("promtool")
        .args(["check", "config", "--syntax-only"])
        .arg(&file));
}
