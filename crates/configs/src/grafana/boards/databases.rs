//! PostgreSQL: whether it answers, how full it is, and how far its standbys are behind.

use names::{ObjectName, name};

use crate::grafana::{Dashboard, Panel, Query, Threshold, Unit};

pub(super) fn dashboard() -> Dashboard {
    Dashboard::new(&name!(ObjectName, "databases"), "Databases").panels([
        Panel::stat("Servers up", Unit::Number, Query::new("sum(pg_up)", "")),
        Panel::stat(
            "Greatest lag",
            Unit::Seconds,
            Query::new("max(pg_replication_lag_seconds)", ""),
        )
        .threshold(Threshold::Above(30.0)),
        Panel::stat(
            "Connections used",
            Unit::Share,
            Query::new(
                "max(sum by (instance) (pg_stat_activity_count) / on (instance) pg_settings_max_connections)",
                "",
            ),
        )
        .threshold(Threshold::Above(0.8)),
        Panel::time_series(
            "Behind in time, seen by the standby",
            Unit::Seconds,
            [Query::new("pg_replication_lag_seconds", "{{instance}}")],
        ),
        Panel::time_series(
            "Behind in log, seen by the primary",
            Unit::Bytes,
            [Query::new(
                "pg_stat_replication_pg_wal_lsn_diff",
                "{{application_name}}",
            )],
        ),
        Panel::time_series(
            "Log kept for slots",
            Unit::Bytes,
            [Query::new(
                "pg_replication_slots_pg_wal_lsn_diff",
                "{{slot_name}}",
            )],
        ),
        Panel::time_series(
            "Connections by state",
            Unit::Number,
            [Query::new(
                "sum by (state) (pg_stat_activity_count)",
                "{{state}}",
            )],
        )
        .stacked(),
    ])
}
