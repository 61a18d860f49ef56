//! E-mail addresses.

use crate::host::is_host_name;
use crate::rules::{find, split};
use crate::text::text;

/// Most characters before the `@`.
const LOCAL_MAXIMUM: usize = 64;

text! {
    /// An e-mail address, of a person to be told or of a service account at Google Cloud; without
    /// quoted parts.
    EmailAddress {
        kind: "e-mail address",
        maximum: 254,
        rule: is_email_address,
        expected: "a name, `@` and a lowercase domain with at least one dot",
        example: "platform@example.com",
    }
}

impl EmailAddress {
    /// What follows the `@`.
    pub fn domain(&self) -> &str {
        self.as_str()
            .split_once('@')
            .map_or("", |(_, domain)| domain)
    }
}

const fn is_email_address(text: &[u8]) -> bool {
    let (local, Some(domain)) = split(text, b'@') else {
        return false;
    };
    text.len() <= 254
        && is_local_part(local)
        && is_host_name(domain)
        && find(domain, b'.').is_some()
}

/// Words joined by single dots.
const fn is_local_part(text: &[u8]) -> bool {
    if text.is_empty() || text.len() > LOCAL_MAXIMUM {
        return false;
    }
    let mut index = 0;
    while index < text.len() {
        let byte = text[index];
        let inner = index > 0 && index + 1 < text.len() && text[index - 1] != b'.';
        let word = byte.is_ascii_alphanumeric()
            || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'/' | b'=' | b'?' | b'^'..=b'`' | b'{'..=b'~');
        if !word && (byte != b'.' || !inner) {
            return false;
        }
        index += 1;
    }
    true
}
