//! Fluentd's configuration, read back by a reader of its own and followed from the sources to the
//! outputs.

use std::collections::{BTreeMap, BTreeSet};

use configs::FilePath;
use configs::fluentd::{Credentials, DailyIndex, Elasticsearch, Logstash, NodeLogs};
use names::{Bytes, EnvironmentVariable, HostName, NamespaceName, WorkloadName, name, port};

use crate::fluentd_reader::{Element, globs, matches, read};
use crate::snapshots;

fn node_logs() -> NodeLogs {
    NodeLogs {
        elasticsearch: Elasticsearch {
            host: name!(HostName, "elasticsearch.logging.svc"),
            port: port!(9200),
            authority: Some(FilePath::from_static("/etc/fluentd-tls/ca.crt")),
            credentials: Some(Credentials {
                user: name!(EnvironmentVariable, "ELASTICSEARCH_USER"),
                password: name!(EnvironmentVariable, "ELASTICSEARCH_PASSWORD"),
            }),
        },
        system_index: DailyIndex::from_static("system-logs"),
        system_namespaces: vec![
            name!(NamespaceName, "kube-system"),
            name!(NamespaceName, "logging"),
        ],
        application_index: DailyIndex::from_static("app-logs"),
        logstash: None,
        own_workload: name!(WorkloadName, "fluentd"),
        own_namespace: name!(NamespaceName, "logging"),
        cluster: "prod".to_owned(),
        journal_units: vec![
            "kubelet.service".to_owned(),
            "containerd.service".to_owned(),
        ],
        state_directory: FilePath::from_static("/var/log/fluentd"),
        buffer_limit: Bytes::gibi(2),
    }
}

fn file() -> Element {
    read(&node_logs().configuration().to_text()).unwrap()
}

/// The same with something that reads application logs before they are stored.
fn with_logstash() -> NodeLogs {
    NodeLogs {
        logstash: Some(Logstash {
            host: name!(HostName, "logstash.logging.svc"),
            port: port!(8080),
            authority: FilePath::from_static("/etc/fluentd-tls/ca.crt"),
            credentials: Credentials {
                user: name!(EnvironmentVariable, "LOGSTASH_USER"),
                password: name!(EnvironmentVariable, "LOGSTASH_PASSWORD"),
            },
        }),
        ..node_logs()
    }
}

/// The sections that the documentation allows inside each other.
fn allowed(parent: &str) -> &'static [&'static str] {
    match parent {
        "" => &["system", "source", "label"],
        "label" => &["filter", "match"],
        "source" => &["parse", "storage", "entry"],
        "filter" => &["record", "parse"],
        "match" => &["buffer", "format", "store", "secondary", "auth"],
        _ => &[],
    }
}

fn visit<'a>(element: &'a Element, visitor: &mut impl FnMut(&'a Element)) {
    visitor(element);
    element
        .elements
        .iter()
        .for_each(|element| visit(element, visitor));
}

/// Files of containers, by the source that must read them.
const FILES: [(&str, &str); 4] = [
    (
        "/var/log/containers/coredns-abc_kube-system_coredns-0123.log",
        "system_containers",
    ),
    (
        "/var/log/containers/kibana-abc_logging_kibana-0123.log",
        "system_containers",
    ),
    (
        "/var/log/containers/web-kube-system_shop_web-0123.log",
        "application_containers",
    ),
    (
        "/var/log/containers/fluentd-x_shop_fluentd-0123.log",
        "application_containers",
    ),
];

fn list(value: &str) -> Vec<String> {
    serde_yaml::from_str(value).unwrap()
}

/// The tags that a source gives.
fn tags(source: &Element) -> Vec<String> {
    let tag = source.get("tag");
    match tag.strip_suffix('*') {
        Some(start) => FILES
            .iter()
            .filter(|(_, id)| *id == source.get("@id"))
            .map(|(path, _)| format!("{start}{}", path.trim_start_matches('/').replace('/', ".")))
            .collect(),
        None if tag.is_empty() => Vec::new(),
        None => vec![tag.to_owned()],
    }
}

#[test]
fn the_agent_of_every_node() {
    snapshots().bind(|| {
        insta::assert_snapshot!("fluentd__node_logs", node_logs().configuration().to_text());
    });
}

