//! Names of database roles.

use crate::text::text_type;

text_type! {
    /// A PostgreSQL role that needs no quotes anywhere: a lowercase letter, then lowercase letters,
    /// digits and underscores, at most 63.
    ///
    /// Names beginning with `pg_` belong to PostgreSQL, and words such as `all` mean something in
    /// `pg_hba.conf`; both are refused.
    DatabaseRole, "database role", is_role,
    "lowercase letters, digits and underscores, a letter first, at most 63, not beginning with `pg_` and no key word",
    "replicator"
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
