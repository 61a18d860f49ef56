//! Authorization in the mesh: for each callee one policy that names its callers and what each of them may do.

use std::collections::BTreeMap;

use api::security_istio_io::v1 as istio;
use manifest::Manifest;
use names::{NamespaceName, ObjectName, WorkloadName};

use crate::{Flow, Flows, Identity, Method, OwnedManifest, Peer, ServiceAccountRef};

impl Flows {
    /// The authorization policies: one for each workload in the mesh that is called.
    ///
    /// Each caller gets a rule of its own, with who and what in one: two rules would each be enough by itself.
    #[track_caller]
    pub fn authorization_policies(&self) -> Vec<OwnedManifest> {
        let mut callees: BTreeMap<(&NamespaceName, &WorkloadName), (&Identity, Vec<&Flow>)> =
            BTreeMap::new();
        for flow in self.iter().filter(|flow| flow.in_the_mesh()) {
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
        callees
            .into_values()
            .map(|(identity, flows)| policy(identity, &flows))
            .collect()
    }
}

#[track_caller]
fn policy(identity: &Identity, flows: &[&Flow]) -> OwnedManifest {
    let policy = istio::AuthorizationPolicy {
        metadata: identity.metadata(),
        spec: Some(istio::AuthorizationPolicySpec {
            action: Some(istio::AuthorizationPolicyAction::Allow),
            selector: Some(istio::AuthorizationPolicySelector {
                match_labels: Some(identity.selector().clone()),
            }),
            rules: Some(flows.iter().filter_map(|flow| rule(flow)).collect()),
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

fn rule(flow: &Flow) -> Option<istio::AuthorizationPolicyRule> {
    let account = account(flow.from())?;
    let principal = format!(
        "cluster.local/ns/{}/sa/{}",
        account.namespace(),
        account.name()
    );
    let methods: Vec<String> = flow
        .allowed_methods()
        .iter()
        .copied()
        .map(|method| Method::as_str(method).to_owned())
        .collect();
    let source = istio::AuthorizationPolicyRuleFromSource {
        principals: Some(vec![principal]),
        ..Default::default()
    };
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
