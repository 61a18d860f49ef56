//! Logstash's pipeline, read back by a reader of its own, and its settings.

use configs::FilePath;
use configs::fluentd::DailyIndex;
use configs::logstash::{ApplicationLogs, Elasticsearch, Login, Queue, Settings};
use names::{Bytes, Duration, EnvironmentVariable, HostName, name, port};

use crate::logstash_reader::{Statement, Value, read};
use crate::snapshots;

fn application_logs() -> ApplicationLogs {
    ApplicationLogs {
        port: port!(8080),
        certificate: FilePath::from_static("/certificate/tls.crt"),
        key: FilePath::from_static("/certificate/tls.key"),
        callers: Login {
            user: name!(EnvironmentVariable, "LOGSTASH_USER"),
            password: name!(EnvironmentVariable, "LOGSTASH_PASSWORD"),
        },
        elasticsearch: Elasticsearch {
            host: name!(HostName, "elasticsearch.logging.svc"),
            port: port!(9200),
            authority: FilePath::from_static("/trust/tls.crt"),
            login: Login {
                user: name!(EnvironmentVariable, "ELASTICSEARCH_USER"),
                password: name!(EnvironmentVariable, "ELASTICSEARCH_PASSWORD"),
            },
        },
        index: DailyIndex::from_static("app-logs"),
    }
}

fn settings() -> Settings {
    Settings {
        pipeline: "application-logs",
        pipeline_file: FilePath::from_static("/pipeline/application-logs.conf"),
        api: port!(9600),
        queue: Queue {
            limit: Bytes::gibi(8),
            refused_limit: Bytes::gibi(1),
            refused_age: Duration::days(7),
        },
    }
}

/// The plugins of a section with what their branches ask, in order.
fn plugins(statements: &[Statement]) -> Vec<(&str, &[(String, Value)])> {
    let mut found = Vec::new();
    for statement in statements {
        match statement {
            Statement::Plugin { name, options } => found.push((name.as_str(), options.as_slice())),
            Statement::Branch {
                then, otherwise, ..
            } => {
                found.extend(plugins(then));
                found.extend(plugins(otherwise));
            }
        }
    }
    found
}

fn option<'a>(options: &'a [(String, Value)], name: &str) -> Option<&'a Value> {
    options
        .iter()
        .find(|(other, _)| other == name)
        .map(|(_, value)| value)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn the_pipeline_of_application_logs() {
    snapshots().bind(|| {
        insta::assert_snapshot!(
            "logstash__application_logs",
            application_logs().pipeline().to_text()
        );
    });
}

#[test]
fn the_settings() {
    snapshots().bind(|| {
        insta::assert_snapshot!("logstash__logstash_yml", settings().to_text());
        insta::assert_snapshot!("logstash__pipelines_yml", settings().pipelines());
    });
}

#[test]
fn the_pipeline_reads_back_with_an_input_filters_and_an_output() {
    let sections = read(&application_logs().pipeline().to_text()).unwrap();
    let names: Vec<&str> = sections.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["input", "filter", "output"]);
    let mut ids: Vec<&Value> = sections
        .iter()
        .flat_map(|(_, statements)| plugins(statements))
        .map(|(name, options)| option(options, "id").unwrap_or_else(|| panic!("{name} has no id")))
        .collect();
    let count = ids.len();
    ids.sort_by_key(|id| format!("{id:?}"));
    ids.dedup();
    assert_eq!(ids.len(), count, "an id twice");
}

#[test]
fn secrets_are_gone_before_anything_is_read_out_of_a_message() {
    let sections = read(&application_logs().pipeline().to_text()).unwrap();
    let filters = plugins(&sections[1].1);
    let at = |wanted: &str| {
        filters
            .iter()
            .position(|(_, options)| option(options, "id") == Some(&text(wanted)))
    };
    assert!(at("secrets") < at("structure") && at("secrets") < at("level_of_text"));
    assert!(at("secrets").is_some());
}

#[test]
fn the_output_checks_its_server_and_names_the_index_of_the_day() {
    let sections = read(&application_logs().pipeline().to_text()).unwrap();
    let (name, options) = plugins(&sections[2].1)[0];
    assert_eq!(name, "elasticsearch");
    for (name, value) in [
        (
            "hosts",
            Value::List(vec![text("https://elasticsearch.logging.svc:9200")]),
        ),
        ("ssl_verification_mode", text("full")),
        ("index", text("app-logs-%{+YYYY.MM.dd}")),
        ("document_id", text("%{[@metadata][id]}")),
        ("password", text("${ELASTICSEARCH_PASSWORD}")),
    ] {
        assert_eq!(option(options, name), Some(&value), "{name}");
    }
    for old in ["ssl", "cacert", "ssl_certificate_verification"] {
        assert_eq!(option(options, old), None, "{old} stops the pipeline");
    }
}

#[test]
fn the_reader_refuses_what_logstash_refuses() {
    for wrong in [
        "inputs { }",
        "input { a { b => } }",
        "input { a { b => 1 b => 2 } }",
        "input { a { b => \"x } }",
        "input { a { b => [1 2] } }",
        "filter { if { } }",
        "input { a { }",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}
