//! Autoscalers: where they are between their bounds, and whether they can act.

use names::{ObjectName, name};

use super::namespaces;
use crate::grafana::{Dashboard, Panel, Query, Threshold, Unit};

const NAME: &str = "{{namespace}}/{{horizontalpodautoscaler}}";

pub(super) fn dashboard() -> Dashboard {
    Dashboard::new(&name!(ObjectName, "autoscaling"), "Autoscaling")
        .variable(namespaces())
        .panels([
            Panel::time_series(
                "Replicas",
                Unit::Number,
                [Query::new(
                    "kube_horizontalpodautoscaler_status_current_replicas{namespace=~\"$namespace\"}",
                    NAME,
                )],
            ),
            Panel::time_series(
                "Replicas of the maximum",
                Unit::Share,
                [Query::new(
                    "kube_horizontalpodautoscaler_status_current_replicas{namespace=~\"$namespace\"} \
                     / kube_horizontalpodautoscaler_spec_max_replicas",
                    NAME,
                )],
            )
            .threshold(Threshold::Above(1.0)),
            Panel::table(
                "Cannot read their metrics",
                Unit::Number,
                Query::new(
                    "kube_horizontalpodautoscaler_status_condition{namespace=~\"$namespace\",condition=\"ScalingActive\",status=\"false\"} == 1",
                    "",
                ),
            ),
            Panel::table(
                "Held by a bound",
                Unit::Number,
                Query::new(
                    "kube_horizontalpodautoscaler_status_condition{namespace=~\"$namespace\",condition=\"ScalingLimited\",status=\"true\"} == 1",
                    "",
                ),
            ),
        ])
}
