//! Alerts about PostgreSQL: its servers, its standbys, its archive and its backups.

use names::{Bytes, Duration};

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

/// The greatest age of the newest piece of the log in the archive: with a heartbeat there is one every minute.
const ARCHIVE_AGE: Duration = Duration::minutes(15);
/// The greatest age of the newest base backup, which is taken every day.
const BACKUP_AGE: Duration = Duration::hours(50);

pub(super) fn rules(lag: Duration, backlog: Bytes) -> RuleGroup {
    RuleGroup::of_alerts(
        "database",
        [
            database_down(),
            replica_lag(lag, backlog),
            two_primaries(),
            no_standby(),
            slot_lost(),
            archive_stuck(),
            backup_stale(),
            restore_test_failed(),
            connections_near_limit(),
        ],
    )
}

pub(super) fn tests(lag: Duration, backlog: Bytes) -> Vec<TestGroup> {
    [server_tests(), standby_tests(lag, backlog), archive_tests()].concat()
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

/// Measured at both ends. At the standby by the age of what it has replayed, as a heartbeat is written all the time: the
/// server's own idea of its lag is 0 while it is cut off from a primary that it has caught up with.
fn replica_lag(lag: Duration, backlog: Bytes) -> AlertRule {
    AlertRule::new(
        "ReplicaLag",
        Severity::Critical,
        format!(
            "(pg_replication_last_replay_seconds > {} and pg_replication_is_replica == 1) \
             or pg_stat_replication_pg_wal_lsn_diff > {}",
            lag.as_seconds(),
            backlog.get()
        ),
        "A PostgreSQL standby is behind",
        "Seen from {{ $labels.instance }} the standby is {{ $value | humanize }} behind (seconds at the standby, bytes at the primary). A \
         failover now loses what is missing.",
    )
    .after(Duration::minutes(5))
}

fn two_primaries() -> AlertRule {
    AlertRule::new(
        "DatabaseTwoPrimaries",
        Severity::Critical,
        "count by (namespace) (pg_replication_is_replica == 0) > 1",
        "{{ $labels.namespace }} has {{ $value }} PostgreSQL primaries",
        "More than one server takes writes, and each has what the others lack. Stop those that the topology does not name.",
    )
    .after(Duration::minutes(1))
}

/// Where there is a primary with other members: alone on purpose, or following elsewhere, is no fault.
fn no_standby() -> AlertRule {
    AlertRule::new(
        "DatabaseNoStandby",
        Severity::Critical,
        "(pg_replication_is_replica == 0 \
         unless on (namespace, pod) pg_stat_replication_pg_wal_lsn_diff{state=\"streaming\"}) \
         and on (namespace) count by (namespace) (pg_up) > 1",
        "{{ $labels.namespace }}/{{ $labels.pod }} has no standby",
        "No standby has streamed from the primary for 10 minutes. Its loss now loses everything since the last piece of the archive.",
    )
    .after(Duration::minutes(10))
}

fn slot_lost() -> AlertRule {
    AlertRule::new(
        "DatabaseSlotLost",
        Severity::Warning,
        "pg_replication_slots_wal_status{wal_status=~\"unreserved|lost\"} == 1",
        "Slot {{ $labels.slot_name }} of {{ $labels.namespace }}/{{ $labels.pod }} is {{ $labels.wal_status }}",
        "The standby is further behind than the primary keeps its log. Delete the standby's pod: it clones the primary.",
    )
    .after(Duration::minutes(5))
}

fn archive_stuck() -> AlertRule {
    AlertRule::new(
        "DatabaseArchiveStuck",
        Severity::Critical,
        format!(
            "(pg_stat_archiver_last_archive_age > {} and on (namespace, pod) pg_replication_is_replica == 0) \
             or increase(pg_stat_archiver_failed_count[10m]) > 3",
            ARCHIVE_AGE.as_seconds()
        ),
        "{{ $labels.namespace }}/{{ $labels.pod }} does not get its log into the archive",
        "A restore reaches no further than the last piece there, and the volume fills with what waits. The server's log says why.",
    )
    .after(Duration::minutes(5))
}

fn backup_stale() -> AlertRule {
    AlertRule::new(
        "DatabaseBackupStale",
        Severity::Critical,
        format!(
            "time() - kube_cronjob_status_last_successful_time{{cronjob=\"postgres-backup\"}} > {}",
            BACKUP_AGE.as_seconds()
        ),
        "{{ $labels.namespace }} has no recent base backup",
        "The newest one is {{ $value | humanizeDuration }} old. The older it is, the longer a restore takes.",
    )
    .after(Duration::minutes(30))
}

fn restore_test_failed() -> AlertRule {
    AlertRule::new(
        "DatabaseRestoreTestFailed",
        Severity::Critical,
        "kube_job_failed{condition=\"true\",job_name=~\"postgres-restore-test-.+\"} > 0",
        "{{ $labels.namespace }}/{{ $labels.job_name }} could not restore the database",
        "What is in the archive does not make a server, or lacks recent writes. The Job's log says which.",
    )
}

fn connections_near_limit() -> AlertRule {
    AlertRule::new(
        "DatabaseConnectionsNearLimit",
        Severity::Warning,
        "sum by (namespace, pod) (pg_stat_activity_count) / sum by (namespace, pod) (pg_settings_max_connections) > 0.8",
        "{{ $labels.namespace }}/{{ $labels.pod }} is running out of connections",
        "{{ $value | humanizePercentage }} of the connections have been in use for 10 minutes; above all of them clients are turned away.",
    )
    .after(Duration::minutes(10))
}

const POD: [(&str, &str); 2] = [("namespace", "shop"), ("pod", "db-0")];
const PRIMARY: &str = "pg_replication_is_replica{namespace=\"shop\",pod=\"db-0\"}";
const STANDBY: &str = "pg_replication_is_replica{namespace=\"shop\",pod=\"db-1\"}";

fn server_tests() -> Vec<TestGroup> {
    let down = "The server behind db-0 has refused connections for 5 minutes.";
    let used = "pg_stat_activity_count{namespace=\"shop\",pod=\"db-0\",state=\"active\"}";
    let limit = "pg_settings_max_connections{namespace=\"shop\",pod=\"db-0\"}";
    vec![
        TestGroup::new("a server that is down")
            .given("pg_up{instance=\"db-0\"}", "1x5 0x10")
            .silent(&database_down(), Duration::minutes(5))
            .raised(
                &database_down(),
                Duration::minutes(15),
                &[("instance", "db-0")],
                "PostgreSQL does not answer its exporter",
                down,
            ),
        TestGroup::new("two servers that take writes")
            .given(PRIMARY, "0x20")
            .given(STANDBY, "1x10 0x10")
            .silent(&two_primaries(), Duration::minutes(9))
            .raised(
                &two_primaries(),
                Duration::minutes(15),
                &POD[..1],
                "shop has 2 PostgreSQL primaries",
                "More than one server takes writes, and each has what the others lack. Stop those that the topology does not name.",
            ),
        TestGroup::new("connections that run out")
            .given(used, "50x9 90x20")
            .given(limit, "100x30")
            .silent(&connections_near_limit(), Duration::minutes(9))
            .raised(
                &connections_near_limit(),
                Duration::minutes(25),
                &POD,
                "shop/db-0 is running out of connections",
                "90% of the connections have been in use for 10 minutes; above all of them clients are turned away.",
            ),
    ]
}

fn standby_tests(lag: Duration, backlog: Bytes) -> Vec<TestGroup> {
    let rule = replica_lag(lag, backlog);
    let backward =
        "pg_stat_replication_pg_wal_lsn_diff{instance=\"db-0\",application_name=\"db-1\"}";
    let streaming =
        "pg_stat_replication_pg_wal_lsn_diff{namespace=\"shop\",pod=\"db-0\",state=\"streaming\"}";
    let replayed = "pg_replication_last_replay_seconds{instance=\"db-1\"}";
    let replica = "pg_replication_is_replica{instance=\"db-1\"}";
    let members = |group: TestGroup| {
        group
            .given("pg_up{namespace=\"shop\",pod=\"db-0\"}", "1x40")
            .given("pg_up{namespace=\"shop\",pod=\"db-1\"}", "1x40")
            .given(PRIMARY, "0x40")
    };
    vec![
        TestGroup::new("a standby that is within its limits")
            .given(replayed, &format!("{}x15", lag.as_seconds()))
            .given(replica, "1x15")
            .given(backward, &format!("{}x15", backlog.get()))
            .silent(&rule, Duration::minutes(15)),
        TestGroup::new("a primary that was a standby once")
            .given(replayed, "1000000x15")
            .given(replica, "0x15")
            .silent(&rule, Duration::minutes(15)),
        TestGroup::new("a standby that hears nothing any more")
            .given(replayed, "0+60x40")
            .given(replica, "1x40")
            .raised(
                &rule,
                Duration::minutes(30),
                &[("instance", "db-1")],
                "A PostgreSQL standby is behind",
                "Seen from db-1 the standby is 1.8k behind (seconds at the standby, bytes at the primary). A failover now loses what is missing.",
            ),
        TestGroup::new("a standby that is cut off")
            .given(backward, &format!("{}x15", 4_000_000_000_000_u64))
            .raised(
                &rule,
                Duration::minutes(10),
                &[("instance", "db-0"), ("application_name", "db-1")],
                "A PostgreSQL standby is behind",
                "Seen from db-0 the standby is 4T behind (seconds at the standby, bytes at the primary). A failover now loses what is missing.",
            ),
        members(TestGroup::new("a primary that its standbys have left"))
            .given(streaming, "0x10 _x30")
            .silent(&no_standby(), Duration::minutes(9))
            .raised(
                &no_standby(),
                Duration::minutes(35),
                &POD,
                "shop/db-0 has no standby",
                "No standby has streamed from the primary for 10 minutes. Its loss now loses everything since the last piece of the archive.",
            ),
        TestGroup::new("a slot that the log has left behind")
            .given("pg_replication_slots_wal_status{namespace=\"shop\",pod=\"db-0\",slot_name=\"db_1\",slot_type=\"physical\",wal_status=\"reserved\"}", "1x5 _x15")
            .given("pg_replication_slots_wal_status{namespace=\"shop\",pod=\"db-0\",slot_name=\"db_1\",slot_type=\"physical\",wal_status=\"lost\"}", "_x5 1x15")
            .silent(&slot_lost(), Duration::minutes(5))
            .raised(
                &slot_lost(),
                Duration::minutes(15),
                &[POD[0], POD[1], ("slot_name", "db_1"), ("slot_type", "physical"), ("wal_status", "lost")],
                "Slot db_1 of shop/db-0 is lost",
                "The standby is further behind than the primary keeps its log. Delete the standby's pod: it clones the primary.",
            ),
    ]
}

fn archive_tests() -> Vec<TestGroup> {
    let age = "pg_stat_archiver_last_archive_age{namespace=\"shop\",pod=\"db-0\"}";
    let last =
        "kube_cronjob_status_last_successful_time{namespace=\"shop\",cronjob=\"postgres-backup\"}";
    let job = "kube_job_failed{namespace=\"shop\",job_name=\"postgres-restore-test-1\",condition=\"true\"}";
    let stuck = "A restore reaches no further than the last piece there, and the volume fills with what waits. The server's log says why.";
    vec![
        TestGroup::new("a primary whose log waits")
            .given(age, "60x9 0+60x60")
            .given(PRIMARY, "0x70")
            .silent(&archive_stuck(), Duration::minutes(9))
            .raised(
                &archive_stuck(),
                Duration::minutes(60),
                &POD,
                "shop/db-0 does not get its log into the archive",
                stuck,
            ),
        TestGroup::new("a standby, which archives nothing")
            .given(age, "0+60x60")
            .given(PRIMARY, "1x60")
            .silent(&archive_stuck(), Duration::minutes(59)),
        // The moment of a test counts from 0: this backup was taken long before, which spares promtool two days.
        TestGroup::new("a base backup that is not taken")
            .given(last, "-175000x150")
            .silent(&backup_stale(), Duration::minutes(30))
            .raised(
                &backup_stale(),
                Duration::hours(2),
                &[("namespace", "shop"), ("cronjob", "postgres-backup")],
                "shop has no recent base backup",
                "The newest one is 2d 2h 36m 40s old. The older it is, the longer a restore takes.",
            ),
        TestGroup::new("a restore that cannot be done")
            .given(job, "0x5 1x10")
            .silent(&restore_test_failed(), Duration::minutes(4))
            .raised(
                &restore_test_failed(),
                Duration::minutes(10),
                &[POD[0], ("job_name", "postgres-restore-test-1"), ("condition", "true")],
                "shop/postgres-restore-test-1 could not restore the database",
                "What is in the archive does not make a server, or lacks recent writes. The Job's log says which.",
            ),
    ]
}
