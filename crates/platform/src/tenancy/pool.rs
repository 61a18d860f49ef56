//! Pools of nodes as pods choose them: by a label, with what they have to put up with there.

use std::collections::BTreeMap;

use environment::{Environment, Taint};
use names::{LabelKey, LabelValue, ObjectName, label_key};

/// The label that says which pool a node is of.
pub(crate) const NODE_POOL: LabelKey = label_key!("node-pool");

/// A pool of nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pool {
    /// The value of the label.
    pub(crate) name: String,
    /// What keeps other pods away.
    pub(crate) taints: Vec<Taint>,
}

impl Pool {
    /// The pool of this name, which rules hold to exist.
    pub(crate) fn named(environment: &Environment, name: &ObjectName) -> Self {
        let nodes = &environment.nodes;
        let provisioned = nodes.provisioned.get(name);
        let labels = provisioned
            .map(|pool| &pool.labels)
            .or_else(|| nodes.pools.get(name).map(|pool| &pool.labels));
        Self {
            name: labels
                .and_then(|labels| labels.get(&NODE_POOL))
                .map_or_else(|| name.to_string(), LabelValue::to_string),
            taints: provisioned.map_or_else(Vec::new, |pool| pool.taints.clone()),
        }
    }

    /// The labels of its nodes, as selectors take them.
    pub(crate) fn labels(&self) -> BTreeMap<String, String> {
        BTreeMap::from([(NODE_POOL.to_string(), self.name.clone())])
    }
}
