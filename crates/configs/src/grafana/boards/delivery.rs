//! What Argo CD applies.

use names::{ObjectName, name};

use crate::grafana::{Dashboard, Panel, Query, Threshold, Unit};

pub(super) fn dashboard() -> Dashboard {
    Dashboard::new(&name!(ObjectName, "delivery"), "Delivery").panels([
        Panel::stat(
            "Applications",
            Unit::Number,
            Query::new("count(argocd_app_info)", ""),
        ),
        Panel::stat(
            "Out of sync",
            Unit::Number,
            Query::new(
                "count(argocd_app_info{sync_status=\"OutOfSync\"}) or vector(0)",
                "",
            ),
        )
        .threshold(Threshold::Above(1.0)),
        Panel::stat(
            "Unhealthy",
            Unit::Number,
            Query::new(
                "count(argocd_app_info{health_status=~\"Degraded|Missing\"}) or vector(0)",
                "",
            ),
        )
        .threshold(Threshold::Above(1.0)),
        Panel::time_series(
            "Syncs in an hour",
            Unit::Number,
            [Query::new(
                "sum by (phase) (increase(argocd_app_sync_total[1h]))",
                "{{phase}}",
            )],
        ),
        Panel::table(
            "Applications by state",
            Unit::Number,
            Query::new(
                "sum by (name, dest_namespace, sync_status, health_status) (argocd_app_info)",
                "",
            ),
        )
        .width(24),
    ])
}
