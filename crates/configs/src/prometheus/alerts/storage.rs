//! Alerts about volume claims.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts("storage", [volume_filling()])
}

/// Full and still filling: a large archive that stays at 90 percent is nobody's emergency.
fn volume_filling() -> AlertRule {
    AlertRule::new(
        "VolumeFilling",
        Severity::Critical,
        "kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.15 \
         and predict_linear(kubelet_volume_stats_available_bytes[6h], 86400) < 0",
        "{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} will be full within a day",
        "{{ $value | humanizePercentage }} of the volume is free, and at the pace of the last six hours that lasts less than 24 hours.",
    )
    .after(Duration::minutes(30))
}

pub(super) fn tests() -> Vec<TestGroup> {
    let claim = "{namespace=\"shop\",persistentvolumeclaim=\"data-0\"}";
    let available = format!("kubelet_volume_stats_available_bytes{claim}");
    let capacity = format!("kubelet_volume_stats_capacity_bytes{claim}");
    vec![
        TestGroup::new("a volume that fills")
            .every(Duration::minutes(5))
            .given(&available, "400-5x79")
            .given(&capacity, "1000x79")
            .silent(&volume_filling(), Duration::hours(4))
            .raised(
                &volume_filling(),
                Duration::hours(6),
                &[("namespace", "shop"), ("persistentvolumeclaim", "data-0")],
                "shop/data-0 will be full within a day",
                "4% of the volume is free, and at the pace of the last six hours that lasts less than 24 hours.",
            ),
        TestGroup::new("a volume that is nearly full and stays so")
            .every(Duration::minutes(5))
            .given(&available, "100x79")
            .given(&capacity, "1000x79")
            .silent(&volume_filling(), Duration::hours(6)),
    ]
}
