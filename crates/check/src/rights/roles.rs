//! The roles among the objects, with the rules that aggregation brings into them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::cluster::{Labels, labels, list, namespace_of, selector, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// The API group of roles and bindings.
pub(crate) const GROUP: &str = "rbac.authorization.k8s.io";

/// The cluster roles for users that the API server makes, each with those whose rules it takes in (Kubernetes'
/// documentation of RBAC, user-facing roles).
const FOR_USERS: [(&str, &[&str]); 3] = [
    ("view", &["view"]),
    ("edit", &["view", "edit"]),
    ("admin", &["view", "edit", "admin"]),
];

/// Kind, namespace (empty for the whole cluster) and name.
type Key<'a> = (&'a str, &'a str, &'a str);

/// All roles, found by what a binding says of them.
pub(crate) struct Roles<'a> {
    roles: BTreeMap<Key<'a>, &'a Document>,
    /// The cluster roles with labels, for aggregation.
    labelled: Vec<(&'a Document, Labels)>,
}

impl<'a> Roles<'a> {
    /// The roles among these documents.
    pub(crate) fn of(documents: impl IntoIterator<Item = &'a Document>) -> Self {
        let is_role = |document: &&Document| {
            document.id.group() == GROUP && matches!(&*document.id.kind, "Role" | "ClusterRole")
        };
        let mut roles = Self {
            roles: BTreeMap::new(),
            labelled: Vec::new(),
        };
        for role in documents.into_iter().filter(is_role) {
            // A ClusterRole has no namespace, whatever somebody wrote.
            let is_everywhere = role.id.kind == "ClusterRole";
            let namespace = if is_everywhere {
                ""
            } else {
                namespace_of(role)
            };
            let key = (role.id.kind.as_ref(), namespace, role.id.name.as_str());
            roles.roles.insert(key, role);
            let labels = labels(role.value.lookup("/metadata/labels"));
            if role.id.kind == "ClusterRole" && !labels.is_empty() {
                roles.labelled.push((role, labels));
            }
        }
        roles
    }

    /// All roles, by kind, namespace and name.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'a Document> + '_ {
        self.roles.values().copied()
    }

    /// The role that a binding names.
    pub(crate) fn of_binding(&self, binding: &Document) -> Option<&'a Document> {
        let (kind, name) = named_by(binding)?;
        let namespace = if kind == "Role" {
            namespace_of(binding)
        } else {
            ""
        };
        self.roles.get(&(kind, namespace, name)).copied()
    }

    /// The cluster roles whose labels a selector of an aggregation accepts.
    pub(crate) fn accepted(&self, wanted: &Json) -> Vec<&'a Document> {
        let fits = self
            .labelled
            .iter()
            .filter(|(_, labels)| selector::matches(wanted, labels));
        fits.map(|(role, _)| *role).collect()
    }

    /// The rules of a role with the documents they stand in, those of the roles that it gathers included.
    pub(crate) fn rules(&self, role: &'a Document) -> Vec<(&'a Document, usize, &'a Json)> {
        let mut seen = BTreeSet::new();
        let mut rules = Vec::new();
        let mut open = vec![role];
        while let Some(role) = open.pop() {
            if !seen.insert(&role.id) {
                continue;
            }
            let gathered: Vec<_> = list(&role.value, "/aggregationRule/clusterRoleSelectors")
                .flat_map(|(_, wanted)| self.accepted(wanted))
                .collect();
            // The controller writes the rules of a role that gathers, over whatever stands there.
            if role.value.get("aggregationRule").is_none_or(Json::is_null) {
                let own = list(&role.value, "/rules");
                rules.extend(own.map(|(index, rule)| (role, index, rule)));
            }
            open.extend(gathered);
        }
        rules
    }

    /// The rules that documents add to one of the server's roles for users.
    pub(crate) fn added_to_built_in(&self, name: &str) -> Vec<&'a Json> {
        let Some((_, parts)) = FOR_USERS.iter().find(|(role, _)| *role == name) else {
            return Vec::new();
        };
        let keys: Vec<String> = parts
            .iter()
            .map(|part| format!("{GROUP}/aggregate-to-{part}"))
            .collect();
        let adds = |labels: &Labels| {
            keys.iter()
                .any(|key| labels.get(key).is_some_and(|value| value == "true"))
        };
        let adding = self.labelled.iter().filter(|(_, labels)| adds(labels));
        adding
            .flat_map(|(role, _)| self.rules(role))
            .map(|(_, _, rule)| rule)
            .collect()
    }
}

/// Kind and name of the role that a binding names.
pub(crate) fn named_by(binding: &Document) -> Option<(&str, &str)> {
    Some((
        text(&binding.value, "/roleRef/kind")?,
        text(&binding.value, "/roleRef/name")?,
    ))
}
