//! Who hears of which alerts: the environment's receivers and routes as Alertmanager's configuration.

use std::collections::BTreeMap;

use configs::FilePath;
use configs::alertmanager::{
    Configuration, Global, InhibitRule, Matcher, Receiver, Route, TimeInterval, TimeRange,
    WeeklyTimes,
};
use configs::prometheus::LabelName;
use environment::{AlertReceiver, AlertRoute, AlertTimes, Alertmanager, SecretReference};
use names::{DataKey, Duration, ObjectName, SecretName};

/// Where the secrets are mounted, a directory each.
const SECRETS: &str = "/run/secrets/alertmanager";

const ALERT: LabelName = LabelName::from_static("alertname");
const NAMESPACE: LabelName = LabelName::from_static("namespace");
const CLUSTER: LabelName = LabelName::from_static("cluster");

/// The directory of a secret.
pub(super) fn directory(secret: &SecretName) -> String {
    format!("{SECRETS}/{secret}")
}

/// The file of a key; a name that no path can hold is no name of a secret.
fn file(reference: &SecretReference) -> Option<FilePath> {
    format!("{}/{}", directory(&reference.secret), reference.key)
        .parse()
        .ok()
}

/// The keys that are read, by their secret.
pub(super) fn secrets(settings: &Alertmanager) -> BTreeMap<SecretName, Vec<DataKey>> {
    let receivers = settings.receivers.values().flat_map(|receiver| {
        let AlertReceiver {
            pagerduty,
            slack,
            webhook,
            ..
        } = &receiver.value;
        let slack = slack.as_ref().map(|slack| &slack.url);
        [pagerduty.as_ref(), slack, webhook.as_ref()]
    });
    let mail = settings.smtp.as_ref().map(|smtp| &smtp.password);
    let mut secrets: BTreeMap<SecretName, Vec<DataKey>> = BTreeMap::new();
    for reference in receivers.chain([mail]).flatten() {
        let keys = secrets.entry(reference.secret.clone()).or_default();
        if !keys.contains(&reference.key) {
            keys.push(reference.key.clone());
        }
    }
    secrets
}

/// The whole file.
pub(super) fn configuration(settings: &Alertmanager, has_database: bool) -> Configuration {
    Configuration {
        global: global(settings),
        route: Route {
            receiver: Some(settings.default.value.to_string()),
            group_by: vec![ALERT, CLUSTER, NAMESPACE],
            group_wait: Some(Duration::seconds(30)),
            group_interval: Some(Duration::minutes(5)),
            repeat_interval: Some(settings.repeat),
            routes: settings.routes.iter().map(route).collect(),
            ..Route::default()
        },
        receivers: settings
            .receivers
            .iter()
            .map(|(name, settings)| receiver(name, settings))
            .collect(),
        inhibit_rules: inhibit_rules(has_database),
        time_intervals: settings
            .times
            .iter()
            .map(|(name, times)| interval(name, times))
            .collect(),
    }
}

fn global(settings: &Alertmanager) -> Global {
    let mail = settings
        .smtp
        .as_ref()
        .and_then(|smtp| Some((smtp, file(&smtp.password)?)));
    match mail {
        Some((smtp, password)) => {
            Global::default().smtp((&smtp.host, smtp.port), &smtp.from, &smtp.user, &password)
        }
        None => Global::default(),
    }
}

fn route(settings: &AlertRoute) -> Route {
    let matchers = settings
        .labels
        .iter()
        .filter_map(|(label, value)| Some(Matcher::equal(label.parse().ok()?, value)));
    Route {
        receiver: Some(settings.receiver.value.to_string()),
        matchers: matchers.collect(),
        group_wait: settings.wait,
        repeat_interval: settings.repeat,
        active_time_intervals: settings
            .during
            .iter()
            .map(|times| times.value.to_string())
            .collect(),
        go_on: settings.go_on,
        ..Route::default()
    }
}

fn receiver(name: &ObjectName, settings: &AlertReceiver) -> Receiver {
    let mut receiver = Receiver::new(name.to_string());
    if let Some(key) = settings.pagerduty.as_ref().and_then(file) {
        receiver = receiver.pagerduty(key);
    }
    if let Some((slack, url)) = settings
        .slack
        .as_ref()
        .and_then(|slack| Some((slack, file(&slack.url)?)))
    {
        receiver = receiver.slack(&slack.channel, url);
    }
    if let Some(email) = &settings.email {
        receiver = receiver.email(email.to.to_string());
    }
    if let Some(url) = settings.webhook.as_ref().and_then(file) {
        receiver = receiver.webhook(url);
    }
    receiver
}

fn interval(name: &ObjectName, times: &AlertTimes) -> TimeInterval {
    TimeInterval {
        name: name.to_string(),
        time_intervals: vec![WeeklyTimes {
            times: vec![TimeRange {
                start_time: times.start.value.to_string(),
                end_time: times.end.value.to_string(),
            }],
            weekdays: vec![format!("{}:{}", times.first_day, times.last_day)],
            location: times.time_zone.clone(),
        }],
    }
}

/// What follows from a cause that is told already. A node that is gone takes its numbers with it, a container that was
/// killed for its memory starts again and again, and a database that is down, where there is one, falls behind.
fn inhibit_rules(has_database: bool) -> Vec<InhibitRule> {
    let rule = |cause: &str, consequences: &[&str], equal: &[&'static str]| InhibitRule {
        source_matchers: vec![Matcher::equal(ALERT, cause)],
        target_matchers: vec![Matcher::one_of(ALERT, consequences.iter().copied())],
        equal: equal
            .iter()
            .map(|label| LabelName::from_static(label))
            .collect(),
    };
    let database = || rule("DatabaseDown", &["ReplicaLag"], &["namespace"]);
    let rules = [
        Some(rule(
            "NodeNotReady",
            &["NodeDiskLow", "NodeMemoryLow"],
            &["node"],
        )),
        Some(rule(
            "ContainerOOMKilled",
            &["PodCrashLooping", "MemoryNearLimit"],
            &["namespace", "pod", "container"],
        )),
        has_database.then(database),
        Some(rule(
            "AlertmanagerMissing",
            &["AlertmanagersApart"],
            &["cluster"],
        )),
    ];
    rules.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use configs::prometheus::alerts::{Area, Thresholds, rule_file};
    use names::{Bytes, Duration};

    use super::inhibit_rules;

    #[test]
    fn alerts_that_keep_others_quiet_exist() {
        let areas = Area::every(&Thresholds {
            backup_age: Duration::hours(26),
            replication_lag: Duration::minutes(5),
            replication_backlog: Bytes::mebi(256),
        });
        let file = rule_file(&areas);
        let known: BTreeSet<&str> = file
            .rules()
            .filter_map(|rule| rule.alert())
            .map(|alert| alert.alert.as_str())
            .collect();
        for rule in inhibit_rules(true) {
            for matcher in rule.source_matchers.iter().chain(&rule.target_matchers) {
                for alert in matcher.values() {
                    assert!(known.contains(alert), "{alert}");
                }
            }
        }
    }
}
