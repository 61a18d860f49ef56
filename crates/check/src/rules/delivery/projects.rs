//! DELV014: the project of an Application allows what it does.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications::{self, Tree};
use crate::rules::delivery::rollouts::GROUP;
use crate::rules::delivery::scopes;

/// The project of an Application allows what it does.
pub(crate) static RULE: Rule = Rule {
    code: "DELV014",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the project of an Application allows what it does",
    why: "Argo CD refuses to compare an Application whose source or destination its project does not list, and to apply an object of a kind that it does not.",
    fix: "Add the repository, the destination or the kind to the AppProject.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for application in applications::all(cluster) {
        if let Some(project) = project_of(cluster, application) {
            sources(findings, application, project);
            destination(findings, application, project);
        }
    }
    let tree = Tree::of(cluster);
    for document in cluster.documents() {
        for owner in tree.owners(document) {
            if let Some(project) = project_of(cluster, owner.application) {
                object(findings, document, owner.application, project);
            }
        }
    }
}

/// The project of an Application, where it is one of the objects.
fn project_of<'a>(cluster: &Cluster<'a>, application: &Document) -> Option<&'a Document> {
    let name = text(&application.value, "/spec/project").unwrap_or("default");
    cluster.document(GROUP, "AppProject", namespace_of(application), name)
}

fn sources(findings: &mut Findings<'_>, application: &Document, project: &Document) {
    let allowed: Vec<&str> = list(&project.value, "/spec/sourceRepos")
        .filter_map(|(_, repository)| repository.as_str())
        .collect();
    for source in applications::sources(application) {
        let repository = source.repository();
        let denied = allowed
            .iter()
            .filter_map(|pattern| pattern.strip_prefix('!'))
            .any(|pattern| fits(pattern, repository));
        let admitted = allowed.iter().any(|pattern| fits(pattern, repository));
        if denied || !admitted {
            let message = format!(
                "project {} does not allow sources of {repository}",
                project.id.name
            );
            findings.add(application, format!("{}.repoURL", source.path), message);
        }
    }
}

/// Whether a project allows objects in a namespace of a cluster; `None` where names and servers cannot be compared.
fn allows(application: &Document, project: &Document, namespace: &str) -> Option<bool> {
    let wanted = applications::destination(application);
    let mut is_admitted = false;
    for (_, entry) in list(&project.value, "/spec/destinations") {
        let part = |field: &str| text(entry, field).filter(|part| !part.is_empty());
        let (server, name) = (part("/server"), part("/name"));
        let pattern = part("/namespace").unwrap_or("");
        let of_cluster = match (server, name) {
            (Some("*"), _) | (None, Some("*")) => true,
            (Some(server), None) => fits(server, wanted),
            (None, Some("in-cluster")) => wanted == "https://kubernetes.default.svc",
            (None, Some(name)) if wanted.contains("://") && !wanted.ends_with(".default.svc") => {
                // The name of a server that is written as an address is known to Argo CD alone.
                if fits(pattern, namespace) {
                    return None;
                }
                fits(name, wanted)
            }
            (None, Some(name)) => fits(name, wanted),
            (Some(server), Some(name)) => fits(server, wanted) || fits(name, wanted),
            (None, None) => false,
        };
        if let Some(denied) = pattern.strip_prefix('!') {
            if of_cluster && fits(denied, namespace) {
                return Some(false);
            }
        } else {
            is_admitted |= of_cluster && fits(pattern, namespace);
        }
    }
    Some(is_admitted)
}

fn destination(findings: &mut Findings<'_>, application: &Document, project: &Document) {
    let namespace = text(&application.value, "/spec/destination/namespace").unwrap_or_default();
    if allows(application, project, namespace) == Some(false) {
        let message = format!(
            "project {} does not allow namespace {namespace} of {}",
            project.id.name,
            applications::destination(application)
        );
        findings.add(application, "spec.destination", message);
    }
}

/// The kind and the namespace of an object that an Application applies.
fn object(
    findings: &mut Findings<'_>,
    document: &Document,
    application: &Document,
    project: &Document,
) {
    let (group, kind) = (document.id.group(), document.id.kind.as_ref());
    let listed = |field: &str| {
        let entries = project
            .value
            .lookup(&format!("/spec/{field}"))?
            .as_array()?;
        let part = |entry: &Json, field: &str, value: &str| {
            text(entry, field).is_some_and(|pattern| fits(pattern, value))
        };
        Some(
            entries
                .iter()
                .any(|entry| part(entry, "/group", group) && part(entry, "/kind", kind)),
        )
    };
    let is_admitted = match scopes::of(document) {
        Some(true) => {
            listed("clusterResourceWhitelist").unwrap_or(false)
                && !listed("clusterResourceBlacklist").unwrap_or(false)
        }
        Some(false) => {
            listed("namespaceResourceWhitelist").unwrap_or(true)
                && !listed("namespaceResourceBlacklist").unwrap_or(false)
        }
        None => true,
    };
    if !is_admitted {
        let message = format!(
            "project {} of Application {} does not allow the kind {kind}",
            project.id.name, application.id.name
        );
        findings.add(document, "kind", message);
    }
    let namespace = document.id.namespace.as_deref();
    if let Some(namespace) =
        namespace.filter(|namespace| allows(application, project, namespace) == Some(false))
    {
        let message = format!(
            "project {} of Application {} does not allow namespace {namespace}",
            project.id.name, application.id.name
        );
        findings.add(document, "metadata.namespace", message);
    }
}

/// Whether a pattern with `*` covers a text.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut ends_open = pattern.contains('*');
    let middle: Vec<&str> = parts.collect();
    for (position, part) in middle.iter().enumerate() {
        let is_last = position + 1 == middle.len();
        if is_last {
            ends_open = part.is_empty();
            if !ends_open {
                return rest.ends_with(part);
            }
        } else if let Some(at) = rest.find(part) {
            rest = rest.get(at + part.len()..).unwrap_or_default();
        } else {
            return false;
        }
    }
    ends_open || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_cover_any_text() {
        for (pattern, text) in [
            ("*", "x"),
            ("", ""),
            ("team-*", "team-a"),
            ("*-a", "team-a"),
            ("a*b*c", "a-b-c"),
            ("shop", "shop"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("team-*", "shop"),
            ("shop", "shop-b"),
            ("a*c", "ab"),
            ("", "x"),
        ] {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }
}
