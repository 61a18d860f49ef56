//! Elasticsearch's files: snapshots, shellcheck, and the setup against a server that stands in for the HTTP API.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests hand files to other programs"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use configs::FilePath;
use configs::elasticsearch::{
    Certificate, Documents, IndexTemplate, LifecyclePolicy, Nodes, Role, Settings, Setup, User,
};
use configs::fluentd::DailyIndex;
use names::{DataKey, Duration, HostName, ObjectName, Port, name, port};
use serde_yaml::Value;

use crate::programs::run;
use crate::snapshots;

const CONFIG: FilePath = FilePath::from_static("/usr/share/elasticsearch/config");

fn certificate(directory: &'static str) -> Certificate {
    let directory = CONFIG.join(directory);
    Certificate {
        key: directory.join("tls.key"),
        certificate: directory.join("tls.crt"),
        authority: directory.join("ca.crt"),
    }
}

fn nodes(count: u16) -> Nodes {
    Nodes {
        name: "elasticsearch".to_owned(),
        count,
        data: FilePath::from_static("/usr/share/elasticsearch/data"),
        http: port!(9200),
        readiness: port!(8080),
        authority: certificate("http").authority,
        patience: Duration::minutes(4),
    }
}

fn documents() -> Documents {
    let index = DailyIndex::from_static("app-logs");
    let name = || name!(ObjectName, "app-logs");
    Documents {
        policies: BTreeMap::from([(
            name(),
            LifecyclePolicy {
                keep: Duration::days(90),
                description: "Logs of the applications".to_owned(),
            },
        )]),
        templates: BTreeMap::from([(
            name(),
            IndexTemplate {
                index: index.clone(),
                policy: "app-logs".to_owned(),
                copies: 1,
                absence: Duration::minutes(10),
            },
        )]),
        roles: BTreeMap::from([
            (
                name!(ObjectName, "fluentd-writer"),
                Role::writer(vec![index.wildcard()]),
            ),
            (
                name!(ObjectName, "log-reader"),
                Role::reader(vec![index.wildcard()]),
            ),
            (name!(ObjectName, "metrics-observer"), Role::observer()),
        ]),
    }
}

/// The setup with its files below `root`.
fn setup(root: &Path, host: HostName, port: Port) -> Setup {
    let path = |path: &str| -> FilePath { root.join(path).to_str().unwrap().parse().unwrap() };
    Setup {
        host,
        port,
        authority: path("server.crt"),
        superuser_password: path("superuser"),
        kibana_password: Some(path("kibana")),
        users: vec![User {
            username: path("fluentd-name"),
            password: path("fluentd-password"),
            role: name!(ObjectName, "fluentd-writer"),
        }],
        directory: path("documents"),
        documents: documents(),
    }
}

#[test]
fn the_settings() {
    let settings = Settings {
        cluster: "production-logs".to_owned(),
        members: name!(HostName, "elasticsearch-headless.logging.svc"),
        http: (port!(9200), certificate("http")),
        transport: (port!(9300), certificate("transport")),
        readiness: port!(8080),
    };
    snapshots()
        .bind(|| insta::assert_snapshot!("elasticsearch__elasticsearch_yml", settings.to_text()));
}

fn shown(files: BTreeMap<DataKey, String>) {
    snapshots().bind(|| {
        for (key, text) in files {
            let name = key.as_str().replace(['.', '-'], "_");
            insta::assert_snapshot!(format!("elasticsearch__{name}"), text);
        }
    });
}

#[test]
fn the_scripts_of_a_node() {
    shown(nodes(5).scripts());
}

#[test]
fn the_setup_and_its_documents() {
    shown(
        setup(
            Path::new("/setup"),
            name!(HostName, "elasticsearch.logging.svc"),
            port!(9200),
        )
        .files(),
    );
}

#[test]
fn the_first_three_nodes_elect_and_a_single_one_elects_itself() {
    let electors = |count| {
        let script = nodes(count).scripts().remove(&Nodes::START).unwrap();
        let line = script
            .lines()
            .find(|line| line.starts_with("electors="))
            .unwrap();
        line.matches("'elasticsearch-").count()
    };
    assert_eq!((electors(1), electors(3), electors(9)), (1, 3, 3));
}

/// What stands behind the last dot of a key.
fn extension(key: &DataKey) -> &str {
    key.as_str().rsplit('.').next().unwrap_or_default()
}

#[test]
fn every_document_is_json_and_every_template_names_a_policy_that_is_there() {
    let setup = setup(
        Path::new("/setup"),
        name!(HostName, "elasticsearch.logging.svc"),
        port!(9200),
    );
    for (key, text) in setup.files() {
        if extension(&key) == "json" {
            assert!(serde_yaml::from_str::<Value>(&text).is_ok(), "{key}");
        }
    }
    for template in documents().templates.values() {
        assert!(
            documents()
                .policies
                .keys()
                .any(|name| name.as_str() == template.policy)
        );
    }
}

