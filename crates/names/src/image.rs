//! References to container images.

use crate::rules::{equal, find, split};
use crate::text::text;

/// Most characters of the part before tag and digest, as registries have it.
const REPOSITORY_MAXIMUM: usize = 255;
/// Most characters of a tag.
const TAG_MAXIMUM: usize = 128;

text! {
    /// A container image with a tag, a digest or both:
    /// `registry.example.com/team/api:1.4.2@sha256:…`. The tag `latest` is refused, because nobody
    /// can tell later what it was.
    ImageReference {
        kind: "image reference",
        maximum: 1024,
        rule: is_image,
        expected: "a lowercase repository with a tag other than `latest`, or with a sha256 digest",
        example: "registry.example.com/team/api:1.4.2",
    }
}

impl ImageReference {
    /// The host that the image comes from; Docker Hub where none is written.
    pub fn registry(&self) -> &str {
        match self.repository().split_once('/') {
            Some((first, _)) if is_host(first.as_bytes()) => first,
            _ => "docker.io",
        }
    }

    /// Everything before tag and digest, the registry included where it is written.
    pub fn repository(&self) -> &str {
        let name = self
            .as_str()
            .split_once('@')
            .map_or(self.as_str(), |(name, _)| name);
        // A colon before the last slash belongs to the port of the registry.
        match name.rsplit_once(':') {
            Some((repository, tag)) if !tag.contains('/') => repository,
            _ => name,
        }
    }

    /// The tag.
    pub fn tag(&self) -> Option<&str> {
        let name = self
            .as_str()
            .split_once('@')
            .map_or(self.as_str(), |(name, _)| name);
        name.rsplit_once(':')
            .map(|(_, tag)| tag)
            .filter(|tag| !tag.contains('/'))
    }

    /// The digest with its algorithm, as in `sha256:…`.
    pub fn digest(&self) -> Option<&str> {
        self.as_str().split_once('@').map(|(_, digest)| digest)
    }
}

const fn is_image(text: &[u8]) -> bool {
    let (name, digest) = split(text, b'@');
    let digest_is_good = match digest {
        Some(digest) => is_digest(digest),
        None => true,
    };
    let colon = last_colon(name);
    let (repository, tag) = match colon {
        Some(index) => {
            let (repository, tag) = name.split_at(index);
            (repository, Some(tag.split_at(1).1))
        }
        None => (name, None),
    };
    let tag_is_good = match tag {
        Some(tag) => is_tag(tag),
        None => digest.is_some(),
    };
    digest_is_good && tag_is_good && is_repository(repository)
}

/// Where the tag is cut off: the last colon, if no slash follows it.
const fn last_colon(text: &[u8]) -> Option<usize> {
    let mut index = text.len();
    while index > 0 {
        index -= 1;
        match text[index] {
            b':' => return Some(index),
            b'/' => return None,
            _ => {}
        }
    }
    None
}

const fn is_digest(text: &[u8]) -> bool {
    let (algorithm, Some(hash)) = split(text, b':') else {
        return false;
    };
    if !equal(algorithm, b"sha256") || hash.len() != 64 {
        return false;
    }
    let mut index = 0;
    while index < hash.len() {
        if !matches!(hash[index], b'0'..=b'9' | b'a'..=b'f') {
            return false;
        }
        index += 1;
    }
    true
}

const fn is_tag(text: &[u8]) -> bool {
    if text.is_empty()
        || text.len() > TAG_MAXIMUM
        || matches!(text[0], b'.' | b'-')
        || text.eq_ignore_ascii_case(b"latest")
    {
        return false;
    }
    let mut index = 0;
    while index < text.len() {
        if !text[index].is_ascii_alphanumeric() && !matches!(text[index], b'_' | b'.' | b'-') {
            return false;
        }
        index += 1;
    }
    true
}

const fn is_repository(text: &[u8]) -> bool {
    if text.len() > REPOSITORY_MAXIMUM {
        return false;
    }
    let (first, after) = split(text, b'/');
    let mut rest = match after {
        Some(after) if is_host(first) => {
            let (host, port) = split(first, b':');
            let port_is_good = match port {
                Some(port) => matches!(crate::rules::number(port, false), Some(1..=65535)),
                None => true,
            };
            if !port_is_good || !crate::rules::is_subdomain(host) {
                return false;
            }
            after
        }
        _ => text,
    };
    loop {
        let (part, after) = split(rest, b'/');
        if !is_path_part(part) {
            return false;
        }
        match after {
            Some(after) => rest = after,
            None => return true,
        }
    }
}

/// Whether the first part of a repository is a registry: it has a dot or a port, or is this
/// machine.
const fn is_host(text: &[u8]) -> bool {
    find(text, b'.').is_some() || find(text, b':').is_some() || equal(text, b"localhost")
}

/// Lowercase letters and digits, with one dot, one or two underscores or any number of dashes
/// between them.
const fn is_path_part(text: &[u8]) -> bool {
    let mut separators = 0;
    let mut index = 0;
    while index < text.len() {
        match text[index] {
            b'a'..=b'z' | b'0'..=b'9' => separators = 0,
            byte @ (b'.' | b'_' | b'-') => {
                let follows_itself = index > 0 && text[index - 1] == byte;
                let allowed = match byte {
                    b'-' => separators == 0 || follows_itself,
                    b'_' => separators == 0 || (separators == 1 && follows_itself),
                    _ => separators == 0,
                };
                if index == 0 || !allowed {
                    return false;
                }
                separators += 1;
            }
            _ => return false,
        }
        index += 1;
    }
    !text.is_empty() && separators == 0
}
