//! WORK034: a probe ends before the next one begins.

use serde_json::Value as Json;

use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A probe ends before the next one begins.
pub(crate) static RULE: Rule = Rule {
    code: "WORK034",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a probe ends before the next one begins",
    why: "A probe that may take longer than the time between two of them hides a container that hardly answers.",
    fix: "Make `timeoutSeconds` at most `periodSeconds`.",
    absorbs: &[],
    check: Some(check),
};

const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        for container in template.containers() {
            for name in PROBES {
                let Some(probe) = container.value.get(name).filter(|probe| probe.is_object())
                else {
                    continue;
                };
                let seconds =
                    |field, default| probe.get(field).and_then(Json::as_u64).unwrap_or(default);
                let (timeout, period) =
                    (seconds("timeoutSeconds", 1), seconds("periodSeconds", 10));
                if timeout > period {
                    let message = format!(
                        "the probe of container {} may take {timeout} s and comes every {period} s",
                        container.name()
                    );
                    let path = template.path_in(&container, &format!("{name}.timeoutSeconds"));
                    findings.add(template.owner, path, message);
                }
            }
        }
    }
}