#[test]
#[ignore = "needs shellcheck"]
fn shellcheck_finds_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let setup = setup(
        Path::new("/setup"),
        name!(HostName, "elasticsearch.logging.svc"),
        port!(9200),
    );
    for (key, text) in nodes(3).scripts().into_iter().chain(setup.files()) {
        if extension(&key) == "sh" {
            let script = directory.path().join(key.as_str());
            fs::write(&script, text).unwrap();
            run(Command::new("shellcheck")
                .arg("--enable=all")
                .arg("--exclude=SC2250,SC2310,SC2312,SC2311,SC2249")
                .arg(script));
        }
    }
}

/// The server that stands in for Elasticsearch, ended with the test.
struct Stub(Child);

impl Drop for Stub {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A server with a certificate of its own, and its port.
fn stub(root: &Path) -> (Stub, Port) {
    run(Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
        ])
        .args(["-addext", "subjectAltName=DNS:localhost"])
        .arg("-keyout")
        .arg(root.join("server.key"))
        .arg("-out")
        .arg(root.join("server.crt")));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/elasticsearch/stub.py");
    let mut child = Command::new("python3")
        .arg(script)
        .args(["server.crt", "server.key", "state.json"].map(|file| root.join(file)))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    (Stub(child), line.trim().parse().unwrap())
}

fn state(root: &Path) -> Value {
    serde_yaml::from_str(&fs::read_to_string(root.join("state.json")).unwrap()).unwrap()
}

/// The changes that were asked for since the last time: method, path and whether a password was set.
fn changes(root: &Path) -> Vec<String> {
    let mut state = state(root);
    let changes = state.as_mapping_mut().unwrap().remove("changes");
    let json = serde_json::to_string(&state).unwrap();
    fs::write(root.join("state.json"), json).unwrap();
    let changes = changes.unwrap_or_default();
    let one = |change: &Value| {
        let [method, path] = [&change[0], &change[1]].map(|value| value.as_str().unwrap());
        let password = if change[2].get("password").is_some() {
            " with a password"
        } else {
            ""
        };
        format!("{method} {path}{password}")
    };
    changes
        .as_sequence()
        .map(|changes| changes.iter().map(one).collect())
        .unwrap_or_default()
}

#[test]
#[ignore = "needs python3, curl and openssl"]
fn the_setup_sets_passwords_once_and_documents_each_time() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let odd = r#"a "quoted" \ password: with $signs"#;
    let start = r#"{"passwords": {"elastic": "first one", "kibana_system": "old"}, "starts": 2}"#;
    fs::write(root.join("state.json"), start).unwrap();
    let (_stub, port) = stub(root);
    let setup = setup(root, name!(HostName, "localhost"), port);
    fs::create_dir(root.join("documents")).unwrap();
    for (key, text) in setup.files() {
        fs::write(root.join("documents").join(key.as_str()), text).unwrap();
    }
    let write = |file: &str, text: &str| fs::write(root.join(file), text).unwrap();
    write("superuser", "first one");
    write("kibana", odd);
    write("fluentd-name", "fluentd");
    write("fluentd-password", odd);
    let script = || {
        let mut command = Command::new("bash");
        command
            .arg(root.join("documents/setup.sh"))
            .env("SETUP_PAUSE", "0");
        command
    };
    let documents = [
        "PUT /_ilm/policy/app-logs",
        "PUT /_index_template/app-logs",
        "PUT /_security/role/fluentd-writer",
        "PUT /_security/role/log-reader",
        "PUT /_security/role/metrics-observer",
    ];
    let and = |users: &[&str]| -> Vec<String> {
        documents
            .iter()
            .chain(users)
            .map(ToString::to_string)
            .collect()
    };

    run(&mut script());
    assert_eq!(
        changes(root),
        and(&[
            "PUT /_security/user/fluentd with a password",
            "POST /_security/user/kibana_system/_password with a password",
        ])
    );
    assert_eq!(state(root)["passwords"]["fluentd"].as_str(), Some(odd));

    run(&mut script());
    assert_eq!(
        changes(root),
        and(&["PUT /_security/user/fluentd"]),
        "nothing has changed"
    );

    write("fluentd-password", "rotated");
    run(&mut script());
    assert_eq!(
        changes(root),
        and(&["PUT /_security/user/fluentd with a password"])
    );

    for (file, wrong, said) in [
        (
            "fluentd-name",
            "kibana_system",
            "cannot be the name of a user",
        ),
        ("fluentd-password", "two\nlines", "has control characters"),
        (
            "superuser",
            "wrong",
            "the user elastic has another password",
        ),
    ] {
        let right = fs::read_to_string(root.join(file)).unwrap();
        write(file, wrong);
        let output = script().output().unwrap();
        assert!(!output.status.success(), "{said}");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains(said),
            "{output:?}"
        );
        write(file, &right);
    }
}
