//! Indices of Elasticsearch that are made anew each day.

use std::borrow::Cow;
use std::fmt;

use names::Invalid;

const DATE: &str = "%Y.%m.%d";

/// An index a day: `system-logs` stands for `system-logs-2026.11.21` and so on, by the time of the
/// events in UTC.
///
/// It reads and displays as the pattern `system-logs-%Y.%m.%d`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DailyIndex(Cow<'static, str>);

impl DailyIndex {
    /// The index with the prefix of a literal; inside `const` a bad one is a compile error.
    pub const fn from_static(prefix: &'static str) -> Self {
        assert!(
            is_prefix(prefix.as_bytes()),
            "invalid index prefix: expected lowercase letters, digits, `-` and `_`, a letter first"
        );
        Self(Cow::Borrowed(prefix))
    }

    /// What stands before the dash and the date.
    pub fn prefix(&self) -> &str {
        &self.0
    }

    /// The form of the date.
    pub const fn date_format(&self) -> &'static str {
        DATE
    }

    /// How Logstash names the index of an event: `app-logs-%{+YYYY.MM.dd}`, by the field `@timestamp` in UTC.
    pub fn of_event(&self) -> String {
        format!("{}-%{{+YYYY.MM.dd}}", self.0)
    }

    /// What index templates, lifecycle policies and Kibana's data views call all of them:
    /// `system-logs-*`.
    pub fn wildcard(&self) -> String {
        format!("{}-*", self.0)
    }
}

impl fmt::Display for DailyIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{DATE}", self.0)
    }
}

impl std::str::FromStr for DailyIndex {
    type Err = Invalid;

    fn from_str(pattern: &str) -> Result<Self, Self::Err> {
        let prefix = pattern
            .strip_suffix(DATE)
            .and_then(|start| start.strip_suffix('-'))
            .filter(|prefix| is_prefix(prefix.as_bytes()));
        prefix
            .map(|prefix| Self(Cow::Owned(prefix.to_owned())))
            .ok_or_else(|| {
                let expected =
                    "lowercase letters, digits, `-` and `_`, a letter first, then `-%Y.%m.%d`";
                Invalid::new(
                    "daily index pattern",
                    pattern,
                    expected,
                    "system-logs-%Y.%m.%d",
                )
            })
    }
}

const fn is_prefix(prefix: &[u8]) -> bool {
    if prefix.is_empty()
        || prefix.len() > 200
        || !prefix[0].is_ascii_lowercase()
        || prefix[prefix.len() - 1] == b'-'
    {
        return false;
    }
    let mut at = 0;
    while at < prefix.len() {
        if !(prefix[at].is_ascii_lowercase()
            || prefix[at].is_ascii_digit()
            || matches!(prefix[at], b'-' | b'_'))
        {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::DailyIndex;

    #[test]
    fn a_pattern_is_read_and_written_alike() {
        let index: DailyIndex = "system-logs-%Y.%m.%d".parse().unwrap();
        assert_eq!(
            (index.prefix(), index.date_format()),
            ("system-logs", "%Y.%m.%d")
        );
        assert_eq!(
            (index.to_string().as_str(), index.wildcard().as_str()),
            ("system-logs-%Y.%m.%d", "system-logs-*")
        );
        assert_eq!(index, DailyIndex::from_static("system-logs"));
    }

    #[test]
    fn other_patterns_are_refused() {
        for pattern in [
            "",
            "logs",
            "-%Y.%m.%d",
            "Logs-%Y.%m.%d",
            "logs%Y.%m.%d",
            "logs-%Y.%m",
            "_x-%Y.%m.%d",
            "a*-%Y.%m.%d",
            "a--%Y.%m.%d",
        ] {
            assert!(pattern.parse::<DailyIndex>().is_err(), "{pattern}");
        }
    }
}
