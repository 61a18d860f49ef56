//! Logs: they are stored in one place, by nodes that can elect a master, with parts that understand each other.

use names::{Duration, ImageReference};

use super::storage::{class_exists, namespace_exists};
use crate::values::{Elasticsearch, Environment};
use crate::{Diagnostics, Located};

/// Replicas at most, of anything that has no reason to have more.
const MOST: u16 = 9;

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    let logging = &environment.logging;
    for keep in [&logging.keep.system, &logging.keep.application] {
        whole_days(keep, diagnostics);
    }
    match (&logging.search, &logging.elasticsearch) {
        (Some(search), Some(elasticsearch)) => {
            diagnostics
                .error(&elasticsearch.origin, "logs would have two homes")
                .label(&search.origin, "the cluster elsewhere")
                .help("`search: null` or `elasticsearch: null` removes what is inherited");
        }
        (None, None) => {
            diagnostics
                .error(&logging.fluentd.namespace.origin, "logs have no home")
                .help("say where Fluentd ships them: `search` for a cluster elsewhere, `elasticsearch` for one here");
        }
        (Some(_), None) | (None, Some(_)) => {}
    }
    if let Some(elasticsearch) = &logging.elasticsearch {
        parts(environment, elasticsearch, diagnostics);
    }
}

/// An index a day goes as a whole: a fraction of a day would only look exact.
fn whole_days(keep: &Located<Duration>, diagnostics: &mut Diagnostics) {
    if keep.is_zero() || Duration::hours(24).as_seconds() * keep.as_days() != keep.as_seconds() {
        diagnostics
            .error(&keep.origin, "logs are kept for whole days")
            .help("there is an index a day, which is deleted as a whole: write `30d`");
    }
}

fn parts(environment: &Environment, elasticsearch: &Elasticsearch, diagnostics: &mut Diagnostics) {
    namespace_exists(environment, &elasticsearch.namespace, diagnostics);
    class_exists(environment, &elasticsearch.storage.class, diagnostics);
    if environment.addons.cert_manager.is_none() {
        diagnostics
            .error(
                &elasticsearch.namespace.origin,
                "nobody makes the certificates of Elasticsearch's nodes",
            )
            .help("turn on `certManager` among the add-ons");
    }
    if !matches!(elasticsearch.nodes.value, 1 | 3..=MOST) {
        diagnostics
            .error(
                &elasticsearch.nodes.origin,
                format!("{} nodes cannot outlive the loss of one", elasticsearch.nodes.value),
            )
            .help(format!(
                "a master is elected by more than half of the nodes: 1 for trying things out, or 3 to {MOST}"
            ));
    }
    if let Some(logstash) = &elasticsearch.logstash {
        class_exists(environment, &logstash.storage.class, diagnostics);
        replicas("Logstash", &logstash.replicas, diagnostics);
        same_version(
            "Logstash",
            &elasticsearch.image,
            &logstash.image,
            diagnostics,
        );
    }
    if let Some(kibana) = &elasticsearch.kibana {
        replicas("Kibana", &kibana.replicas, diagnostics);
        same_version("Kibana", &elasticsearch.image, &kibana.image, diagnostics);
    }
}

fn replicas(what: &str, count: &Located<u16>, diagnostics: &mut Diagnostics) {
    if !(1..=MOST).contains(&count.value) {
        diagnostics
            .error(&count.origin, format!("{} replicas of {what}", count.value))
            .help(format!("1 to {MOST}; 2 or more outlive the loss of a node"));
    }
}

/// Kibana refuses to work with another minor of Elasticsearch, and upgrades of the three are tested together.
fn same_version(
    what: &str,
    elasticsearch: &Located<ImageReference>,
    other: &Located<ImageReference>,
    diagnostics: &mut Diagnostics,
) {
    if elasticsearch.tag() != other.tag() {
        diagnostics
            .error(
                &other.origin,
                format!("{what} is of another version than Elasticsearch"),
            )
            .label(&elasticsearch.origin, "Elasticsearch's")
            .help("take the same tag for both, and upgrade Elasticsearch first");
    }
}
