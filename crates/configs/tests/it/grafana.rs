//! Grafana's files: snapshots, and what holds for every dashboard.

use std::collections::BTreeSet;

use configs::FilePath;
use configs::grafana::{
    ContactPoint, ContactPoints, DashboardProvider, DashboardProviders, DataSource, DataSources,
    NotificationPolicies, OpenIdConnect, Settings, boards,
};
use names::{Duration, Url, name};

use crate::snapshots;

fn settings() -> Settings {
    let path = |text: &'static str| -> FilePath { text.parse().unwrap() };
    Settings {
        host: name!(names::HostName, "grafana.example.com"),
        admin_password: path("/run/secrets/admin/password"),
        secret_key: path("/run/secrets/admin/secret-key"),
        sign_in: Some(OpenIdConnect {
            name: "Example".to_owned(),
            client_id: path("/run/secrets/oauth/client-id"),
            client_secret: path("/run/secrets/oauth/client-secret"),
            authorize: Url::from_static("https://login.example.com/authorize"),
            token: Url::from_static("https://login.example.com/token"),
            user_info: Url::from_static("https://login.example.com/userinfo"),
            scopes: ["openid", "profile", "email", "groups"]
                .map(str::to_owned)
                .to_vec(),
            admin_group: "platform".to_owned(),
            editor_group: "developers".to_owned(),
        }),
        data: path("/var/lib/grafana"),
        provisioning: path("/etc/grafana/provisioning"),
        home: path("/etc/grafana/dashboards/kubernetes-cluster.json"),
    }
}

#[test]
fn the_settings() {
    snapshots().bind(|| insta::assert_snapshot!("grafana__settings", settings().ini().to_string()));
}

#[test]
fn what_is_provisioned() {
    let sources = DataSources::new([
        DataSource::prometheus("http://prometheus:9090", Duration::seconds(15))
            .silenced_by_alertmanager(),
        DataSource::alertmanager("http://alertmanager:9093"),
    ]);
    let providers = DashboardProviders::new([DashboardProvider::of_directory(
        "Platform",
        "/etc/grafana/dashboards".parse().unwrap(),
    )]);
    let point = ContactPoint::alertmanager("alertmanager", "http://alertmanager:9093");
    let policies = NotificationPolicies::all_to(&point);
    let text = [
        sources.to_text(),
        providers.to_text(),
        ContactPoints::new([point]).to_text(),
        policies.to_text(),
    ];
    snapshots().bind(|| insta::assert_snapshot!("grafana__provisioning", text.join("---\n")));
}

#[test]
fn a_dashboard() {
    let board = boards::all()
        .into_iter()
        .find(|board| *board.uid() == boards::HOME)
        .unwrap();
    snapshots().bind(|| insta::assert_snapshot!("grafana__dashboard", board.to_text()));
}

#[test]
fn dashboards_are_files_as_they_are_provisioned() {
    let mut seen = BTreeSet::new();
    for board in boards::all() {
        assert!(seen.insert(board.uid().clone()), "{} twice", board.uid());
        let file: serde_yaml::Value = serde_yaml::from_str(&board.to_text()).unwrap();
        assert!(file["dashboard"].is_null(), "the shape of the HTTP API");
        assert_eq!(file["uid"], board.uid().as_str());
        let panels = file["panels"].as_sequence().unwrap();
        assert!(!panels.is_empty());
        let mut ids = BTreeSet::new();
        for panel in panels {
            assert!(ids.insert(panel["id"].as_u64().unwrap()));
            let kind = panel["type"].as_str().unwrap();
            assert!(["timeseries", "stat", "table"].contains(&kind), "{kind}");
            for target in panel["targets"].as_sequence().unwrap() {
                assert_eq!(target["datasource"]["uid"], DataSource::PROMETHEUS);
            }
        }
    }
}

#[test]
fn no_two_panels_overlap() {
    for board in boards::all() {
        let file: serde_yaml::Value = serde_yaml::from_str(&board.to_text()).unwrap();
        let mut cells = BTreeSet::new();
        for panel in file["panels"].as_sequence().unwrap() {
            let of = |key: &str| panel["gridPos"][key].as_u64().unwrap();
            assert!(of("x") + of("w") <= 24);
            for x in of("x")..of("x") + of("w") {
                for y in of("y")..of("y") + of("h") {
                    assert!(
                        cells.insert((x, y)),
                        "{}: {}",
                        board.uid(),
                        panel["title"].as_str().unwrap()
                    );
                }
            }
        }
    }
}

#[test]
fn what_a_variable_offers_is_used() {
    for board in boards::all() {
        let file: serde_yaml::Value = serde_yaml::from_str(&board.to_text()).unwrap();
        let queries: String = board
            .all_panels()
            .iter()
            .flat_map(configs::grafana::Panel::queries)
            .map(|query| query.expression().to_string())
            .collect();
        for variable in file["templating"]["list"].as_sequence().unwrap() {
            let name = variable["name"].as_str().unwrap();
            assert!(
                queries.contains(&format!("=~\"${name}\"")),
                "{}: {name}",
                board.uid()
            );
        }
    }
}
