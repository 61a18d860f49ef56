//! What kube-linter looks for in every tree of `generated/`, held against `tests/kube-linter/exceptions.yaml`.
//!
//! kube-linter itself cannot be had from the Go module proxy. Its checks that neither `check` nor kube-score makes stand here
//! under their own names, and they look at Rollouts too, which it does not.
use std::process::ExitCode;

use serde_json::Value;
use workspace_tests::exceptions::{Finding, hold};

/// A check by its name, with what is wrong.
type Said = (&'static str, String);

fn main() -> ExitCode {
    hold("kube-linter", |_, objects| {
        Ok(objects.iter().flat_map(findings).collect())
    })
}

fn findings(object: &Value) -> Vec<Finding> {
    let text = |path| object.pointer(path).and_then(Value::as_str).unwrap_or("");
    let name = (
        text("/kind"),
        text("/metadata/namespace"),
        text("/metadata/name"),
    );
    let said = said(object).into_iter();
    said.map(|(check, what)| Finding::new(check, name, what))
        .collect()
}

fn said(object: &Value) -> Vec<Said> {
    let mut said = of_object(object);
    let kind = object["kind"].as_str().unwrap_or("");
    let pod = match kind {
        "Deployment" | "Rollout" | "StatefulSet" | "DaemonSet" | "Job" => "/spec/template/spec",
        "CronJob" => "/spec/jobTemplate/spec/template/spec",
        _ => return said,
    };
    let Some(pod) = object.pointer(pod) else {
        return said;
    };
    said.extend(of_pod(pod));
    for container in list(&pod["containers"]).chain(list(&pod["initContainers"])) {
        said.extend(of_container(pod, container));
    }
    if !matches!(kind, "Job" | "CronJob") {
        said.extend(list(&pod["containers"]).flat_map(of_probes));
    }
    said
}

/// What is wrong with an object, leaving its pods aside.
fn of_object(object: &Value) -> Vec<Said> {
    let spec = &object["spec"];
    let most = &spec["maxUnavailable"];
    let checks = match object["kind"].as_str().unwrap_or("") {
        "PodDisruptionBudget" => vec![
            (
                spec["unhealthyPodEvictionPolicy"].is_null(),
                "pdb-unhealthy-pod-eviction-policy",
            ),
            (most == 0 || most == "0%", "pdb-max-unavailable"),
        ],
        "HorizontalPodAutoscaler" => vec![(
            spec["minReplicas"].as_u64().unwrap_or(1) < 3,
            "hpa-minimum-three-replicas",
        )],
        "Deployment" | "Rollout" => vec![(
            spec["replicas"].as_u64().is_some_and(|count| count < 3),
            "minimum-three-replicas",
        )],
        "Service" => vec![(
            spec["type"] == "NodePort" || spec["type"] == "LoadBalancer",
            "exposed-services",
        )],
        "ClusterRoleBinding" | "RoleBinding" => vec![(
            object["roleRef"]["name"] == "cluster-admin",
            "cluster-admin-role-binding",
        )],
        "Role" | "ClusterRole" => return list(&object["rules"]).flat_map(of_rule).collect(),
        _ => Vec::new(),
    };
    reported(&checks, "the object itself")
}

/// What is wrong with a rule of a role.
fn of_rule(rule: &Value) -> Vec<Said> {
    let has = |field: &str, words: &[&str]| {
        list(&rule[field]).any(|word| words.iter().any(|other| word == other))
    };
    let any = ["apiGroups", "resources", "verbs"];
    let any = any.iter().any(|field| has(field, &["*"]));
    let reads = has("verbs", &["get", "list", "watch", "*"]);
    let creates = has("verbs", &["create", "*"]);
    let checks = [
        (any, "wildcard-in-rules"),
        (has("resources", &["secrets"]) && reads, "access-to-secrets"),
        (
            has("resources", &["pods"]) && creates,
            "access-to-create-pods",
        ),
    ];
    reported(&checks, &rule.to_string())
}

/// The checks that found something.
fn reported(checks: &[(bool, &'static str)], what: &str) -> Vec<Said> {
    let found = checks.iter().filter(|(wrong, _)| *wrong);
    found.map(|(_, check)| (*check, what.to_owned())).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn of_pod(pod: &Value) -> Vec<Said> {
    /// The folders of a node that no pod should see.
    const SENSITIVE: [&str; 8] = [
        "/", "/boot", "/dev", "/etc", "/lib", "/proc", "/sys", "/usr",
    ];

    let mut said = Vec::new();
    for (field, check) in [
        ("hostIPC", "host-ipc"),
        ("hostNetwork", "host-network"),
        ("hostPID", "host-pid"),
    ] {
        if pod[field] == true {
            said.push((check, "that of the node".to_owned()));
        }
    }
    for volume in list(&pod["volumes"]) {
        let path = volume.pointer("/hostPath/path").and_then(Value::as_str);
        match path {
            Some(path) if SENSITIVE.contains(&path) => {
                said.push(("sensitive-host-mounts", path.to_owned()));
            }
            Some(path) if path.contains("docker.sock") => {
                said.push(("docker-sock", path.to_owned()));
            }
            _ => {}
        }
    }
    let account = pod["serviceAccountName"].as_str().unwrap_or("default");
    if account == "default" {
        said.push((
            "default-service-account",
            "no account of its own".to_owned(),
        ));
    }
    if list(&pod["securityContext"]["sysctls"]).next().is_some() {
        said.push(("unsafe-sysctls", "sets some".to_owned()));
    }
    said
}

fn of_container(pod: &Value, container: &Value) -> Vec<Said> {
    let own = &container["securityContext"];
    let name = container["name"].as_str().unwrap_or("");
    let non_root = own["runAsNonRoot"]
        .as_bool()
        .or_else(|| pod["securityContext"]["runAsNonRoot"].as_bool());
    let drops = |word: &str| list(&own["capabilities"]["drop"]).any(|found| found == word);
    let has_no = |place: &str| container["resources"].pointer(place).is_none();
    let mounted = |mount: &Value| {
        let mut volumes = list(&pod["volumes"]);
        volumes.any(|volume| volume["name"] == mount["name"] && volume["hostPath"].is_object())
    };
    let writes =
        list(&container["volumeMounts"]).any(|mount| mount["readOnly"] != true && mounted(mount));
    let secret = list(&container["env"]).any(|variable| {
        let name = variable["name"].as_str().unwrap_or("").to_lowercase();
        let value = variable["value"].as_str().unwrap_or("");
        // A path leads to a secret and is none.
        name.contains("secret") && !value.is_empty() && !value.starts_with('/')
    });
    let from_secret =
        list(&container["env"]).any(|variable| variable["valueFrom"]["secretKeyRef"].is_object());
    let low = list(&container["ports"]).any(|port| {
        port["containerPort"]
            .as_u64()
            .is_some_and(|port| port < 1024)
    });
    let checks = [
        (non_root != Some(true), "run-as-non-root"),
        (own["privileged"] == true, "privileged-container"),
        (
            own["allowPrivilegeEscalation"] != false,
            "privilege-escalation-container",
        ),
        (
            !drops("ALL") && !drops("NET_RAW"),
            "drop-net-raw-capability",
        ),
        (
            own["readOnlyRootFilesystem"] != true,
            "no-read-only-root-fs",
        ),
        (own["procMount"].is_string(), "unsafe-proc-mount"),
        (
            has_no("/requests/cpu") || has_no("/limits/cpu"),
            "unset-cpu-requirements",
        ),
        (
            has_no("/requests/memory") || has_no("/limits/memory"),
            "unset-memory-requirements",
        ),
        (writes, "writable-host-mount"),
        (secret, "env-var-secret"),
        (from_secret, "read-secret-from-env-var"),
        (low, "privileged-ports"),
    ];
    reported(&checks, name)
}

fn of_probes(container: &Value) -> Vec<Said> {
    let checks = [
        (container["livenessProbe"].is_null(), "no-liveness-probe"),
        (container["readinessProbe"].is_null(), "no-readiness-probe"),
    ];
    reported(&checks, container["name"].as_str().unwrap_or(""))
}
