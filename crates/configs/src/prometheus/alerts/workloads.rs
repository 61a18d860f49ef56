//! Alerts about pods and what runs them.

use names::Duration;

use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

pub(super) fn rules() -> RuleGroup {
    RuleGroup::of_alerts(
        "workloads",
        [
            high_cpu_usage(),
            memory_near_limit(),
            pod_crash_looping(),
            container_oom_killed(),
            pod_not_ready(),
            deployment_short(),
            stateful_set_short(),
            job_failed(),
        ],
    )
}

pub(super) fn tests() -> Vec<TestGroup> {
    [resource_tests(), pod_tests(), controller_tests()].concat()
}

fn high_cpu_usage() -> AlertRule {
    AlertRule::new(
        "HighCPUUsage",
        Severity::Warning,
        "sum by (namespace, pod, container) (rate(container_cpu_usage_seconds_total{container!=\"\"}[5m])) \
         / sum by (namespace, pod, container) (kube_pod_container_resource_limits{resource=\"cpu\"}) > 0.8",
        "{{ $labels.namespace }}/{{ $labels.pod }} uses most of its CPU",
        "Container {{ $labels.container }} has used {{ $value | humanizePercentage }} of its CPU limit for 5 minutes and is about to be throttled.",
    )
    .after(Duration::minutes(5))
}

fn memory_near_limit() -> AlertRule {
    AlertRule::new(
        "MemoryNearLimit",
        Severity::Warning,
        "sum by (namespace, pod, container) (container_memory_working_set_bytes{container!=\"\"}) \
         / sum by (namespace, pod, container) (kube_pod_container_resource_limits{resource=\"memory\"}) > 0.9",
        "{{ $labels.namespace }}/{{ $labels.pod }} is close to its memory limit",
        "Container {{ $labels.container }} has held {{ $value | humanizePercentage }} of its memory limit for 15 minutes; at the limit it is killed.",
    )
    .after(Duration::minutes(15))
}

fn pod_crash_looping() -> AlertRule {
    AlertRule::new(
        "PodCrashLooping",
        Severity::Warning,
        "max_over_time(kube_pod_container_status_waiting_reason{reason=\"CrashLoopBackOff\"}[5m]) > 0",
        "{{ $labels.namespace }}/{{ $labels.pod }} crashes again and again",
        "Container {{ $labels.container }} ends soon after each start and waits longer before every next one.",
    )
    .after(Duration::minutes(10))
}

fn container_oom_killed() -> AlertRule {
    AlertRule::new(
        "ContainerOOMKilled",
        Severity::Warning,
        "increase(kube_pod_container_status_restarts_total[15m]) > 0 \
         and on (namespace, pod, container) kube_pod_container_status_last_terminated_reason{reason=\"OOMKilled\"} == 1",
        "{{ $labels.namespace }}/{{ $labels.pod }} ran out of memory",
        "Container {{ $labels.container }} was killed at its memory limit within the last 15 minutes.",
    )
}

fn pod_not_ready() -> AlertRule {
    AlertRule::new(
        "PodNotReady",
        Severity::Warning,
        "sum by (namespace, pod) (kube_pod_status_phase{phase=~\"Pending|Unknown|Failed\"} \
         unless on (namespace, pod) kube_pod_owner{owner_kind=\"Job\"}) > 0",
        "{{ $labels.namespace }}/{{ $labels.pod }} does not run",
        "The pod has been pending, failed or unknown for 15 minutes.",
    )
    .after(Duration::minutes(15))
}

fn deployment_short() -> AlertRule {
    AlertRule::new(
        "DeploymentShort",
        Severity::Warning,
        "kube_deployment_spec_replicas > kube_deployment_status_replicas_available",
        "{{ $labels.namespace }}/{{ $labels.deployment }} has too few replicas",
        "Fewer than the {{ $value }} replicas of the Deployment have been available for 15 minutes.",
    )
    .after(Duration::minutes(15))
}

fn stateful_set_short() -> AlertRule {
    AlertRule::new(
        "StatefulSetShort",
        Severity::Warning,
        "kube_statefulset_replicas > kube_statefulset_status_replicas_ready",
        "{{ $labels.namespace }}/{{ $labels.statefulset }} has too few replicas",
        "Fewer than the {{ $value }} replicas of the StatefulSet have been ready for 15 minutes.",
    )
    .after(Duration::minutes(15))
}

fn job_failed() -> AlertRule {
    AlertRule::new(
        "JobFailed",
        Severity::Warning,
        "kube_job_failed{condition=\"true\"} > 0",
        "{{ $labels.namespace }}/{{ $labels.job_name }} failed",
        "The Job has used up its attempts. The alert ends when the Job is deleted.",
    )
    .after(Duration::minutes(1))
}

const CONTAINER: [(&str, &str); 3] = [
    ("namespace", "shop"),
    ("pod", "web-1"),
    ("container", "web"),
];

