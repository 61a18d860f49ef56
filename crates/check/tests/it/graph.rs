//! Pictures of a small platform, in every format.

use check::graph::{Edge, Filter, Graph, Relation, Subject};
use check::{Report, check};

use crate::{context, documents};

const PLATFORM: &str = "
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: front, labels: { app: web } }
spec:
  serviceAccountName: web
  containers:
    - name: web
      image: 'registry.example.com/web:v1'
      env:
        - { name: API, value: 'http://api.back:80' }
        - { name: DATABASE, value: 'postgres://database.back:5432' }
        - { name: PASSWORD, valueFrom: { secretKeyRef: { name: passwords, key: database } } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: front }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: back, labels: { app: api } }
spec: { containers: [{ name: api, image: 'registry.example.com/api:v1', ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: back }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Pod
metadata: { name: database, namespace: back, labels: { app: database } }
spec: { containers: [{ name: database, image: 'registry.example.com/database:v1', ports: [{ containerPort: 5432 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: database, namespace: back }
spec: { selector: { app: database }, ports: [{ port: 5432 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: front }
spec: { podSelector: {}, policyTypes: [Ingress, Egress], egress: [{ to: [{ namespaceSelector: {} }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: back }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress, Egress]
  ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080 }, { port: 9090 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: database, namespace: back }
spec:
  podSelector: { matchLabels: { app: database } }
  policyTypes: [Ingress, Egress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 5432 }] }]
";

fn graph(subject: Subject, filter: &Filter) -> Graph {
    let documents = documents(PLATFORM);
    let report = check(&documents, &context());
    Graph::of(&documents, &context(), &report, subject, filter)
}

fn edge(graph: &Graph, edge: &Edge) -> String {
    let name = |position: usize| graph.nodes[position].name.as_str();
    let (from, to) = (name(edge.from), name(edge.to));
    format!(
        "{from} -> {to}: {} ({})",
        edge.label,
        edge.relation.as_str()
    )
}

fn edges(graph: &Graph) -> Vec<String> {
    graph.edges.iter().map(|one| edge(graph, one)).collect()
}

#[test]
fn flows_are_told_apart_by_what_is_meant_and_what_is_possible() {
    assert_eq!(
        edges(&graph(Subject::Flows, &Filter::default())),
        [
            "any other pod -> api: TCP 8080, 9090 (open, but nobody declares it)",
            "web -> api: TCP 8080 (allowed)",
            "web -> database: TCP 5432 (declared, but blocked)",
        ]
    );
}

#[test]
fn dependencies_say_how_and_whether_the_other_is_there() {
    assert_eq!(
        edges(&graph(Subject::Dependencies, &Filter::default())),
        [
            "api -> api: selects (depends on)",
            "database -> database: selects (depends on)",
            "web -> passwords: reads (depends on what is not there)",
            "web -> web: runs as (depends on)",
        ]
    );
}

#[test]
fn a_filter_keeps_neighbours() {
    let namespaces = Filter {
        namespaces: vec!["front".to_owned()],
        focus: None,
    };
    let part = graph(Subject::Flows, &namespaces);
    assert_eq!(
        part.nodes
            .iter()
            .map(|node| node.name.as_str())
            .collect::<Vec<_>>(),
        ["api", "database", "web"]
    );
    assert_eq!(part.edges.len(), 2);
    let focus = Filter {
        namespaces: Vec::new(),
        focus: Some(("pod".to_owned(), "database".to_owned())),
    };
    let part = graph(Subject::Flows, &focus);
    assert_eq!(
        edges(&part),
        ["web -> database: TCP 5432 (declared, but blocked)"]
    );
    assert_eq!(part.edges[0].relation, Relation::Blocked);
}

#[test]
fn the_order_of_the_objects_does_not_matter() {
    let one = documents(PLATFORM);
    let mut other = one.clone();
    other.reverse();
    for subject in [Subject::Flows, Subject::Dependencies] {
        let draw = |documents: &[check::Document]| {
            Graph::of(
                documents,
                &context(),
                &Report::default(),
                subject,
                &Filter::default(),
            )
        };
        assert_eq!(draw(&one), draw(&other));
        assert_eq!(draw(&one).svg(), draw(&other).svg());
    }
}

#[test]
fn every_format_is_known() {
    let flows = graph(Subject::Flows, &Filter::default());
    let dependencies = graph(Subject::Dependencies, &Filter::default());
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("graph_svg", flows.svg());
        insta::assert_snapshot!("graph_dot", flows.dot());
        insta::assert_snapshot!("graph_mermaid", dependencies.mermaid());
    });
}

#[test]
fn names_cannot_break_out_of_the_picture() {
    let evil = PLATFORM.replace(
        "name: api, namespace: back, labels",
        "name: '\"]<script>&', namespace: back, labels",
    );
    let documents = documents(&evil);
    let graph = Graph::of(
        &documents,
        &context(),
        &Report::default(),
        Subject::Flows,
        &Filter::default(),
    );
    assert!(!graph.svg().contains("<script>"));
    assert!(graph.dot().contains("\\\"]<script>&"));
    assert!(!graph.mermaid().contains("[\"Pod \"]"));
}
