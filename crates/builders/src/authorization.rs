//! Authorization in the mesh: for each callee one policy that names its callers and what each of them may do.

use std::collections::{BTreeMap, BTreeSet};

use api::security_istio_io::v1 as istio;
use manifest::Manifest;
use names::{NamespaceName, ObjectName, WorkloadName, annotation_key};

use crate::{Flow, Flows, Identity, Method, OwnedManifest, Peer, ServiceAccountRef};

impl Flows {
    /// The authorization policies: one for each workload in the mesh that is called.
    ///
    /// Each caller gets a rule of its own, with who and what in one: two rules would each be enough by itself.
    #[track_caller]
    pub fn authorization_policies(&self) -> Vec<OwnedManifest> {
        self.callees(Flow::in_the_mesh)
            .map(|(identity, flows)| policy(identity, &flows))
            .collect()
    }

    /// The exceptions from mutual TLS: one for each workload in the mesh that callers without a proxy come to, for the
    /// ports that they come to and no other.
    #[track_caller]
    pub fn peer_authentications(&self) -> Vec<OwnedManifest> {
        self.callees(Flow::is_plain_text)
            .map(|(identity, flows)| plain_text_ports(identity, &flows))
            .collect()
    }

    /// The workloads in the mesh that are called in some way, each with the flows that come so.
    fn callees(&self, so: impl Fn(&Flow) -> bool) -> impl Iterator<Item = (&Identity, Vec<&Flow>)> {
        let mut callees: BTreeMap<(&NamespaceName, &WorkloadName), (&Identity, Vec<&Flow>)> =
            BTreeMap::new();
        for flow in self.iter().filter(|flow| so(flow)) {
            if let Peer::Workload {
                identity,
                meshed: true,
                ..
            } = flow.to()
            {
                callees
                    .entry((identity.namespace(), identity.name()))
                    .or_insert_with(|| (identity, Vec::new()))
                    .1
                    .push(flow);
            }
        }
        callees.into_values()
    }
}

#[track_caller]
fn plain_text_ports(identity: &Identity, flows: &[&Flow]) -> OwnedManifest {
    let both = istio::PeerAuthenticationPortLevelMtls {
        mode: Some(istio::PeerAuthenticationPortLevelMtlsMode::Permissive),
    };
    let ports = flows
        .iter()
        .map(|flow| (flow.port().port.get().to_string(), both.clone()));
    let callers: BTreeSet<String> = flows.iter().map(|flow| flow.from().label()).collect();
    let policy = istio::PeerAuthentication {
        metadata: identity.metadata(),
        spec: Some(istio::PeerAuthenticationSpec {
            selector: Some(istio::PeerAuthenticationSelector {
                match_labels: Some(identity.selector().clone()),
            }),
            mtls: Some(istio::PeerAuthenticationMtls {
                mode: Some(istio::PeerAuthenticationMtlsMode::Strict),
            }),
            port_level_mtls: Some(ports.collect()),
        }),
    };
    let name: ObjectName = identity.name().with_suffix("-plain-text");
    let callers: Vec<String> = callers.into_iter().collect();
    let manifest = Manifest::namespaced(identity.namespace(), name, policy).annotate(
        annotation_key!("platform/plain-text-reason"),
        format!(
            "{}: outside of the mesh, let in by network policy",
            callers.join(", ")
        ),
    );
    OwnedManifest {
        application: identity.application().clone(),
        manifest,
    }
}

#[track_caller]
fn policy(identity: &Identity, flows: &[&Flow]) -> OwnedManifest {
    // Several workloads may run under one account.
    let mut rules: Vec<istio::AuthorizationPolicyRule> = Vec::new();
    for rule in flows.iter().filter_map(|flow| rule(flow)) {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let policy = istio::AuthorizationPolicy {
        metadata: identity.metadata(),
        spec: Some(istio::AuthorizationPolicySpec {
            action: Some(istio::AuthorizationPolicyAction::Allow),
            selector: Some(istio::AuthorizationPolicySelector {
                match_labels: Some(identity.selector().clone()),
            }),
            rules: Some(rules),
            ..Default::default()
        }),
    };
    let name: ObjectName = identity.name().with_suffix("-authz");
    let manifest = Manifest::namespaced(identity.namespace(), name, policy);
    OwnedManifest {
        application: identity.application().clone(),
        manifest,
    }
}

/// The account that a peer proves itself with; addresses have none.
fn account(peer: &Peer) -> Option<&ServiceAccountRef> {
    match peer {
        Peer::Workload {
            account,
            meshed: true,
            ..
        } => Some(account),
        Peer::Pods { account, .. } => account.as_ref(),
        Peer::Workload { .. } | Peer::Addresses { .. } => None,
    }
}

/// Who comes: the account that it proves itself with, or nobody in particular where it comes in plain text.
fn source(flow: &Flow) -> Option<istio::AuthorizationPolicyRuleFromSource> {
    if flow.is_plain_text() {
        return Some(istio::AuthorizationPolicyRuleFromSource {
            not_principals: Some(vec!["*".to_owned()]),
            ip_blocks: blocks(flow.from()),
            ..Default::default()
        });
    }
    let account = account(flow.from())?;
    let principal = format!(
        "cluster.local/ns/{}/sa/{}",
        account.namespace(),
        account.name()
    );
    Some(istio::AuthorizationPolicyRuleFromSource {
        principals: Some(vec![principal]),
        ..Default::default()
    })
}

/// The addresses that a peer comes from, where these are what it is known by.
fn blocks(peer: &Peer) -> Option<Vec<String>> {
    match peer {
        Peer::Addresses { blocks, .. } => Some(blocks.iter().map(ToString::to_string).collect()),
        Peer::Workload { .. } | Peer::Pods { .. } => None,
    }
}

fn rule(flow: &Flow) -> Option<istio::AuthorizationPolicyRule> {
    let source = source(flow)?;
    let methods: Vec<String> = flow
        .allowed_methods()
        .iter()
        .copied()
        .map(|method| Method::as_str(method).to_owned())
        .collect();
    let operation = istio::AuthorizationPolicyRuleToOperation {
        ports: Some(vec![flow.port().port.get().to_string()]),
        methods: (!methods.is_empty()).then_some(methods),
        ..Default::default()
    };
    Some(istio::AuthorizationPolicyRule {
        from: Some(vec![istio::AuthorizationPolicyRuleFrom {
            source: Some(source),
        }]),
        to: Some(vec![istio::AuthorizationPolicyRuleTo {
            operation: Some(operation),
        }]),
        ..Default::default()
    })
}
