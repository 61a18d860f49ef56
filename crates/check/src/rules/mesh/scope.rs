//! To which namespaces an object of the mesh is exported, and which names mean the same host.

use std::borrow::Cow;

use crate::cluster::{list, namespace_of};
use crate::document::Document;

/// The scope that stands for all namespaces.
pub(super) const EVERYWHERE: &str = "*";

/// The namespaces that see an object by its `exportTo`.
pub(super) fn of(document: &Document) -> Vec<&str> {
    let written: Vec<&str> = list(&document.value, "/spec/exportTo")
        .filter_map(|(_, scope)| scope.as_str())
        .collect();
    if written.is_empty() || written.contains(&EVERYWHERE) {
        return vec![EVERYWHERE];
    }
    let own = |scope| {
        if scope == "." {
            namespace_of(document)
        } else {
            scope
        }
    };
    written.into_iter().map(own).collect()
}

/// Whether a namespace sees what is exported to these scopes.
pub(super) fn sees(scopes: &[&str], namespace: &str) -> bool {
    scopes
        .iter()
        .any(|scope| *scope == EVERYWHERE || *scope == namespace)
}

/// A host with its namespace and the cluster's domain; names outside of the cluster stay as they are.
pub(super) fn full_host<'h>(host: &'h str, namespace: &str) -> Cow<'h, str> {
    if host.contains('*') {
        Cow::Borrowed(host)
    } else if !host.contains('.') {
        Cow::Owned(format!("{host}.{namespace}.svc.cluster.local"))
    } else if host.split('.').count() == 3 && host.rsplit('.').next() == Some("svc") {
        Cow::Owned(format!("{host}.cluster.local"))
    } else {
        Cow::Borrowed(host)
    }
}

/// Whether two hosts, either of which may begin with a wildcard, have a name in common.
pub(super) fn overlap(left: &str, right: &str) -> bool {
    match (left.strip_prefix('*'), right.strip_prefix('*')) {
        (Some(left), Some(right)) => left.ends_with(right) || right.ends_with(left),
        (Some(suffix), None) => right.ends_with(suffix),
        (None, Some(suffix)) => left.ends_with(suffix),
        (None, None) => left == right,
    }
}

#[cfg(test)]
mod tests {
    use super::{full_host, overlap, sees};

    #[test]
    fn short_names_belong_to_their_namespace() {
        assert_eq!(full_host("web", "shop"), "web.shop.svc.cluster.local");
        assert_eq!(full_host("web.shop.svc", "x"), "web.shop.svc.cluster.local");
        assert_eq!(full_host("example.com", "shop"), "example.com");
        assert_eq!(full_host("*", "shop"), "*");
    }

    #[test]
    fn wildcards_overlap_with_what_they_cover() {
        assert!(overlap("*", "a.example.com"));
        assert!(overlap("*.example.com", "*.com"));
        assert!(overlap("a.example.com", "*.example.com"));
        assert!(!overlap("*.example.com", "*.example.org"));
        assert!(!overlap("a.example.com", "example.com"));
        assert!(sees(&["*"], "shop") && sees(&["shop"], "shop") && !sees(&["shop"], "bar"));
    }
}
