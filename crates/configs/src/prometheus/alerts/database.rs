//! Alerts about PostgreSQL.

use names::{Bytes, Duration};

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules(lag: Duration, backlog: Bytes) -> RuleGroup {
    RuleGroup::of_alerts("database", [database_down(), replica_lag(lag, backlog)])
}

fn database_down() -> AlertRule {
    AlertRule::new(
        "DatabaseDown",
        Severity::Critical,
        "pg_up == 0",
        "PostgreSQL does not answer its exporter",
        "The server behind {{ $labels.instance }} has refused connections for 5 minutes.",
    )
    .after(Duration::minutes(5))
}

/// Measured at both ends: the standby's own lag is 0 while it is cut off from a primary that it has
/// caught up with.
fn replica_lag(lag: Duration, backlog: Bytes) -> AlertRule {
    AlertRule::new(
        "ReplicaLag",
        Severity::Critical,
        format!("pg_replication_lag_seconds > {} or pg_stat_replication_pg_wal_lsn_diff > {}", lag.as_seconds(), backlog.get()),
        "A PostgreSQL standby is behind",
        "Seen from {{ $labels.instance }} the standby is {{ $value | humanize }} behind (seconds at the standby, bytes at the primary). A \
         failover now loses what is missing.",
    )
    .after(Duration::minutes(5))
}

pub(super) fn tests(lag: Duration, backlog: Bytes) -> Vec<TestGroup> {
    let rule = replica_lag(lag, backlog);
    let down = "The server behind db-0 has refused connections for 5 minutes.";
    let labels = [("instance", "db-0"), ("application_name", "db-1")];
    let series = "pg_stat_replication_pg_wal_lsn_diff{instance=\"db-0\",application_name=\"db-1\"}";
    vec![
        TestGroup::new("a server that is down")
            .given("pg_up{instance=\"db-0\"}", "1x5 0x10")
            .silent(&database_down(), Duration::minutes(5))
            .raised(&database_down(), Duration::minutes(15), &[("instance", "db-0")], "PostgreSQL does not answer its exporter", down),
        TestGroup::new("a standby that is within its limits")
            .given("pg_replication_lag_seconds{instance=\"db-1\"}", &format!("{}x15", lag.as_seconds()))
            .given(series, &format!("{}x15", backlog.get()))
            .silent(&rule, Duration::minutes(15)),
        TestGroup::new("a standby that is cut off").given(series, &format!("{}x15", 4_000_000_000_000_u64)).raised(
            &rule,
            Duration::minutes(10),
            &labels,
            "A PostgreSQL standby is behind",
            "Seen from db-0 the standby is 4T behind (seconds at the standby, bytes at the primary). A failover now loses what is missing.",
        ),
    ]
}
