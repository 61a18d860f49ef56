//! The rights from which a subject can get more than it was given.

use crate::cluster::Cluster;
use crate::document::Document;
use crate::report::Findings;
use crate::rights::roles::{GROUP, Roles, named_by};
use crate::rights::{subjects, words};

/// A right from which a subject can get more than it was given (Kubernetes' RBAC good practices).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Power {
    /// Everything, to everything.
    Everything,
    /// Secrets: whoever reads them is whoever they belong to.
    Secrets,
    /// Making pods: they run as any account of the namespace and mount its Secrets.
    CreatePods,
    /// A shell in pods that run.
    Exec,
    /// Giving rights that one does not have, or acting as somebody else.
    Escalate,
    /// The kubelet's own API, which no admission sees.
    NodeProxy,
    /// Tokens and client certificates of others.
    Tokens,
    /// Webhooks that see and change every object.
    Webhooks,
}

/// What one kind of power lies in: groups, resources and verbs; one of each is enough.
type Shape = (
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

/// The verbs that change something.
const WRITE: &[&str] = &["create", "update", "patch"];
/// All verbs of objects that a client uses.
const USUAL: [&str; 7] = [
    "get", "list", "watch", "create", "update", "patch", "delete",
];

impl Power {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Everything,
        Self::Secrets,
        Self::CreatePods,
        Self::Exec,
        Self::Escalate,
        Self::NodeProxy,
        Self::Tokens,
        Self::Webhooks,
    ];

    /// What somebody with the power may do.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Everything => "do everything",
            Self::Secrets => "read or write Secrets",
            Self::CreatePods => "create pods",
            Self::Exec => "run commands in pods",
            Self::Escalate => "take more rights, or act as others",
            Self::NodeProxy => "reach the kubelets past the API server",
            Self::Tokens => "get tokens or certificates of others",
            Self::Webhooks => "change the webhooks of admission",
        }
    }

    fn shapes(self) -> &'static [Shape] {
        match self {
            Self::Everything => &[],
            Self::Secrets => &[(
                &[""],
                &["secrets"],
                &[
                    "get", "list", "watch", "create", "update", "patch", "delete",
                ],
            )],
            Self::CreatePods => &[
                (&[""], &["pods", "replicationcontrollers"], &["create"]),
                (
                    &["apps"],
                    &["deployments", "statefulsets", "daemonsets", "replicasets"],
                    &["create"],
                ),
                (&["batch"], &["jobs", "cronjobs"], &["create"]),
                (&["argoproj.io"], &["rollouts", "workflows"], &["create"]),
            ],
            Self::Exec => &[(&[""], &["pods/exec", "pods/attach"], &["get", "create"])],
            Self::Escalate => &[
                (&[GROUP], &["roles", "clusterroles"], &["bind", "escalate"]),
                (
                    &["", "authentication.k8s.io"],
                    &["users", "groups", "serviceaccounts", "uids", "userextras"],
                    &["impersonate"],
                ),
            ],
            Self::NodeProxy => &[(
                &[""],
                &["nodes/proxy"],
                &["get", "create", "update", "patch", "delete"],
            )],
            Self::Tokens => &[
                (&[""], &["serviceaccounts/token"], &["create"]),
                (
                    &["certificates.k8s.io"],
                    &["certificatesigningrequests/approval"],
                    &["update", "patch"],
                ),
                (&["certificates.k8s.io"], &["signers"], &["approve", "sign"]),
            ],
            Self::Webhooks => &[(
                &["admissionregistration.k8s.io"],
                &[
                    "mutatingwebhookconfigurations",
                    "validatingwebhookconfigurations",
                    "mutatingadmissionpolicies",
                    "mutatingadmissionpolicybindings",
                ],
                WRITE,
            )],
        }
    }

    /// Whether the power lies in a rule of these groups, resources and verbs.
    pub fn lies_in(
        self,
        groups: &[impl AsRef<str>],
        resources: &[impl AsRef<str>],
        verbs: &[impl AsRef<str>],
    ) -> bool {
        if self == Self::Everything {
            let all_verbs = has(verbs, "*") || USUAL.iter().all(|verb| has(verbs, verb));
            return has(groups, "*") && has(resources, "*") && all_verbs;
        }
        self.shapes().iter().any(|(in_groups, of, by)| {
            let group = has(groups, "*") || in_groups.iter().any(|group| has(groups, group));
            let resource = has(resources, "*") || of.iter().any(|one| covers(resources, one));
            group && resource && (has(verbs, "*") || by.iter().any(|verb| has(verbs, verb)))
        })
    }
}

