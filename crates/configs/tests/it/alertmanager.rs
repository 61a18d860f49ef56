//! Alertmanager's file: a snapshot, and amtool about it and about where alerts go.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests hand files to other programs"
)]

use std::fs;
use std::process::Command;

use configs::alertmanager::{
    Configuration, Global, InhibitRule, Matcher, Receiver, Route, TimeInterval, TimeRange,
    WeeklyTimes,
};
use configs::prometheus::LabelName;
use names::{Duration, EmailAddress, HostName, name, port};

use crate::programs::run;
use crate::snapshots;

const SEVERITY: LabelName = LabelName::from_static("severity");
const ALERT: LabelName = LabelName::from_static("alertname");
const NODE: LabelName = LabelName::from_static("node");

fn receivers() -> Vec<Receiver> {
    vec![
        Receiver::new("team")
            .slack("#platform", "/run/secrets/slack/url".parse().unwrap())
            .email("platform@example.com"),
        Receiver::new("on-call").pagerduty("/run/secrets/pagerduty/key".parse().unwrap()),
        Receiver::new("heartbeat").webhook("/run/secrets/heartbeat/url".parse().unwrap()),
    ]
}

fn configuration() -> Configuration {
    let to = |receiver: &str, matchers| Route {
        receiver: Some(receiver.to_owned()),
        matchers,
        ..Route::default()
    };
    Configuration {
        global: Global::default().smtp(
            (&name!(HostName, "smtp.example.com"), port!(587)),
            &name!(EmailAddress, "alerts@example.com"),
            "alerts",
            &"/run/secrets/smtp/password".parse().unwrap(),
        ),
        route: Route {
            group_by: vec![ALERT, LabelName::from_static("namespace")],
            group_wait: Some(Duration::seconds(30)),
            group_interval: Some(Duration::minutes(5)),
            repeat_interval: Some(Duration::hours(12)),
            routes: vec![
                Route {
                    repeat_interval: Some(Duration::minutes(5)),
                    group_wait: Some(Duration::ZERO),
                    ..to("heartbeat", vec![Matcher::equal(ALERT, "Watchdog")])
                },
                to("on-call", vec![Matcher::equal(SEVERITY, "critical")]),
                Route {
                    active_time_intervals: vec!["working-hours".to_owned()],
                    ..to("team", vec![Matcher::equal(SEVERITY, "warning")])
                },
            ],
            ..to("team", Vec::new())
        },
        receivers: receivers(),
        inhibit_rules: vec![InhibitRule {
            source_matchers: vec![Matcher::equal(ALERT, "NodeNotReady")],
            target_matchers: vec![Matcher::one_of(ALERT, ["NodeDiskLow", "NodeMemoryLow"])],
            equal: vec![NODE],
        }],
        time_intervals: vec![TimeInterval {
            name: "working-hours".to_owned(),
            time_intervals: vec![WeeklyTimes {
                times: vec![TimeRange {
                    start_time: "08:00".to_owned(),
                    end_time: "18:00".to_owned(),
                }],
                weekdays: vec!["monday:friday".to_owned()],
                location: "UTC".to_owned(),
            }],
        }],
    }
}

#[test]
fn the_configuration() {
    snapshots().bind(|| {
        insta::assert_snapshot!("alertmanager__configuration", configuration().to_text());
    });
}

#[test]
#[ignore = "needs amtool"]
fn amtool_accepts_the_file_and_alerts_go_where_they_should() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("alertmanager.yml");
    fs::write(&path, configuration().to_text()).unwrap();
    let said = run(Command::new("amtool").arg("check-config").arg(&path));
    assert!(
        said.contains("3 receivers") && said.contains("1 inhibit rules"),
        "{said}"
    );
    for (receiver, labels) in [
        ("heartbeat", ["alertname=Watchdog", "severity=none"]),
        ("on-call", ["alertname=NodeNotReady", "severity=critical"]),
        ("team", ["alertname=HighCPUUsage", "severity=warning"]),
        ("team", ["alertname=Unheard", "severity=info"]),
    ] {
        run(Command::new("amtool")
            .args(["config", "routes", "test", "--verify.receivers", receiver])
            .arg("--config.file")
            .arg(&path)
            .args(labels));
    }
}
