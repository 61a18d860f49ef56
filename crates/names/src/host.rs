//! DNS names, and the paths that requests are routed by.

use crate::rules::{self, LABEL_MAXIMUM, SUBDOMAIN_MAXIMUM, split, starts_with};
use crate::text::sealed::Trusted as _;
use crate::text::text;
use crate::{NamespaceName, ServiceName};

/// Most characters of a path in a route of the Gateway API.
const PATH_MAXIMUM: usize = 1024;

text! {
    /// The DNS name of a host: `api.example.com`, or `postgresql` inside a cluster. Not an IP
    /// address, no wildcard.
    HostName {
        kind: "host name",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: is_host_name,
        expected: "a lowercase DNS name with at most 63 characters between dots, not an IP address",
        example: "api.example.com",
    }
}

text! {
    /// A DNS name whose first label may be the wildcard `*`, as listeners, routes and certificates
    /// take it.
    HostPattern {
        kind: "host pattern",
        maximum: SUBDOMAIN_MAXIMUM,
        rule: is_host_pattern,
        expected: "a lowercase DNS name, or one behind `*.`",
        example: "*.example.com",
    }
}

text! {
    /// The start of the paths that a route is for: absolute, without a query, and in normal form.
    PathPrefix {
        kind: "path prefix",
        maximum: PATH_MAXIMUM,
        rule: is_path,
        expected: "an absolute path without query, fragment, empty parts, `.`, `..` and encoded slashes",
        example: "/api/v1",
    }
}

impl HostName {
    /// The labels between the dots.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.as_str().split('.')
    }

    /// Whether this is `domain` or a name below it.
    pub fn is_within(&self, domain: &Self) -> bool {
        self.as_str()
            .strip_suffix(domain.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// The name of `label` below this one.
    pub fn child(&self, label: &str) -> Result<Self, crate::Invalid> {
        format!("{label}.{self}").parse()
    }
}

impl ServiceName {
    /// The DNS name of the Service from anywhere in the cluster, whatever the cluster's domain:
    /// `redis.production.svc`.
    pub fn host(&self, namespace: &NamespaceName) -> HostName {
        HostName::trusted(format!("{self}.{namespace}.svc").into())
    }

    /// The DNS name that needs no search list, under the usual cluster domain:
    /// `redis.production.svc.cluster.local`.
    pub fn full_host(&self, namespace: &NamespaceName) -> HostName {
        HostName::trusted(format!("{self}.{namespace}.svc.cluster.local").into())
    }
}

impl HostPattern {
    /// Whether the pattern stands for this host; the wildcard stands for one label or more, as in
    /// the Gateway API.
    pub fn matches(&self, host: &HostName) -> bool {
        match self.as_str().strip_prefix('*') {
            Some(domain) => host.as_str().len() > domain.len() && host.as_str().ends_with(domain),
            None => self.as_str() == host.as_str(),
        }
    }
}

pub(crate) const fn is_host_name(text: &[u8]) -> bool {
    if !rules::is_subdomain(text) {
        return false;
    }
    let mut rest = text;
    loop {
        let (label, after) = split(rest, b'.');
        if label.len() > LABEL_MAXIMUM {
            return false;
        }
        match after {
            Some(after) => rest = after,
            // No top-level domain is a number, and IPv4 addresses end in one.
            None => return rules::number(label, true).is_none(),
        }
    }
}

const fn is_host_pattern(text: &[u8]) -> bool {
    if text.len() > SUBDOMAIN_MAXIMUM {
        return false;
    }
    if starts_with(text, b"*.") {
        is_host_name(text.split_at(2).1)
    } else {
        is_host_name(text)
    }
}

const fn is_path(text: &[u8]) -> bool {
    let (b"", Some(mut rest)) = split(text, b'/') else {
        return false;
    };
    if text.len() > PATH_MAXIMUM {
        return false;
    }
    loop {
        let (part, after) = split(rest, b'/');
        let last = after.is_none();
        if (part.is_empty() && !last) || !is_path_part(part) {
            return false;
        }
        match after {
            Some(after) => rest = after,
            None => return true,
        }
    }
}

/// What RFC 3986 allows between two slashes, except the names of this and the parent folder and
/// encoded slashes.
pub(crate) const fn is_path_part(text: &[u8]) -> bool {
    if matches!(text, b"." | b"..") {
        return false;
    }
    let mut index = 0;
    while index < text.len() {
        match text[index] {
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+'
            | b',' | b';' | b'=' | b':' | b'@' => {}
            b'%' => {
                let encoded = index + 2 < text.len()
                    && text[index + 1].is_ascii_hexdigit()
                    && text[index + 2].is_ascii_hexdigit();
                if !encoded
                    || (text[index + 1] == b'2' && text[index + 2].eq_ignore_ascii_case(&b'f'))
                {
                    return false;
                }
            }
            byte if byte.is_ascii_alphanumeric() => {}
            _ => return false,
        }
        index += 1;
    }
    true
}