fn resource_tests() -> Vec<TestGroup> {
    let cpu =
        "container_cpu_usage_seconds_total{namespace=\"shop\",pod=\"web-1\",container=\"web\"}";
    // What cAdvisor says of the whole pod; counted in, the usage would look twice as high.
    let pod_cpu =
        "container_cpu_usage_seconds_total{namespace=\"shop\",pod=\"web-1\",container=\"\"}";
    let cpu_limit = "kube_pod_container_resource_limits{namespace=\"shop\",pod=\"web-1\",container=\"web\",resource=\"cpu\"}";
    let memory =
        "container_memory_working_set_bytes{namespace=\"shop\",pod=\"web-1\",container=\"web\"}";
    let memory_limit = "kube_pod_container_resource_limits{namespace=\"shop\",pod=\"web-1\",container=\"web\",resource=\"memory\"}";
    let summary = "shop/web-1 uses most of its CPU";
    let description =
        "Container web has used 90% of its CPU limit for 5 minutes and is about to be throttled.";
    vec![
        TestGroup::new("a busy container").given(cpu, "0+54x20").given(cpu_limit, "1x20").raised(
            &high_cpu_usage(),
            Duration::minutes(15),
            &CONTAINER,
            summary,
            description,
        ),
        TestGroup::new("a container that has used a lot of CPU in its life, and little now")
            .given(cpu, "1000000+30x20")
            .given(pod_cpu, "1000000+30x20")
            .given(cpu_limit, "1x20")
            .silent(&high_cpu_usage(), Duration::minutes(15)),
        TestGroup::new("a container close to its memory limit")
            .given(memory, "500x9 950x20")
            .given(memory_limit, "1000x30")
            .silent(&memory_near_limit(), Duration::minutes(5))
            .raised(
                &memory_near_limit(),
                Duration::minutes(28),
                &CONTAINER,
                "shop/web-1 is close to its memory limit",
                "Container web has held 95% of its memory limit for 15 minutes; at the limit it is killed.",
            ),
    ]
}

fn pod_tests() -> Vec<TestGroup> {
    let waiting = "kube_pod_container_status_waiting_reason{namespace=\"shop\",pod=\"web-1\",container=\"web\",reason=\"CrashLoopBackOff\"}";
    let restarts = "kube_pod_container_status_restarts_total{namespace=\"shop\",pod=\"web-1\",container=\"web\"}";
    let killed = "kube_pod_container_status_last_terminated_reason{namespace=\"shop\",pod=\"web-1\",container=\"web\",reason=\"OOMKilled\"}";
    let crash = [
        CONTAINER[0],
        CONTAINER[1],
        CONTAINER[2],
        ("reason", "CrashLoopBackOff"),
    ];
    vec![
        TestGroup::new("a container in a crash loop")
            .given(waiting, "0x5 1x20")
            .silent(&pod_crash_looping(), Duration::minutes(10))
            .raised(
                &pod_crash_looping(),
                Duration::minutes(20),
                &crash,
                "shop/web-1 crashes again and again",
                "Container web ends soon after each start and waits longer before every next one.",
            ),
        TestGroup::new("a container that was killed for its memory once")
            .given(restarts, "0x5 1x40")
            .given(killed, "1x45")
            .silent(&container_oom_killed(), Duration::minutes(5))
            .raised(
                &container_oom_killed(),
                Duration::minutes(10),
                &CONTAINER,
                "shop/web-1 ran out of memory",
                "Container web was killed at its memory limit within the last 15 minutes.",
            )
            .silent(&container_oom_killed(), Duration::minutes(40)),
        TestGroup::new("a pod that cannot be scheduled, and one of a Job")
            .given(
                "kube_pod_status_phase{namespace=\"shop\",pod=\"web-1\",phase=\"Pending\"}",
                "1x30",
            )
            .given(
                "kube_pod_status_phase{namespace=\"shop\",pod=\"batch-1\",phase=\"Failed\"}",
                "1x30",
            )
            .given(
                "kube_pod_owner{namespace=\"shop\",pod=\"batch-1\",owner_kind=\"Job\"}",
                "1x30",
            )
            .silent(&pod_not_ready(), Duration::minutes(10))
            .raised(
                &pod_not_ready(),
                Duration::minutes(20),
                &CONTAINER[..2],
                "shop/web-1 does not run",
                "The pod has been pending, failed or unknown for 15 minutes.",
            ),
    ]
}

fn controller_tests() -> Vec<TestGroup> {
    vec![
        TestGroup::new("workloads with a replica too few")
            .given(
                "kube_deployment_spec_replicas{namespace=\"shop\",deployment=\"web\"}",
                "3x30",
            )
            .given(
                "kube_deployment_status_replicas_available{namespace=\"shop\",deployment=\"web\"}",
                "2x30",
            )
            .given(
                "kube_statefulset_replicas{namespace=\"shop\",statefulset=\"db\"}",
                "3x30",
            )
            .given(
                "kube_statefulset_status_replicas_ready{namespace=\"shop\",statefulset=\"db\"}",
                "2x30",
            )
            .silent(&deployment_short(), Duration::minutes(10))
            .silent(&stateful_set_short(), Duration::minutes(10))
            .raised(
                &deployment_short(),
                Duration::minutes(20),
                &[("namespace", "shop"), ("deployment", "web")],
                "shop/web has too few replicas",
                "Fewer than the 3 replicas of the Deployment have been available for 15 minutes.",
            )
            .raised(
                &stateful_set_short(),
                Duration::minutes(20),
                &[("namespace", "shop"), ("statefulset", "db")],
                "shop/db has too few replicas",
                "Fewer than the 3 replicas of the StatefulSet have been ready for 15 minutes.",
            ),
        TestGroup::new("a Job that fails")
            .given(
                "kube_job_failed{namespace=\"shop\",job_name=\"load\",condition=\"true\"}",
                "0x5 1x10",
            )
            .silent(&job_failed(), Duration::minutes(5))
            .raised(
                &job_failed(),
                Duration::minutes(10),
                &[
                    ("namespace", "shop"),
                    ("job_name", "load"),
                    ("condition", "true"),
                ],
                "shop/load failed",
                "The Job has used up its attempts. The alert ends when the Job is deleted.",
            ),
    ]
}
