//! The rules of Kubernetes for names, labels and keys, as functions that the compiler can run.
//!
//! They follow `k8s.io/apimachinery/pkg/util/validation`. All work on bytes, so anything that is
//! not ASCII is refused.

/// Most characters of a DNS label.
pub const LABEL_MAXIMUM: usize = 63;
/// Most characters of a DNS subdomain, of an object name and of a key in a `ConfigMap` or Secret.
pub const SUBDOMAIN_MAXIMUM: usize = 253;
/// Most characters of a named port.
pub const PORT_NAME_MAXIMUM: usize = 15;
/// Most characters of a workload name: a `CronJob` leaves 11 of 63 for the suffix of its Jobs, and
/// the `controller-revision-hash` label of `StatefulSets` and `DaemonSets` needs as many.
pub const WORKLOAD_MAXIMUM: usize = 52;

/// Lowercase letters, digits and dashes, alphanumeric at both ends, at most 63 (RFC 1123 label).
pub const fn is_label(text: &[u8]) -> bool {
    text.len() <= LABEL_MAXIMUM && is_dashed(text)
}

/// As [`is_label`], and a letter comes first (RFC 1035 label); what a Service must be called on
/// every Kubernetes version.
pub const fn is_service_label(text: &[u8]) -> bool {
    is_label(text) && text[0].is_ascii_lowercase()
}

/// As [`is_service_label`], at most 52 characters.
pub const fn is_workload_name(text: &[u8]) -> bool {
    text.len() <= WORKLOAD_MAXIMUM && is_service_label(text)
}

/// Labels joined by dots, at most 253 characters (RFC 1123 subdomain). As in Kubernetes, a single
/// part may be longer than 63.
pub const fn is_subdomain(text: &[u8]) -> bool {
    if text.len() > SUBDOMAIN_MAXIMUM {
        return false;
    }
    let mut rest = text;
    loop {
        let (part, after) = split(rest, b'.');
        if !is_dashed(part) {
            return false;
        }
        match after {
            Some(after) => rest = after,
            None => return true,
        }
    }
}

/// Lowercase letters, digits and single dashes, at least one letter, alphanumeric at both ends, at
/// most 15 (IANA service name).
pub const fn is_port_name(text: &[u8]) -> bool {
    if text.len() > PORT_NAME_MAXIMUM || !is_dashed(text) {
        return false;
    }
    let mut letter = false;
    let mut index = 0;
    while index < text.len() {
        if text[index].is_ascii_lowercase() {
            letter = true;
        }
        if text[index] == b'-' && text[index - 1] == b'-' {
            return false;
        }
        index += 1;
    }
    letter
}

/// The name of a Role or `ClusterRole`: one segment of a path, so `system:auth-delegator` is one;
/// visible ASCII without `/` and `%`.
pub const fn is_path_segment(text: &[u8]) -> bool {
    if text.is_empty() || text.len() > SUBDOMAIN_MAXIMUM || is_dots(text) {
        return false;
    }
    let mut index = 0;
    while index < text.len() {
        if !text[index].is_ascii_graphic() || matches!(text[index], b'/' | b'%') {
            return false;
        }
        index += 1;
    }
    true
}

/// An optional DNS subdomain and a slash, then at most 63 letters, digits, `-`, `_` and `.`,
/// alphanumeric at both ends.
pub const fn is_label_key(text: &[u8]) -> bool {
    match split(text, b'/') {
        (name, None) => is_qualified_part(name),
        (prefix, Some(name)) => is_subdomain(prefix) && is_qualified_part(name),
    }
}

