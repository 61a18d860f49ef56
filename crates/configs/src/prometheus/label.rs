//! Names of labels and metrics.

use std::borrow::Cow;
use std::fmt;

use names::Invalid;
use serde::{Serialize, Serializer};

/// Makes a name type out of a rule: the compiler checks literals, `FromStr` checks values.
macro_rules! name_type {
    ($(#[$attribute:meta])* $name:ident, $kind:literal, $rule:path, $expected:literal, $example:literal) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// The name of a literal; inside `const` a bad one is a compile error.
            pub const fn from_static(name: &'static str) -> Self {
                assert!($rule(name.as_bytes()), concat!("invalid ", $kind, ": expected ", $expected));
                Self(Cow::Borrowed(name))
            }

            /// The name as text.
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

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                if $rule(name.as_bytes()) {
                    Ok(Self(Cow::Owned(name.to_owned())))
                } else {
                    Err(Invalid::new($kind, name, $expected, $example))
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

name_type! {
    /// The name of a label: a letter or underscore, then letters, digits and underscores.
    /// Prometheus 3 allows more; every tool reads these.
    LabelName, "label name", is_label, "a letter or underscore, then letters, digits and underscores", "namespace"
}

name_type! {
    /// The name of a metric: as of a label, and colons, which mark what recording rules make.
    MetricName, "metric name", is_metric, "a letter, underscore or colon, then letters, digits, underscores and colons", "node_cpu_seconds_total"
}

const fn is_label(name: &[u8]) -> bool {
    is_name(name, false)
}

const fn is_metric(name: &[u8]) -> bool {
    is_name(name, true)
}

const fn is_name(name: &[u8], colons: bool) -> bool {
    if name.is_empty() || name[0].is_ascii_digit() {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if !(name[at].is_ascii_alphanumeric() || name[at] == b'_' || (colons && name[at] == b':')) {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{LabelName, MetricName};

    #[test]
    fn labels_are_stricter_than_metrics() {
        for name in ["namespace", "__address__", "_1", "A"] {
            assert!(
                name.parse::<LabelName>().is_ok() && name.parse::<MetricName>().is_ok(),
                "{name}"
            );
        }
        for name in ["", "1a", "a-b", "a.b", "a b", "ä"] {
            assert!(
                name.parse::<LabelName>().is_err() && name.parse::<MetricName>().is_err(),
                "{name}"
            );
        }
        assert!("job:up:sum".parse::<MetricName>().is_ok());
        assert!("job:up:sum".parse::<LabelName>().is_err());
    }
}
