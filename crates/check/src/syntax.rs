//! The syntax of names, labels and annotations, as the API server has it.

/// Lower-case letters, digits and `-`, beginning and ending with a letter or digit, at most 63.
pub(crate) fn is_label(text: &str) -> bool {
    text.len() <= 63 && is_label_of_any_length(text)
}

fn is_label_of_any_length(text: &str) -> bool {
    let is_end = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    is_end(text.as_bytes().first())
        && is_end(text.as_bytes().last())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// As a label, but beginning with a letter.
pub(crate) fn is_dns_1035_label(text: &str) -> bool {
    is_label(text) && text.starts_with(|first: char| first.is_ascii_lowercase())
}

/// Labels joined by dots, at most 253 characters.
pub(crate) fn is_subdomain(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label_of_any_length)
}

/// The name of an RBAC object and of few others: anything that may stand in a path.
pub(crate) fn is_path_segment(text: &str) -> bool {
    !text.is_empty() && !matches!(text, "." | "..") && !text.contains(['/', '%'])
}

/// A label or annotation key: an optional subdomain and a slash, then a name of at most 63 characters.
pub(crate) fn is_qualified_name(text: &str) -> bool {
    let name = match text.split_once('/') {
        Some((prefix, name)) if is_subdomain(prefix) => name,
        Some(_) => return false,
        None => text,
    };
    !name.is_empty() && is_label_value(name)
}

/// Empty, or letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit, at most 63.
pub(crate) fn is_label_value(text: &str) -> bool {
    let is_end = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_alphanumeric);
    text.len() <= 63
        && is_end(text.as_bytes().first())
        && is_end(text.as_bytes().last())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// A key of a `ConfigMap` or Secret, which can be the name of a file.
pub(crate) fn is_data_key(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 253
        && !matches!(text, "." | "..")
        && !text.starts_with("..")
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// The known name that is nearest to an unknown one, if any is near.
pub(crate) fn nearest<'a>(
    wanted: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = (wanted.chars().count() / 3).clamp(1, 3);
    let wanted: Vec<char> = wanted.to_lowercase().chars().collect();
    let mut distance = Distance::default();
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let limit = best.map_or(limit, |(nearest, _)| nearest);
        if let Some(found) = distance.within(limit, &wanted, name) {
            let found = (found, name);
            best = Some(best.map_or(found, |best| best.min(found)));
        }
    }
    best.map(|(_, name)| name)
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two words. One is asked for
/// thousands of names, so that its rows are kept.
#[derive(Default)]
struct Distance {
    name: Vec<char>,
    before: Vec<usize>,
    last: Vec<usize>,
    next: Vec<usize>,
}

impl Distance {
    /// The distance of a name in lower case, if it is no larger than `limit`.
    fn within(&mut self, limit: usize, wanted: &[char], name: &str) -> Option<usize> {
        self.name.clear();
        self.name.extend(name.chars().flat_map(char::to_lowercase));
        if wanted.len().abs_diff(self.name.len()) > limit {
            return None;
        }
        self.last.clear();
        self.last.extend(0..=self.name.len());
        for (row, character) in wanted.iter().enumerate() {
            self.next.clear();
            self.next.push(row + 1);
            for (column, other) in self.name.iter().enumerate() {
                let replaced = self.last[column] + usize::from(character != other);
                let added = self.last[column + 1].min(self.next[column]) + 1;
                let mut best = replaced.min(added);
                let is_swapped = row > 0
                    && column > 0
                    && *character == self.name[column - 1]
                    && wanted[row - 1] == *other;
                if is_swapped {
                    best = best.min(self.before[column - 1] + 1);
                }
                self.next.push(best);
            }
            // What is this far in two rows comes no nearer.
            let is_far = |row: &[usize]| row.iter().all(|distance| *distance > limit);
            if is_far(&self.next) && is_far(&self.last) {
                return None;
            }
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.next);
        }
        self.last.last().copied().filter(|found| *found <= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        is_dns_1035_label, is_label, is_label_value, is_path_segment, is_qualified_name,
        is_subdomain, nearest,
    };

    #[test]
    fn names_follow_the_rules_of_the_server() {
        assert!(
            is_label("a-1")
                && !is_label("A")
                && !is_label("-a")
                && !is_label("")
                && !is_label(&"a".repeat(64))
        );
        assert!(is_dns_1035_label("a1") && !is_dns_1035_label("1a"));
        assert!(is_subdomain("a.b-c.1") && !is_subdomain("a..b") && !is_subdomain("a_b"));
        assert!(
            is_path_segment("system:node") && !is_path_segment("a/b") && !is_path_segment("..")
        );
        assert!(
            is_qualified_name("app.kubernetes.io/name")
                && is_qualified_name("A_b")
                && !is_qualified_name("a/b/c")
                && !is_qualified_name("a/")
        );
        assert!(
            is_label_value("")
                && is_label_value("v1.2_x")
                && !is_label_value("a b")
                && !is_label_value(".a")
        );
    }

    #[test]
    fn the_nearest_name_is_near() {
        let known = ["replicas", "selector", "template"];
        assert_eq!(nearest("replcias", known), Some("replicas"));
        assert_eq!(nearest("Selector", known), Some("selector"));
        assert_eq!(nearest("affinity", known), None);
    }
}
