//! Every check of kube-linter, kube-score and Polaris is covered by a rule, or is stated not to apply, with the reason.

use std::collections::BTreeSet;

/// The built-in checks of kube-linter (`docs/generated/checks.md`).
const KUBE_LINTER: [&str; 63] = [
    "access-to-create-pods",
    "access-to-secrets",
    "cluster-admin-role-binding",
    "dangling-horizontalpodautoscaler",
    "dangling-ingress",
    "dangling-networkpolicy",
    "dangling-networkpolicypeer-podselector",
    "dangling-service",
    "dangling-servicemonitor",
    "default-service-account",
    "deprecated-service-account-field",
    "dnsconfig-options",
    "docker-sock",
    "drop-net-raw-capability",
    "duplicate-env-var",
    "env-value-from",
    "env-var-secret",
    "exposed-services",
    "host-ipc",
    "host-network",
    "host-pid",
    "hpa-minimum-three-replicas",
    "invalid-target-ports",
    "job-ttl-seconds-after-finished",
    "latest-tag",
    "liveness-port",
    "minimum-three-replicas",
    "mismatching-selector",
    "no-anti-affinity",
    "no-extensions-v1beta",
    "no-liveness-probe",
    "no-node-affinity",
    "no-read-only-root-fs",
    "no-readiness-probe",
    "no-rolling-update-strategy",
    "non-existent-service-account",
    "non-isolated-pod",
    "pdb-max-unavailable",
    "pdb-min-available",
    "pdb-unhealthy-pod-eviction-policy",
    "priority-class-name",
    "privilege-escalation-container",
    "privileged-container",
    "privileged-ports",
    "read-secret-from-env-var",
    "readiness-port",
    "required-annotation-email",
    "required-label-owner",
    "restart-policy",
    "run-as-non-root",
    "scc-deny-privileged-container",
    "schema-validation",
    "sensitive-host-mounts",
    "sorted-keys",
    "ssh-port",
    "startup-port",
    "unsafe-proc-mount",
    "unsafe-sysctls",
    "unset-cpu-requirements",
    "unset-memory-requirements",
    "use-namespace",
    "wildcard-in-rules",
    "writable-host-mount",
];

/// The checks of kube-score (`README_CHECKS.md`), the optional ones included.
const KUBE_SCORE: [&str; 39] = [
    "container-cpu-requests-equal-limits",
    "container-ephemeral-storage-request-and-limit",
    "container-ephemeral-storage-request-equals-limit",
    "container-image-pull-policy",
    "container-image-tag",
    "container-memory-requests-equal-limits",
    "container-ports-check",
    "container-resource-requests-equal-limits",
    "container-resources",
    "container-seccomp-profile",
    "container-security-context-privileged",
    "container-security-context-readonlyrootfilesystem",
    "container-security-context-user-group-id",
    "cronjob-has-deadline",
    "cronjob-restartpolicy",
    "deployment-has-host-podantiaffinity",
    "deployment-has-poddisruptionbudget",
    "deployment-pod-selector-labels-match-template-metadata-labels",
    "deployment-replicas",
    "deployment-strategy",
    "deployment-targeted-by-hpa-does-not-have-replicas-configured",
    "environment-variable-key-duplication",
    "horizontalpodautoscaler-has-target",
    "horizontalpodautoscaler-replicas",
    "ingress-targets-service",
    "label-values",
    "networkpolicy-targets-pod",
    "pod-networkpolicy",
    "pod-probes",
    "pod-probes-identical",
    "pod-topology-spread-constraints",
    "poddisruptionbudget-has-policy",
    "service-targets-pod",
    "service-type",
    "stable-version",
    "statefulset-has-host-podantiaffinity",
    "statefulset-has-poddisruptionbudget",
    "statefulset-has-servicename",
    "statefulset-pod-selector-labels-match-template-metadata-labels",
];

