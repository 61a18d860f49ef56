//! Who may do what where: the rights that the objects give to each subject of RBAC.

pub(crate) mod roles;

use std::collections::BTreeSet;
use std::fmt;

use manifest::ResourceId;
use serde_json::Value as Json;

use self::roles::{GROUP, Roles, named_by};
use crate::cluster::{list, namespace_of, text};
use crate::document::Document;
pub use crate::security::powers::Power;

/// The most single rights that one binding is spelt out to. No role that people write comes near.
const MOST: usize = 50_000;

/// Who is allowed something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// `Group`, `ServiceAccount` or `User`.
    pub kind: String,
    /// The namespace of a `ServiceAccount`.
    pub namespace: Option<String>,
    /// The name.
    pub name: String,
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ", self.kind)?;
        if let Some(namespace) = &self.namespace {
            write!(formatter, "{namespace}/")?;
        }
        formatter.write_str(&self.name)
    }
}

/// What something may be done to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Objects of the API; `*` stands for all groups or resources.
    Resource {
        /// The API group, empty for the core.
        group: String,
        /// The resource, `pods` or `pods/exec`.
        resource: String,
        /// The one object that is meant; all where there is none.
        name: Option<String>,
    },
    /// A path of the server that is no object.
    Url(String),
    /// Whatever a role of the API server allows that is not among the objects, `edit` for instance.
    Role(String),
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resource {
                group,
                resource,
                name,
            } => {
                formatter.write_str(resource)?;
                if !group.is_empty() {
                    write!(formatter, ".{group}")?;
                }
                name.iter()
                    .try_for_each(|name| write!(formatter, " {name}"))
            }
            Self::Url(path) => formatter.write_str(path),
            Self::Role(role) => write!(formatter, "what {role} allows"),
        }
    }
}

/// One thing that a subject may do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Right {
    /// Who.
    pub subject: Subject,
    /// Where; the whole cluster where there is none.
    pub namespace: Option<String>,
    /// What it is done to.
    pub target: Target,
    /// The verb; `*` stands for all.
    pub verb: String,
}

impl Right {
    /// What makes the right a dangerous one; nothing for most.
    pub fn powers(&self) -> Vec<Power> {
        let Target::Resource {
            group, resource, ..
        } = &self.target
        else {
            return Vec::new();
        };
        let lies_in = |power: &Power| power.lies_in(&[group], &[resource], &[&self.verb]);
        Power::ALL.into_iter().filter(lies_in).collect()
    }
}

impl fmt::Display for Right {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} {}", self.subject, self.verb, self.target)?;
        match &self.namespace {
            Some(namespace) => write!(formatter, " in {namespace}"),
            None => formatter.write_str(" everywhere"),
        }
    }
}

/// A right with the objects that give it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The right.
    pub right: Right,
    /// The `RoleBinding` or `ClusterRoleBinding`.
    pub binding: ResourceId,
    /// The role that the binding names.
    pub role: String,
}

/// All rights that the bindings among the objects give, sorted by right and binding, each once.
///
/// Roles that gather others by labels have the rules of those. Of the API server's own roles only `cluster-admin` is
/// spelt out; the others are told by name ([`Target::Role`]), with what the objects add to them.
pub fn rights(documents: &[Document]) -> Vec<Grant> {
    let roles = Roles::of(documents);
    let mut grants = BTreeSet::new();
    for binding in documents {
        let is_binding = binding.id.group() == GROUP
            && matches!(&*binding.id.kind, "RoleBinding" | "ClusterRoleBinding");
        let Some((_, role)) = named_by(binding).filter(|_| is_binding) else {
            continue;
        };
        let allowed = allowed_by(&roles, binding);
        for subject in subjects(binding) {
            for (target, verb) in &allowed {
                let right = Right {
                    subject: subject.clone(),
                    namespace: binding.id.namespace.clone(),
                    target: target.clone(),
                    verb: verb.clone(),
                };
                grants.insert(Grant {
                    right,
                    binding: binding.id.clone(),
                    role: role.to_owned(),
                });
            }
        }
    }
    grants.into_iter().collect()
}

/// What a binding allows, without repetition.
fn allowed_by(roles: &Roles<'_>, binding: &Document) -> BTreeSet<(Target, String)> {
    let mut allowed = BTreeSet::new();
    let allowing: Vec<&Json> = if let Some(role) = roles.of_binding(binding) {
        let gathered = roles.rules(role).into_iter();
        gathered.map(|(_, _, rule)| rule).collect()
    } else {
        let name = named_by(binding).map_or("", |(_, name)| name);
        let target = match name {
            "cluster-admin" => Target::Resource {
                group: "*".to_owned(),
                resource: "*".to_owned(),
                name: None,
            },
            _ => Target::Role(name.to_owned()),
        };
        allowed.insert((target, "*".to_owned()));
        roles.added_to_built_in(name)
    };
    let single = allowing.into_iter().flat_map(spelt_out);
    allowed.extend(single.take(MOST));
    allowed
}

/// Every target and verb of a rule.
fn spelt_out(rule: &Json) -> impl Iterator<Item = (Target, String)> {
    let names = words(rule, "resourceNames");
    let names: Vec<Option<&str>> = if names.is_empty() {
        vec![None]
    } else {
        names.into_iter().map(Some).collect()
    };
    let (groups, resources) = (words(rule, "apiGroups"), words(rule, "resources"));
    let objects = groups.into_iter().flat_map(move |group| {
        let names = names.clone();
        resources.clone().into_iter().flat_map(move |resource| {
            names.clone().into_iter().map(move |name| Target::Resource {
                group: group.to_owned(),
                resource: resource.to_owned(),
                name: name.map(str::to_owned),
            })
        })
    });
    let paths = words(rule, "nonResourceURLs")
        .into_iter()
        .map(|path| Target::Url(path.to_owned()));
    let verbs = words(rule, "verbs");
    objects.chain(paths).flat_map(move |target| {
        let verbs = verbs.clone();
        verbs
            .into_iter()
            .map(move |verb| (target.clone(), verb.to_owned()))
    })
}

/// The words of a list in a rule.
pub(crate) fn words<'j>(rule: &'j Json, field: &str) -> Vec<&'j str> {
    let listed = rule.get(field).and_then(Json::as_array);
    let words = listed.into_iter().flatten().filter_map(Json::as_str);
    words.collect()
}

/// The subjects of a binding.
pub(crate) fn subjects(binding: &Document) -> Vec<Subject> {
    let subjects = list(&binding.value, "/subjects").filter_map(|(_, subject)| {
        let kind = text(subject, "/kind")?;
        let namespace = (kind == "ServiceAccount")
            .then(|| text(subject, "/namespace").unwrap_or(namespace_of(binding)));
        Some(Subject {
            kind: kind.to_owned(),
            namespace: namespace.map(str::to_owned),
            name: text(subject, "/name")?.to_owned(),
        })
    });
    subjects.collect()
}
