//! What is said where the caller declares who talks to whom.

use check::{Context, DeclaredEnd, DeclaredFlow, Selection};
use names::Protocol;

use crate::{context, documents};

const PODS: &str = "
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: app, labels: { app: web } }
spec: { containers: [{ name: web, image: 'registry.example.com/web:v1' }] }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: app, labels: { app: api } }
spec: { containers: [{ name: api, image: 'registry.example.com/api:v1', ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: app }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
";

const OPEN: &str = "
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-to-api, namespace: app }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress: [{ to: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 8080 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api-from-web, namespace: app }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }, { port: 9090 }] }]
";

fn pods(name: &str) -> DeclaredEnd {
    DeclaredEnd::Pods {
        namespace: "app".to_owned(),
        labels: [("app".to_owned(), name.to_owned())].into(),
        account: None,
    }
}

fn flow(from: DeclaredEnd, to: DeclaredEnd, port: u16) -> DeclaredFlow {
    DeclaredFlow {
        from,
        to,
        protocol: Protocol::Tcp,
        port,
    }
}

fn said(text: &str, flows: &[DeclaredFlow]) -> Vec<String> {
    let context: Context<'_> = context().with_declared(flows.iter().cloned());
    let selection = Selection {
        only: vec!["NET004".parse().unwrap(), "NET008".parse().unwrap()],
        skip: Vec::new(),
    };
    let report = check::check_by(&documents(text), &context, &selection);
    let findings = report.findings.iter();
    findings
        .map(|finding| {
            format!(
                "{} {}: {}",
                finding.rule.code, finding.id.name, finding.message
            )
        })
        .collect()
}

#[test]
fn a_flow_that_both_ends_allow_is_clean() {
    let text = format!("{PODS}{OPEN}");
    assert_eq!(
        said(&text, &[flow(pods("web"), pods("api"), 8080)]),
        [""; 0]
    );
}

#[test]
fn a_flow_that_one_end_denies_is_told_with_the_object() {
    assert_eq!(
        said(PODS, &[flow(pods("web"), pods("api"), 8080)]),
        [
            "NET004 web: Pod app/web cannot reach Pod app/api on TCP 8080: egress of Pod app/web: no rule of NetworkPolicy app/deny allows it"
        ]
    );
    let text = format!(
        "{PODS}{}",
        OPEN.replace(
            "ports: [{ port: 8080 }, { port: 9090 }]",
            "ports: [{ port: 80 }]"
        )
    );
    assert_eq!(
        said(&text, &[flow(pods("web"), pods("api"), 8080)]),
        [
            "NET004 web: Pod app/web cannot reach Pod app/api on TCP 8080: ingress of Pod app/api: no rule of NetworkPolicy app/api-from-web, NetworkPolicy app/deny allows it"
        ]
    );
}

#[test]
fn what_nobody_declares_must_not_be_open() {
    let text = format!(
        "{PODS}{}",
        OPEN.replace(
            "ports: [{ port: 8080 }] }]",
            "ports: [{ port: 8080 }, { port: 9090 }] }]"
        )
    );
    assert_eq!(
        said(&text, &[flow(pods("web"), pods("api"), 8080)]),
        ["NET008 api: nobody declares that these may call it: Pod app/web (TCP 9090)"]
    );
    // Without any declaration nobody says what is meant.
    assert_eq!(said(&text, &[]), [""; 0]);
}

#[test]
fn addresses_are_declared_too() {
    let text = format!(
        "{PODS}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{ name: api-from-balancer, namespace: app }}\n\
         spec: {{ podSelector: {{ matchLabels: {{ app: api }} }}, ingress: [{{ from: [{{ ipBlock: {{ cidr: 10.0.0.0/16 }} }}], ports: [{{ port: 8080 }}] }}] }}\n"
    );
    let addresses = |block: &str| DeclaredEnd::Addresses {
        blocks: vec![block.parse().unwrap()],
        except: Vec::new(),
    };
    assert_eq!(
        said(&text, &[flow(addresses("10.0.0.0/16"), pods("api"), 8080)]),
        [""; 0]
    );
    let said = said(
        &text,
        &[flow(addresses("192.168.0.0/16"), pods("api"), 8080)],
    );
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].starts_with("NET004 api: ")
            && said[0].contains("cannot reach Pod app/api on TCP 8080: ingress of"),
        "{said:?}"
    );
}
