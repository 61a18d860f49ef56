//! What kube-score says of every tree of `generated/`, held against `tests/kube-score/exceptions.yaml`.
//!
//! kube-score takes a Rollout for no workload at all and says of its
//! Services that they lead nowhere, so it is shown a Deployment with the same pods.
use std::io::Write as _;
use std::process::{Command, ExitCode, Stdio};

use serde_json::{Value, json};
use workspace_tests::exceptions::{Finding, hold};

fn main() -> ExitCode {
    hold("kube-score", |environment, objects| {
        let documents = objects.into_iter().map(as_deployment);
        let documents: Vec<String> = documents.map(|object| object.to_string()).collect();
        let stream = documents.join("\n---\n");
        found(&kube_score(&environment.kubernetes.to_string(), &stream)?)
    })
}

/// A Rollout as the Deployment with its pods, and whoever scales it likewise; every other object as it is.
fn as_deployment(mut object: Value) -> Value {
    let target = match object["kind"].as_str() {
        Some("Rollout") => {
            if let Some(spec) = object["spec"].as_object_mut() {
                spec.remove("strategy");
            }
            Some(&mut object)
        }
        Some("HorizontalPodAutoscaler") => object
            .pointer_mut("/spec/scaleTargetRef")
            .filter(|target| target["kind"] == "Rollout"),
        _ => None,
    };
    if let Some(target) = target {
        target["apiVersion"] = json!("apps/v1");
        target["kind"] = json!("Deployment");
    }
    object
}

/// What kube-score says of a stream with all of its checks, those that are off by default too.
fn kube_score(kubernetes: &str, stream: &str) -> Result<Value, String> {
    let mut child = Command::new("kube-score")
        .args(["score", "--output-format", "json", "--all-default-optional"])
        .args(["--kubernetes-version", &format!("v{kubernetes}"), "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("kube-score: {error}"))?;
    // It reads all before it writes, so neither waits for the other.
    if let Some(mut input) = child.stdin.take() {
        input
            .write_all(stream.as_bytes())
            .map_err(|error| format!("kube-score: {error}"))?;
    }
    let output = child
        .wait_with_output()
        .map_err(|error| format!("kube-score: {error}"))?;
    // Its exit code only says whether it found anything.
    serde_json::from_slice(&output.stdout).map_err(|error| format!("kube-score: {error}"))
}

/// What is less than good.
fn found(verdicts: &Value) -> Result<Vec<Finding>, String> {
    /// The grade of what is good, of 10.
    const GOOD: u64 = 10;

    let objects = verdicts
        .as_array()
        .ok_or("kube-score: no list of objects")?;
    let mut findings = Vec::new();
    for object in objects {
        let text = |path: &str| object.pointer(path).and_then(Value::as_str).unwrap_or("");
        let name = (
            text("/type_meta/kind"),
            text("/object_meta/namespace"),
            text("/object_meta/name"),
        );
        for verdict in object["checks"].as_array().into_iter().flatten() {
            let check = verdict["check"]["id"].as_str().unwrap_or("");
            let grade = verdict["grade"].as_u64().unwrap_or(0);
            if verdict["skipped"] == true || grade >= GOOD {
                continue;
            }
            let comments = verdict["comments"].as_array().into_iter().flatten();
            let comments = comments.filter_map(|comment| {
                let place = comment["path"].as_str().filter(|path| !path.is_empty());
                let summary = comment["summary"].as_str()?;
                Some(
                    place.map_or_else(|| summary.to_owned(), |place| format!("{place}: {summary}")),
                )
            });
            let what = comments.collect::<Vec<_>>().join("; ");
            findings.push(Finding::new(check, name, what));
        }
    }
    Ok(findings)
}