/// The checks of Polaris (`pkg/config/checks`).
const POLARIS: [&str; 44] = [
    "automountServiceAccountToken",
    "clusterrolePodExecAttach",
    "clusterrolebindingClusterAdmin",
    "clusterrolebindingPodExecAttach",
    "cpuLimitsMissing",
    "cpuRequestsMissing",
    "dangerousCapabilities",
    "deploymentMissingReplicas",
    "hostIPCSet",
    "hostNetworkSet",
    "hostPIDSet",
    "hostPathSet",
    "hostPortSet",
    "hostProcess",
    "hpaMaxAvailability",
    "hpaMinAvailability",
    "insecureCapabilities",
    "linuxHardening",
    "livenessProbeMissing",
    "memoryLimitsMissing",
    "memoryRequestsMissing",
    "metadataAndInstanceMismatched",
    "missingNetworkPolicy",
    "missingPodDisruptionBudget",
    "notReadOnlyRootFilesystem",
    "pdbDisruptionsIsZero",
    "pdbMinAvailableGreaterThanHPAMinReplicas",
    "priorityClassNotSet",
    "privilegeEscalationAllowed",
    "procMount",
    "pullPolicyNotAlways",
    "readinessProbeMissing",
    "rolePodExecAttach",
    "rolebindingClusterAdminClusterRole",
    "rolebindingClusterAdminRole",
    "rolebindingClusterRolePodExecAttach",
    "rolebindingRolePodExecAttach",
    "runAsPrivileged",
    "runAsRootAllowed",
    "sensitiveConfigmapContent",
    "sensitiveContainerEnvVar",
    "tagNotSpecified",
    "tlsSettingsMissing",
    "topologySpreadConstraint",
];

/// What no rule looks for, and why.
const NOT_APPLICABLE: [(&str, &str); 13] = [
    (
        "kube-linter dnsconfig-options",
        "`ndots: 2` is one site's choice; no default of it is right for all",
    ),
    (
        "kube-linter hpa-minimum-three-replicas",
        "two pods outlive the loss of one, and WORK016 asks for two",
    ),
    (
        "kube-linter minimum-three-replicas",
        "two pods outlive the loss of one, and WORK015 asks for two",
    ),
    (
        "kube-linter no-node-affinity",
        "a pod that may run anywhere is the rule; whether it finds a node is a matter of capacity",
    ),
    (
        "kube-linter required-annotation-email",
        "which annotations an organisation wants is its own to say",
    ),
    (
        "kube-linter required-label-owner",
        "which labels an organisation wants is its own to say",
    ),
    (
        "kube-linter scc-deny-privileged-container",
        "SecurityContextConstraints are a kind of OpenShift alone",
    ),
    (
        "kube-linter sorted-keys",
        "the order of keys has no effect, and the emitter sorts them",
    ),
    (
        "kube-score container-cpu-requests-equal-limits",
        "processor time above the request is what nobody else uses; WORK008 and WORK010 ask for both",
    ),
    (
        "kube-score container-ephemeral-storage-request-equals-limit",
        "WORK011 asks for both; what is written comes and goes",
    ),
    (
        "kube-score container-memory-requests-equal-limits",
        "WORK009 and WORK036 ask for both; whether a node holds the sum of the limits is a matter of capacity",
    ),
    (
        "kube-score container-resource-requests-equal-limits",
        "as its parts for processor time and memory",
    ),
    (
        "polaris metadataAndInstanceMismatched",
        "the instance label names the release, which several objects share; their names differ",
    ),
];

/// All checks, as `tool check`.
fn checks() -> BTreeSet<String> {
    let of = |tool: &'static str, names: &'static [&'static str]| {
        names.iter().map(move |name| format!("{tool} {name}"))
    };
    let linter = of("kube-linter", &KUBE_LINTER);
    let score = of("kube-score", &KUBE_SCORE);
    linter.chain(score).chain(of("polaris", &POLARIS)).collect()
}

fn absorbed() -> BTreeSet<&'static str> {
    let rules = check::rules().into_iter();
    rules.flat_map(|rule| rule.absorbs).copied().collect()
}

#[test]
fn every_check_of_the_peers_is_covered_or_stated_not_to_apply() {
    let absorbed = absorbed();
    let excused: BTreeSet<&str> = NOT_APPLICABLE.iter().map(|(check, _)| *check).collect();
    let open: Vec<String> = checks()
        .into_iter()
        .filter(|check| !absorbed.contains(check.as_str()) && !excused.contains(check.as_str()))
        .collect();
    assert_eq!(open, Vec::<String>::new());
}

#[test]
fn what_does_not_apply_exists_and_no_rule_covers_it() {
    let (checks, absorbed) = (checks(), absorbed());
    for (check, reason) in NOT_APPLICABLE {
        assert!(checks.contains(check), "there is no {check}");
        assert!(!absorbed.contains(check), "a rule covers {check}");
        assert!(reason.len() > 20, "{check}: {reason}");
    }
}

#[test]
fn rules_name_checks_that_the_peers_have() {
    let checks = checks();
    for absorbed in absorbed() {
        let tool = absorbed.split_once(' ').map_or("", |(tool, _)| tool);
        let is_listed = matches!(tool, "kube-linter" | "kube-score" | "polaris");
        assert!(
            !is_listed || checks.contains(absorbed),
            "{absorbed} is no check"
        );
    }
}
