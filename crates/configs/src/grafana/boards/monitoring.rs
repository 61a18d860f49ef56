//! The monitoring itself: what it scrapes, what is raised, and whether anybody is told.

use names::{ObjectName, name};

use crate::grafana::{Dashboard, Panel, Query, Threshold, Unit};

pub(super) fn dashboard() -> Dashboard {
    Dashboard::new(&name!(ObjectName, "monitoring"), "Monitoring")
        .panels(numbers())
        .panels(courses())
}

fn numbers() -> [Panel; 4] {
    [
        Panel::stat("Targets up", Unit::Number, Query::new("sum(up)", "")).width(6),
        Panel::stat(
            "Targets down",
            Unit::Number,
            Query::new("sum(up == bool 0)", ""),
        )
        .threshold(Threshold::Above(1.0))
        .width(6),
        Panel::stat(
            "Alerts raised",
            Unit::Number,
            Query::new(
                "sum(ALERTS{alertstate=\"firing\",alertname!=\"Watchdog\"}) or vector(0)",
                "",
            ),
        )
        .threshold(Threshold::Above(1.0))
        .width(6),
        Panel::stat(
            "Series",
            Unit::Number,
            Query::new("sum(prometheus_tsdb_head_series)", ""),
        )
        .width(6),
    ]
}

fn courses() -> [Panel; 6] {
    [
        Panel::table(
            "Raised alerts",
            Unit::Number,
            Query::new("ALERTS{alertstate=\"firing\"}", ""),
        ),
        Panel::table(
            "Targets that do not answer",
            Unit::Number,
            Query::new("up == 0", ""),
        ),
        Panel::time_series(
            "Samples taken in",
            Unit::Number,
            [Query::new(
                "sum(rate(prometheus_tsdb_head_samples_appended_total[5m]))",
                "a second",
            )],
        ),
        Panel::time_series(
            "Size of the database",
            Unit::Bytes,
            [Query::new(
                "prometheus_tsdb_storage_blocks_bytes",
                "{{instance}}",
            )],
        ),
        Panel::time_series(
            "Notifications sent",
            Unit::Number,
            [Query::new(
                "sum by (integration) (increase(alertmanager_notifications_total[1h]))",
                "{{integration}}",
            )],
        ),
        Panel::time_series(
            "Notifications failed",
            Unit::Number,
            [Query::new(
                "sum by (integration) (increase(alertmanager_notifications_failed_total[1h]))",
                "{{integration}}",
            )],
        )
        .threshold(Threshold::Above(1.0)),
    ]
}
