//! `pg_hba.conf` of PgBouncer, in the format of PostgreSQL's: its console is for statistics from inside the pod alone.

use std::fmt::Write as _;

use names::Cidr;

use crate::postgres::DatabaseRole;

/// Every role from these networks with its password; `statistics` alone gets to the console, and only from inside the pod.
pub fn access_rules(networks: &[Cidr], statistics: Option<&DatabaseRole>) -> String {
    let mut text = String::new();
    if let Some(role) = statistics {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "host pgbouncer {role} 127.0.0.1/32 scram-sha-256");
    }
    text.push_str("host pgbouncer all 0.0.0.0/0 reject\n");
    for network in networks {
        let _ = writeln!(text, "host all all {network} scram-sha-256");
    }
    text
}
