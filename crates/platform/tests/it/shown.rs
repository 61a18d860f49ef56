//! The text of every application of the small environment, and of those that a variation changes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use manifest::{Application, Manifest};

use crate::environments::{Rendered, SMALL};

/// The objects of the cluster itself have snapshots of their own beside their component.
const SHOWN_ELSEWHERE: [&str; 2] = ["cluster", "pod-security-groups"];

/// What Argo CD is told of an application, as comments, and all of its manifests.
fn text(application: &Application) -> String {
    let mut text = format!(
        "# {}, wave {}, {}\n",
        application.namespace,
        application.wave,
        application.directory.as_str()
    );
    for ignored in &application.ignore_differences {
        let _ = writeln!(text, "# {ignored:?}");
    }
    for option in &application.sync_options {
        let _ = writeln!(text, "# {option:?}");
    }
    if let Some(chart) = &application.chart {
        let _ = writeln!(
            text,
            "# chart {} {} of {}",
            chart.chart, chart.version, chart.repository
        );
        let _ = writeln!(
            text,
            "# released as {}\n{:#}",
            chart.release_name, chart.values
        );
    }
    text.push_str(
        &application
            .manifests
            .iter()
            .map(Manifest::yaml)
            .collect::<Vec<_>>()
            .join("---\n"),
    );
    text
}

/// The text of each application by its name.
fn texts(fixture: &'static str) -> BTreeMap<String, String> {
    Rendered::of(fixture)
        .applications
        .iter()
        .filter(|application| !SHOWN_ELSEWHERE.contains(&application.name.as_str()))
        .map(|application| (application.name.to_string(), text(application)))
        .collect()
}

fn shows(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn every_application_of_the_small_environment() {
    for (application, text) in texts(SMALL) {
        shows(&format!("{SMALL}-{application}"), &text);
    }
}

/// Shows what a variation changes, and holds it to changing nothing else and to leaving out only `missing`.
fn changes(fixture: &'static str, changed: &[&str], missing: &[&str]) {
    let (before, after) = (texts(SMALL), texts(fixture));
    let differing: Vec<&str> = after
        .iter()
        .filter(|(application, text)| before.get(*application) != Some(*text))
        .map(|(application, _)| application.as_str())
        .collect();
    assert_eq!(
        differing, changed,
        "the applications that `{fixture}` changes"
    );
    let gone: Vec<&str> = before
        .keys()
        .filter(|application| !after.contains_key(*application))
        .map(String::as_str)
        .collect();
    assert_eq!(
        gone, missing,
        "the applications that `{fixture}` leaves out"
    );
    for application in changed {
        if let Some(text) = after.get(*application) {
            shows(&format!("{fixture}-{application}"), text);
        }
    }
}

#[test]
fn a_canary_changes_its_service_only() {
    changes("canary", &["web"], &[]);
}

#[test]
fn a_blue_green_rollout_changes_its_service_only() {
    changes("blue-green", &["web"], &[]);
}

#[test]
fn another_pace_changes_every_service_that_rolls() {
    changes("rolling", &["orders", "web"], &[]);
}

#[test]
fn an_exposed_service_changes_itself_only() {
    changes("exposed", &["web"], &[]);
}

#[test]
fn secrets_and_an_account_change_the_service_and_what_it_proves_itself_with() {
    changes("secrets", &["orders", "postgres"], &[]);
}

#[test]
fn without_the_mesh_there_are_no_proxies_and_no_policies_of_theirs() {
    changes(
        "without-mesh",
        &[
            "mesh-policies",
            "namespaces",
            "orders",
            "postgres",
            "prometheus",
            "web",
        ],
        &[],
    );
}

#[test]
fn without_a_database_nobody_calls_it() {
    changes("without-postgres", &["orders"], &["postgres"]);
}

#[test]
fn without_backups_there_is_no_namespace_for_them_and_nothing_to_scrape() {
    changes(
        "without-backup",
        &["namespaces", "prometheus"],
        &["backups", "velero"],
    );
}
