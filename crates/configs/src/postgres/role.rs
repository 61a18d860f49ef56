//! Names of database roles.

use std::borrow::Cow;
use std::fmt;

use names::Invalid;

/// A PostgreSQL role that needs no quotes anywhere: a lowercase letter, then lowercase letters,
/// digits and underscores, at most 63.
///
/// Names beginning with `pg_` belong to PostgreSQL, and words such as `all` mean something in
/// `pg_hba.conf`; both are refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DatabaseRole(Cow<'static, str>);

impl DatabaseRole {
    /// The role of a literal; inside `const` a bad one is a compile error.
    pub const fn from_static(role: &'static str) -> Self {
        assert!(
            is_role(role.as_bytes()),
            "invalid database role: expected lowercase letters, digits and underscores, a letter first"
        );
        Self(Cow::Borrowed(role))
    }

    /// The role as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DatabaseRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl std::str::FromStr for DatabaseRole {
    type Err = Invalid;

    fn from_str(role: &str) -> Result<Self, Self::Err> {
        if is_role(role.as_bytes()) {
            Ok(Self(Cow::Owned(role.to_owned())))
        } else {
            let expected = "lowercase letters, digits and underscores, a letter first, at most 63, not beginning with `pg_` and no key word";
            Err(Invalid::new("database role", role, expected, "replicator"))
        }
    }
}

/// Words that a role of this name would be mistaken for, in SQL or in `pg_hba.conf`.
const TAKEN: [&[u8]; 9] = [
    b"all",
    b"none",
    b"public",
    b"user",
    b"current_user",
    b"session_user",
    b"replication",
    b"sameuser",
    b"samerole",
];

const fn is_role(role: &[u8]) -> bool {
    if role.is_empty()
        || role.len() > 63
        || !role[0].is_ascii_lowercase()
        || same_start(role, b"pg_")
    {
        return false;
    }
    let mut at = 0;
    while at < role.len() {
        if !(role[at].is_ascii_lowercase() || role[at].is_ascii_digit() || role[at] == b'_') {
            return false;
        }
        at += 1;
    }
    let mut word = 0;
    while word < TAKEN.len() {
        if TAKEN[word].len() == role.len() && same_start(role, TAKEN[word]) {
            return false;
        }
        word += 1;
    }
    true
}

const fn same_start(text: &[u8], start: &[u8]) -> bool {
    if text.len() < start.len() {
        return false;
    }
    let mut at = 0;
    while at < start.len() {
        if text[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::DatabaseRole;

    #[test]
    fn roles_that_need_no_quotes_are_accepted() {
        for role in ["replicator", "app", "r2_d2", "pgbouncer", "allies"] {
            assert!(role.parse::<DatabaseRole>().is_ok(), "{role}");
        }
    }

    #[test]
    fn other_roles_are_refused() {
        for role in [
            "",
            "Replicator",
            "2nd",
            "_x",
            "a-b",
            "a b",
            "pg_monitor",
            "all",
            "public",
            "a;drop",
            "é",
        ] {
            assert!(role.parse::<DatabaseRole>().is_err(), "{role}");
        }
        assert!("a".repeat(64).parse::<DatabaseRole>().is_err());
    }
}