#[test]
fn sections_are_balanced_and_stand_where_they_may() {
    visit(&file(), &mut |element| {
        for inner in &element.elements {
            assert!(
                allowed(&element.name).contains(&inner.name.as_str()),
                "<{}> inside <{}>",
                inner.name,
                element.name
            );
            let has_type = ["source", "filter", "match", "parse", "storage", "buffer"]
                .contains(&inner.name.as_str());
            assert_eq!(!inner.get("@type").is_empty(), has_type, "{inner:?}");
            let has_argument =
                ["label", "filter", "match", "buffer"].contains(&inner.name.as_str());
            assert_eq!(!inner.argument.is_empty(), has_argument, "{inner:?}");
        }
    });
}

#[test]
fn every_plugin_has_a_name_of_its_own() {
    let (file, mut seen) = (file(), BTreeSet::new());
    visit(&file, &mut |element| {
        if ["source", "filter"].contains(&element.name.as_str())
            || (element.name == "match" && element.get("@type") != "relabel")
        {
            assert!(
                !element.get("@id").is_empty() && seen.insert(element.get("@id")),
                "{element:?}"
            );
        }
    });
}

#[test]
fn every_file_is_read_by_one_source_and_the_agent_s_own_by_none() {
    let file = file();
    let readers = |path: &str| -> Vec<String> {
        file.all("source")
            .filter(|source| source.get("@type") == "tail")
            .filter(|source| source.get("path").split(',').any(|glob| globs(glob, path)))
            .filter(|source| {
                !list(source.get("exclude_path"))
                    .iter()
                    .any(|glob| globs(glob, path))
            })
            .map(|source| source.get("@id").to_owned())
            .collect()
    };
    for (path, id) in FILES {
        assert_eq!(readers(path), [id], "{path}");
    }
    assert_eq!(
        readers("/var/log/containers/fluentd-x7k2p_logging_fluentd-0123.log"),
        [""; 0]
    );
}

#[test]
fn every_event_reaches_an_output_and_every_output_is_reached() {
    let file = file();
    let labels: BTreeMap<&str, &Element> = file
        .all("label")
        .map(|label| (label.argument.as_str(), label))
        .collect();
    assert_eq!(labels.len(), file.all("label").count(), "a label twice");
    let mut reached = BTreeSet::new();
    let mut ends: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in file.all("source") {
        for tag in tags(source) {
            let mut open = vec![source.get("@label").to_owned()];
            while let Some(label) = open.pop() {
                let label = labels
                    .get(label.as_str())
                    .unwrap_or_else(|| panic!("{tag} goes to {label}, which is not there"));
                let filters = label
                    .all("filter")
                    .filter(|filter| matches(&filter.argument, &tag));
                open.extend(
                    filters
                        .map(|filter| filter.get("timeout_label").to_owned())
                        .filter(|label| !label.is_empty()),
                );
                let taken = label
                    .all("match")
                    .find(|output| matches(&output.argument, &tag));
                let taken = taken.unwrap_or_else(|| panic!("{tag} is lost in {}", label.argument));
                reached.insert(std::ptr::from_ref(taken));
                if taken.get("@type") == "relabel" {
                    open.push(taken.get("@label").to_owned());
                } else {
                    ends.entry(taken.get("logstash_prefix").to_owned())
                        .or_default()
                        .insert(tag.clone());
                }
            }
        }
    }
    for (name, label) in &labels {
        if !["@ERROR", "@FLUENT_LOG"].contains(name) {
            assert!(
                label
                    .all("match")
                    .all(|output| reached.contains(&std::ptr::from_ref(output))),
                "{name} has an output for nothing"
            );
        }
    }
    let ends: BTreeMap<&str, usize> = ends
        .iter()
        .map(|(index, tags)| (index.as_str(), tags.len()))
        .collect();
    assert_eq!(ends, BTreeMap::from([("system-logs", 3), ("app-logs", 2)]));
}

#[test]
fn metadata_is_looked_up_by_the_tags_that_tail_gives() {
    let file = file();
    let filters: Vec<&Element> = file
        .all("label")
        .flat_map(|label| label.all("filter"))
        .collect();
    let metadata = filters
        .iter()
        .find(|filter| filter.get("@type") == "kubernetes_metadata")
        .unwrap();
    for source in file
        .all("source")
        .filter(|source| source.get("@type") == "tail")
    {
        assert!(tags(source).iter().all(|tag| matches(&metadata.argument, tag) && tag.contains(".var.log.containers.")));
        assert_eq!(
            source.all("parse").next().map(|parse| parse.get("@type")),
            Some("cri")
        );
    }
}

