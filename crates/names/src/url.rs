//! Addresses of services, repositories and buckets.

use crate::host::is_host_name;
use crate::port::Port;
use crate::rules::{equal, number, split};
use crate::text::text;

text! {
    /// A URL with one of the schemes that manifests use (`https`, `http`, `oci`, `git`, `s3`,
    /// `gs`), a host and no credentials.
    Url {
        kind: "URL",
        maximum: 2048,
        rule: is_url,
        expected: "a scheme (https, http, oci, git, s3 or gs), `://` and a host, without user name, spaces and fragment",
        example: "https://api.example.com/v1",
    }
}

impl Url {
    /// The part before `://`.
    pub fn scheme(&self) -> &str {
        self.as_str()
            .split_once("://")
            .map_or("", |(scheme, _)| scheme)
    }

    /// The host, which for `s3` and `gs` is the bucket; an IPv6 address comes with its brackets.
    pub fn host(&self) -> &str {
        let authority = self.authority();
        match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => host,
            _ => authority,
        }
    }

    /// The port, if it is written.
    pub fn port(&self) -> Option<Port> {
        self.authority()
            .strip_prefix(self.host())?
            .strip_prefix(':')?
            .parse()
            .ok()
    }

    /// The port that a client connects to: the written one, or that of the scheme; none for `s3`
    /// and `gs`.
    pub fn effective_port(&self) -> Option<Port> {
        self.port().or_else(|| match self.scheme() {
            "https" | "oci" => Some(crate::port!(443)),
            "http" => Some(crate::port!(80)),
            "git" => Some(crate::port!(9418)),
            _ => None,
        })
    }

    /// The path with its first slash, and with the query; empty where there is none.
    pub fn path(&self) -> &str {
        let rest = self.rest();
        rest.find(['/', '?']).map_or("", |start| &rest[start..])
    }

    /// Whether traffic to it is encrypted.
    pub fn is_encrypted(&self) -> bool {
        !matches!(self.scheme(), "http" | "git")
    }

    fn authority(&self) -> &str {
        let rest = self.rest();
        rest.find(['/', '?']).map_or(rest, |end| &rest[..end])
    }

    fn rest(&self) -> &str {
        self.as_str().split_once("://").map_or("", |(_, rest)| rest)
    }
}

const SCHEMES: [&[u8]; 6] = [b"https", b"http", b"oci", b"git", b"s3", b"gs"];

const fn is_url(text: &[u8]) -> bool {
    let (scheme, Some(rest)) = split(text, b':') else {
        return false;
    };
    let mut index = 0;
    while index < SCHEMES.len() && !equal(scheme, SCHEMES[index]) {
        index += 1;
    }
    if index == SCHEMES.len() || text.len() > 2048 {
        return false;
    }
    let Some((b"//", rest)) = rest.split_first_chunk::<2>() else {
        return false;
    };
    let mut end = 0;
    while end < rest.len() && !matches!(rest[end], b'/' | b'?') {
        end += 1;
    }
    let (authority, path) = rest.split_at(end);
    is_authority(authority) && is_path_and_query(path)
}

/// A DNS name, an IPv4 address or an IPv6 address in brackets, and maybe a port.
const fn is_authority(text: &[u8]) -> bool {
    if let Some((b'[', rest)) = text.split_first() {
        let (address, Some(after)) = split(rest, b']') else {
            return false;
        };
        return is_ipv6(address)
            && (after.is_empty()
                || matches!(split(after, b':'), (b"", Some(port)) if is_port(port)));
    }
    let (host, port) = split(text, b':');
    let port_is_good = match port {
        Some(port) => is_port(port),
        None => true,
    };
    port_is_good && (is_host_name(host) || is_ipv4(host))
}

const fn is_port(text: &[u8]) -> bool {
    matches!(number(text, false), Some(1..=65535))
}

const fn is_ipv4(text: &[u8]) -> bool {
    let mut rest = text;
    let mut count = 0;
    loop {
        let (part, after) = split(rest, b'.');
        count += 1;
        if !matches!(number(part, false), Some(0..=255)) {
            return false;
        }
        match after {
            Some(after) => rest = after,
            None => return count == 4,
        }
    }
}

/// Groups of up to four hexadecimal digits: eight of them, or fewer with one `::`.
const fn is_ipv6(text: &[u8]) -> bool {
    let mut groups = 0;
    let mut digits = 0;
    let mut shortened = false;
    let mut index = 0;
    while index < text.len() {
        if text[index] == b':' {
            let double = index + 1 < text.len() && text[index + 1] == b':';
            if double {
                if shortened {
                    return false;
                }
                shortened = true;
                index += 1;
            } else if digits == 0 || index + 1 == text.len() {
                return false;
            }
            digits = 0;
        } else {
            if !text[index].is_ascii_hexdigit() || digits == 4 {
                return false;
            }
            if digits == 0 {
                groups += 1;
            }
            digits += 1;
        }
        index += 1;
    }
    if shortened { groups < 8 } else { groups == 8 }
}

/// Visible ASCII without a fragment and without what RFC 3986 leaves out.
const fn is_path_and_query(text: &[u8]) -> bool {
    let mut index = 0;
    while index < text.len() {
        if !text[index].is_ascii_graphic()
            || matches!(
                text[index],
                b'#' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'[' | b']'
            )
        {
            return false;
        }
        index += 1;
    }
    true
}