fn has(words: &[impl AsRef<str>], word: &str) -> bool {
    words.iter().any(|one| one.as_ref() == word)
}

/// Whether a resource is named, itself or by `*/subresource`.
fn covers(resources: &[impl AsRef<str>], resource: &str) -> bool {
    let below = resource.split_once('/').map(|(_, below)| below);
    has(resources, resource) || below.is_some_and(|below| has(resources, &format!("*/{below}")))
}

/// Reports a power: at the bindings that give it, and at the roles that have it and that nobody is bound to. A role
/// that allows everything is told once, as that.
pub(crate) fn report(cluster: &Cluster<'_>, findings: &mut Findings<'_>, power: Power) {
    let of_kind = |kind| cluster.of_kind(GROUP, kind).iter().copied();
    let roles = Roles::of(of_kind("Role").chain(of_kind("ClusterRole")));
    let mut bound = std::collections::BTreeSet::new();
    for binding in of_kind("RoleBinding").chain(of_kind("ClusterRoleBinding")) {
        let role = roles.of_binding(binding);
        bound.extend(role.map(|role| &role.id));
        // Bindings of the server's own, and of the provider's.
        if is_of_the_server(&binding.id.name) {
            continue;
        }
        let named = named_by(binding);
        let by = if power == Power::Everything && named == Some(("ClusterRole", "cluster-admin")) {
            Some("ClusterRole cluster-admin".to_owned())
        } else {
            let found = role.and_then(|role| found_in(&roles, role, power));
            found.map(|(place, _)| place)
        };
        if let Some(by) = by {
            let who = shown_subjects(binding);
            let message = format!("{who} may {}, by {by}", power.as_str());
            findings.add(binding, "roleRef", message);
        }
    }
    for role in roles.all() {
        if bound.contains(&role.id) || is_of_the_server(&role.id.name) {
            continue;
        }
        if let Some((_, Some(index))) = found_in(&roles, role, power) {
            let message = format!("whoever is bound to it may {}", power.as_str());
            findings.add(role, format!("rules[{index}]"), message);
        }
    }
}

/// Whether the API server, or the provider who runs it, makes roles and bindings of this name.
pub(crate) fn is_of_the_server(name: &str) -> bool {
    matches!(name, "admin" | "cluster-admin" | "edit" | "view")
        || name.starts_with("system:")
        || name.starts_with("gce:")
}

/// Where a role has a power: the rule in words, and its place if it stands in the role itself.
fn found_in<'a>(
    roles: &Roles<'a>,
    role: &'a Document,
    power: Power,
) -> Option<(String, Option<usize>)> {
    let lies_in = |power: Power, rule: &serde_json::Value| {
        let (groups, resources) = (words(rule, "apiGroups"), words(rule, "resources"));
        power.lies_in(&groups, &resources, &words(rule, "verbs"))
    };
    let (place, index, _) = roles.rules(role).into_iter().find(|(_, _, rule)| {
        lies_in(power, rule) && (power == Power::Everything || !lies_in(Power::Everything, rule))
    })?;
    let own = place.id == role.id;
    let shown = format!("{} {}, rules[{index}]", place.id.kind, place.id.name);
    Some((shown, own.then_some(index)))
}

/// The subjects of a binding in one line.
fn shown_subjects(binding: &Document) -> String {
    let subjects = subjects(binding);
    let shown: Vec<String> = subjects.iter().take(3).map(ToString::to_string).collect();
    match (shown.is_empty(), subjects.len().saturating_sub(3)) {
        (true, _) => "nobody yet".to_owned(),
        (false, 0) => shown.join(", "),
        (false, more) => format!("{} and {more} more", shown.join(", ")),
    }
}
