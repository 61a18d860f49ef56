//! Who may do what where, as the bindings among the objects say it.

use check::rights::{Power, rights};

use crate::documents;

const OBJECTS: &str = r#"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
- {apiGroups: [""], resources: [pods, secrets], verbs: [get, get]}
- {apiGroups: [apps], resources: [deployments/scale], resourceNames: [web], verbs: [patch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects:
- {kind: ServiceAccount, name: web}
- {kind: Group, apiGroup: rbac.authorization.k8s.io, name: team}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: monitoring}
aggregationRule:
  clusterRoleSelectors:
  - matchLabels: {gather: monitoring}
rules:
- {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: metrics, labels: {gather: monitoring, rbac.authorization.k8s.io/aggregate-to-view: "true"}}
rules:
- {nonResourceURLs: [/metrics], verbs: [get]}
- {apiGroups: [""], resources: [nodes/proxy], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: monitoring}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: monitoring}
subjects:
- {kind: ServiceAccount, namespace: watch, name: prometheus}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: editors, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects:
- {kind: Group, apiGroup: rbac.authorization.k8s.io, name: editors}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: operators}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
- {kind: User, apiGroup: rbac.authorization.k8s.io, name: root}
"#;

#[test]
fn every_right_of_every_subject_is_spelt_out_once() {
    let shown: Vec<String> = rights(&documents(OBJECTS))
        .iter()
        .map(|grant| {
            let powers: Vec<&str> = grant
                .right
                .powers()
                .into_iter()
                .map(Power::as_str)
                .collect();
            let powers = if powers.is_empty() {
                String::new()
            } else {
                format!(" [{}]", powers.join("; "))
            };
            format!(
                "{} by {} {}{powers}",
                grant.right, grant.binding.name, grant.role
            )
        })
        .collect();
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("rights", shown.join("\n"));
    });
}

#[test]
fn the_order_of_the_objects_does_not_matter() {
    let mut documents = documents(OBJECTS);
    let forwards = rights(&documents);
    documents.reverse();
    assert_eq!(rights(&documents), forwards);
}
