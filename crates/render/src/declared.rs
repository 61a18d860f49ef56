//! The flows of the catalogue in the words of the checks.

use builders::{Flow, Peer, ServiceAccountRef};
use check::{DeclaredEnd, DeclaredFlow};

/// A flow that is meant to be possible.
pub(crate) fn declared(flow: &Flow) -> DeclaredFlow {
    DeclaredFlow {
        from: end(flow.from(), proves_itself(flow)),
        to: end(flow.to(), false),
        protocol: flow.port().protocol,
        port: flow.port().port.get(),
    }
}

/// Whether the callee's proxy asks the caller who it is.
fn proves_itself(flow: &Flow) -> bool {
    let is_member = matches!(flow.to(), Peer::Workload { meshed: true, .. });
    is_member && flow.in_the_mesh() && !flow.is_plain_text()
}

fn end(peer: &Peer, proves_itself: bool) -> DeclaredEnd {
    match peer {
        Peer::Workload { identity, .. } => DeclaredEnd::Pods {
            namespace: identity.namespace().to_string(),
            labels: identity.selector().clone(),
            account: None,
        },
        Peer::Pods {
            namespace,
            labels,
            account,
            ..
        } => DeclaredEnd::Pods {
            namespace: namespace.to_string(),
            labels: labels.clone(),
            account: account
                .as_ref()
                .filter(|_| proves_itself)
                .map(ServiceAccountRef::name)
                .map(ToString::to_string),
        },
        Peer::Addresses { blocks, except, .. } => DeclaredEnd::Addresses {
            blocks: blocks.clone(),
            except: except.clone(),
        },
    }
}