#[test]
fn outputs_over_the_network_have_bounded_buffers_on_disk_of_their_own() {
    let file = file();
    let mut paths = BTreeSet::new();
    let outputs: Vec<&Element> = file
        .all("label")
        .flat_map(|label| label.all("match"))
        .collect();
    let remote: Vec<&&Element> = outputs
        .iter()
        .filter(|output| output.get("@type") == "elasticsearch")
        .collect();
    assert_eq!(remote.len(), 2);
    for output in remote {
        let buffer = output.all("buffer").next().unwrap();
        assert_eq!(buffer.get("@type"), "file");
        assert!(
            paths.insert(buffer.get("path")),
            "{} twice",
            buffer.get("path")
        );
        for name in [
            "total_limit_size",
            "chunk_limit_size",
            "overflow_action",
            "retry_timeout",
            "retry_max_interval",
        ] {
            assert!(!buffer.get(name).is_empty(), "{name}");
        }
        assert_eq!(
            buffer.get("retry_forever"),
            "",
            "for ever and a limit exclude each other"
        );
        assert_eq!(
            (
                output.get("logstash_format"),
                output.get("logstash_dateformat")
            ),
            ("true", "%Y.%m.%d")
        );
        assert_eq!(
            output.get("password"),
            "<ruby ENV['ELASTICSEARCH_PASSWORD']>"
        );
        assert_eq!(
            output.get("id_key"),
            output.get("remove_keys"),
            "the identity is no field"
        );
    }
}

#[test]
fn with_logstash_only_application_logs_change_their_way() {
    let text = with_logstash().configuration().to_text();
    let (before, after) = (node_logs().configuration().to_text(), read(&text).unwrap());
    let ship = after
        .all("label")
        .find(|label| label.argument == "@SHIP")
        .unwrap();
    let outputs: Vec<(&str, &str)> = ship
        .all("match")
        .map(|output| (output.argument.as_str(), output.get("@type")))
        .collect();
    assert_eq!(
        outputs,
        [("system.**", "elasticsearch"), ("application.**", "http")]
    );
    // Whatever is not in the label is the same as without Logstash.
    assert_eq!(
        text.split("<label @SHIP>").next(),
        before.split("<label @SHIP>").next()
    );
    let http = ship.all("match").nth(1).unwrap();
    for (name, value) in [
        ("endpoint", "https://logstash.logging.svc:8080/"),
        ("json_array", "true"),
        ("tls_verify_mode", "peer"),
        ("tls_ca_cert_path", "/etc/fluentd-tls/ca.crt"),
    ] {
        assert_eq!(http.get(name), value, "{name}");
    }
    let auth = http.all("auth").next().unwrap();
    assert_eq!(auth.get("password"), "<ruby ENV['LOGSTASH_PASSWORD']>");
    let buffer = http.all("buffer").next().unwrap();
    assert_eq!(buffer.get("path"), "/var/log/fluentd/application-buffer");
    let time = ship
        .all("filter")
        .find(|filter| filter.get("@id") == "time_of_event")
        .unwrap();
    assert_eq!(time.argument, "application.**");
    snapshots().bind(|| {
        insta::assert_snapshot!(
            "fluentd__with_logstash_ship",
            text.split_once("<label @SHIP>").unwrap().1
        );
    });
}

#[test]
fn metrics_are_served_on_the_port_that_the_probes_ask() {
    let file = file();
    let metrics = file
        .all("source")
        .find(|source| source.get("@type") == "prometheus")
        .unwrap();
    assert_eq!(metrics.get("port"), NodeLogs::MONITORING_PORT.to_string());
}

#[test]
fn without_journal_units_the_journal_is_not_opened() {
    let text = NodeLogs {
        journal_units: Vec::new(),
        ..node_logs()
    }
    .configuration()
    .to_text();
    assert!(!text.contains("systemd"), "{text}");
}

#[test]
fn the_reader_refuses_what_fluentd_refuses() {
    for text in [
        "<match **>\n",
        "</match>\n",
        "<match **>\n</filter>\n",
        "<a>\nb 1\nb 2\n</a>\n",
        "a \"b\n",
        "a \"\\q\"\n",
        "a\n",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
    assert!(
        !matches("a.*", "a.b.c")
            && matches("a.**", "a")
            && matches("a.** b", "b")
            && !matches("a", "a.b")
    );
    assert!(globs("/l/*_a_*.log", "/l/x_a_y.log") && !globs("/l/*.log", "/l/m/x.log"));
}
