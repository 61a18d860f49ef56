//! What decides an event's way: patterns of tags, and labels.

use crate::text::text_type;

text_type! {
    /// Which tags a filter or an output takes: parts between dots, where `*` stands for one part
    /// and `**` for any number of them.
    TagPattern, "tag pattern", is_pattern, "parts of letters, digits, `_` and `-` between dots, or `*` or `**`", "kubernetes.**"
}

text_type! {
    /// The name of a label: `@` and capitals, by convention. `@ERROR` gets what plugins refuse,
    /// `@FLUENT_LOG` what Fluentd says itself.
    LabelName, "label", is_label, "`@`, then letters, digits and underscores", "@CONTAINERS"
}

impl LabelName {
    /// Events that a plugin could not handle.
    pub const ERROR: Self = Self::from_static("@ERROR");
    /// Fluentd's own messages.
    pub const FLUENT_LOG: Self = Self::from_static("@FLUENT_LOG");
}

const fn is_pattern(text: &[u8]) -> bool {
    if text.is_empty() {
        return false;
    }
    let mut part = 0;
    let mut at = 0;
    while at <= text.len() {
        if at == text.len() || text[at] == b'.' {
            if at == part || !is_part(text, part, at) {
                return false;
            }
            part = at + 1;
        }
        at += 1;
    }
    true
}

const fn is_part(text: &[u8], from: usize, to: usize) -> bool {
    if text[from] == b'*' {
        return to - from == 1 || (to - from == 2 && text[from + 1] == b'*');
    }
    let mut at = from;
    while at < to {
        if !(text[at].is_ascii_alphanumeric() || text[at] == b'_' || text[at] == b'-') {
            return false;
        }
        at += 1;
    }
    true
}

const fn is_label(text: &[u8]) -> bool {
    if text.len() < 2 || text[0] != b'@' {
        return false;
    }
    let mut at = 1;
    while at < text.len() {
        if !(text[at].is_ascii_alphanumeric() || text[at] == b'_') {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{LabelName, TagPattern};

    #[test]
    fn patterns_are_parts_and_stars() {
        for pattern in ["**", "a", "a.b", "a.*", "a.**", "*.b.**", "var.log-x.y_z"] {
            assert!(pattern.parse::<TagPattern>().is_ok(), "{pattern}");
        }
        for pattern in [
            "", ".", "a.", ".a", "a..b", "a*", "***", "a b", "a>", "{a,b}",
        ] {
            assert!(pattern.parse::<TagPattern>().is_err(), "{pattern}");
        }
    }

    #[test]
    fn labels_begin_with_an_at_sign() {
        assert!("@A_1".parse::<LabelName>().is_ok());
        for label in ["", "@", "A", "@a b", "@a-b", "@a>"] {
            assert!(label.parse::<LabelName>().is_err(), "{label}");
        }
    }
}