/// As [`is_label_key`], except that letters of the prefix may be upper-case: the API server lowers
/// annotation keys before it looks.
pub const fn is_annotation_key(text: &[u8]) -> bool {
    match split(text, b'/') {
        (name, None) => is_qualified_part(name),
        (prefix, Some(name)) => {
            let mut lower = [0; SUBDOMAIN_MAXIMUM];
            if prefix.len() > SUBDOMAIN_MAXIMUM {
                return false;
            }
            let mut index = 0;
            while index < prefix.len() {
                lower[index] = prefix[index].to_ascii_lowercase();
                index += 1;
            }
            is_subdomain(lower.split_at(prefix.len()).0) && is_qualified_part(name)
        }
    }
}

/// Nothing at all, or what the name part of a label key may be.
pub const fn is_label_value(text: &[u8]) -> bool {
    text.is_empty() || is_qualified_part(text)
}

/// Letters, digits, `-`, `_` and `.`, at most 253; neither `.` nor anything that starts with `..`,
/// since it becomes a file name.
pub const fn is_data_key(text: &[u8]) -> bool {
    if text.is_empty()
        || text.len() > SUBDOMAIN_MAXIMUM
        || is_dots(text)
        || (text.len() > 1 && text[0] == b'.' && text[1] == b'.')
    {
        return false;
    }
    let mut index = 0;
    while index < text.len() {
        if !is_word(text[index]) {
            return false;
        }
        index += 1;
    }
    true
}

/// Printable ASCII without `=`: the relaxed rule, in force by default since Kubernetes 1.32.
pub const fn is_environment_variable(text: &[u8]) -> bool {
    let mut index = 0;
    while index < text.len() {
        if !matches!(text[index], b' '..=b'~') || text[index] == b'=' {
            return false;
        }
        index += 1;
    }
    !text.is_empty()
}

/// The part of `text` before the first `separator`, and what follows it.
pub(crate) const fn split(text: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    match find(text, separator) {
        Some(index) => {
            let (before, after) = text.split_at(index);
            (before, Some(after.split_at(1).1))
        }
        None => (text, None),
    }
}

/// Where `wanted` first stands in `text`.
pub(crate) const fn find(text: &[u8], wanted: u8) -> Option<usize> {
    let mut index = 0;
    while index < text.len() {
        if text[index] == wanted {
            return Some(index);
        }
        index += 1;
    }
    None
}

/// Whether `text` starts with `prefix`.
pub(crate) const fn starts_with(text: &[u8], prefix: &[u8]) -> bool {
    text.len() >= prefix.len() && equal(text.split_at(prefix.len()).0, prefix)
}

/// Whether both are the same bytes.
pub(crate) const fn equal(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// The number that `text` spells in decimal digits alone, without leading zeros unless `padded`.
pub(crate) const fn number(text: &[u8], padded: bool) -> Option<u32> {
    if text.is_empty() || text.len() > 9 || (!padded && text.len() > 1 && text[0] == b'0') {
        return None;
    }
    let mut value = 0;
    let mut index = 0;
    while index < text.len() {
        if !text[index].is_ascii_digit() {
            return None;
        }
        value = value * 10 + (text[index] - b'0') as u32;
        index += 1;
    }
    Some(value)
}

/// Lowercase letters, digits and dashes, alphanumeric at both ends, of any length but zero.
const fn is_dashed(text: &[u8]) -> bool {
    let mut index = 0;
    while index < text.len() {
        let inner = index > 0 && index + 1 < text.len();
        match text[index] {
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'-' if inner => {}
            _ => return false,
        }
        index += 1;
    }
    !text.is_empty()
}

/// The name part of a qualified name.
const fn is_qualified_part(text: &[u8]) -> bool {
    if text.is_empty() || text.len() > LABEL_MAXIMUM {
        return false;
    }
    let mut index = 0;
    while index < text.len() {
        if !is_word(text[index]) {
            return false;
        }
        index += 1;
    }
    text[0].is_ascii_alphanumeric() && text[text.len() - 1].is_ascii_alphanumeric()
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// Whether `text` is the name of this or the parent folder.
const fn is_dots(text: &[u8]) -> bool {
    equal(text, b".") || equal(text, b"..")
}
