//! On which nodes the pods of a tier run.
//!
//! With the strategy `isolated`, pods whose size the VPA moves have nodes of their own, so that nobody else's pods make
//! way when they grow; these are the pods of Deployments, since each of those gets an autoscaler, in tiers where its
//! recommendations are applied. All other pods run on the tier's pool.

use std::collections::BTreeSet;

use environment::{CoordinationStrategy, Environment, Tier, VerticalMode};
use manifest::Manifest;
use names::ComponentName;

use super::{PODS, Whose, ensure, patching, tier_policy, validating, validation, variable};
use crate::tenancy::Pool;
use crate::tenancy::pool::NODE_POOL;

/// The pools of a tier: that of pods as they are, and that of pods whose size is moved, where it is another.
struct Pools {
    shared: Pool,
    resized: Option<Pool>,
}

impl Pools {
    fn of(environment: &Environment, tier: &Tier) -> Self {
        let isolated = tier.vpa.coordination.value == CoordinationStrategy::Isolated
            && tier.vpa.mode.value != VerticalMode::Off;
        Self {
            shared: Pool::named(environment, &tier.node_pool),
            resized: environment
                .coordinator
                .as_ref()
                .filter(|_| isolated)
                .map(|coordinator| Pool::named(environment, &coordinator.isolated_pool)),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &Pool> {
        std::iter::once(&self.shared).chain(&self.resized)
    }

    /// A CEL expression that is one thing for pods whose size is moved, and another for the rest.
    fn choice(&self, of: impl Fn(&Pool) -> String) -> String {
        let shared = of(&self.shared);
        match &self.resized {
            None => shared,
            Some(resized) => format!("variables.resized ? {} : {shared}", of(resized)),
        }
    }
}

/// What puts the tier's pods onto its nodes, and what keeps them from others.
pub(super) fn policies(
    environment: &Environment,
    name: &ComponentName,
    tier: &Tier,
) -> [Manifest; 2] {
    let pools = Pools::of(environment, tier);
    [place(name, &pools), keep(name, &pools)]
}

fn place(name: &ComponentName, pools: &Pools) -> Manifest {
    let variables = vec![
        // The pods of a Deployment are made by its ReplicaSets.
        variable(
            "resized",
            "object.metadata.?ownerReferences.orValue([]).exists(o, o.kind == \"ReplicaSet\")",
        ),
        variable("pool", pools.choice(|pool| format!("\"{}\"", pool.name))),
        variable("tolerations", pools.choice(tolerations)),
    ];
    let patches = [
        ensure("object.spec.nodeSelector", "/spec/nodeSelector", "{}"),
        format!(
            "[JSONPatch{{op: \"add\", path: \"/spec/nodeSelector/{NODE_POOL}\", value: variables.pool}}]"
        ),
        ensure("object.spec.tolerations", "/spec/tolerations", "[]"),
        "variables.tolerations.map(t, JSONPatch{op: \"add\", path: \"/spec/tolerations/-\", value: t})"
            .to_owned(),
    ];
    patching(
        tier_policy(name, "placement"),
        Whose::Tier(name),
        variables,
        &patches,
    )
}

/// The tolerations of a pool's taints, as a CEL list.
fn tolerations(pool: &Pool) -> String {
    let each: Vec<String> = pool
        .taints
        .iter()
        .map(|taint| {
            format!(
                "{{\"key\": \"{}\", \"operator\": \"Equal\", \"value\": \"{}\", \"effect\": \"{}\"}}",
                taint.key, taint.value, taint.effect
            )
        })
        .collect();
    format!("[{}]", each.join(", "))
}

fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = texts
        .into_iter()
        .map(|text| format!("\"{text}\""))
        .collect();
    format!("[{}]", quoted.join(", "))
}

fn keep(name: &ComponentName, pools: &Pools) -> Manifest {
    let names = list(pools.iter().map(|pool| pool.name.as_str()));
    let keys: BTreeSet<&str> = pools
        .iter()
        .flat_map(|pool| &pool.taints)
        .map(|taint| taint.key.as_str())
        .collect();
    let selector = validation(
        format!(
            "object.spec.?nodeSelector[?\"{NODE_POOL}\"].orValue(\"{}\") in {names}",
            pools.shared.name
        ),
        format!("a pod of a tenant of the tier {name} runs on nodes of the pools {names} only"),
    );
    // Kubernetes itself adds tolerations of what it taints nodes with for a time.
    let tolerations = validation(
        format!(
            "object.spec.?tolerations.orValue([]).all(t, t.?key.orValue(\"\").startsWith(\"node.kubernetes.io/\") || t.?key.orValue(\"\") in {})",
            list(keys)
        ),
        format!("a pod of a tenant of the tier {name} tolerates no taint of nodes of others"),
    );
    validating(
        tier_policy(name, "pools"),
        Whose::Tier(name).objects(PODS, &["CREATE"]),
        true,
        Vec::new(),
        vec![selector, tolerations],
    )
}
