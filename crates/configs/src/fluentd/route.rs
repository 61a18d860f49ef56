//! What decides an event's way: patterns of tags, and labels.

use std::borrow::Cow;
use std::fmt;

use names::Invalid;

/// Makes a text type out of a rule: the compiler checks literals, `FromStr` checks values.
macro_rules! route_type {
    ($(#[$attribute:meta])* $name:ident, $kind:literal, $rule:path, $expected:literal, $example:literal) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// The value of a literal; inside `const` a bad one is a compile error.
            pub const fn from_static(text: &'static str) -> Self {
                assert!($rule(text.as_bytes()), concat!("invalid ", $kind, ": expected ", $expected));
                Self(Cow::Borrowed(text))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if $rule(text.as_bytes()) {
                    Ok(Self(Cow::Owned(text.to_owned())))
                } else {
                    Err(Invalid::new($kind, text, $expected, $example))
                }
            }
        }
    };
}

route_type! {
    /// Which tags a filter or an output takes: parts between dots, where `*` stands for one part
    /// and `**` for any number of them.
    TagPattern, "tag pattern", is_pattern, "parts of letters, digits, `_` and `-` between dots, or `*` or `**`", "kubernetes.**"
}

route_type! {
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
