//! WORK032: an image that changes is pulled anew.

use crate::cluster::{Cluster, templates, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// An image that changes is pulled anew.
pub(crate) static RULE: Rule = Rule {
    code: "WORK032",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "an image that changes is pulled anew",
    why: "A node that has an image of the tag keeps running the old one; `Never` runs only where somebody put the image before.",
    fix: "Pin the image, or set `imagePullPolicy: Always`.",
    absorbs: &[
        "kube-score container-image-pull-policy",
        "polaris pullPolicyNotAlways",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        for container in template.containers() {
            let Some(image) = text(container.value, "/image") else {
                continue;
            };
            let wrong = match text(container.value, "/imagePullPolicy") {
                Some("Never") => "is never pulled",
                // Without a policy a moving tag is pulled always.
                Some("IfNotPresent") if moves(image) => "is pulled once, and its tag moves",
                _ => continue,
            };
            let message = format!("the image of container {} {wrong}", container.name());
            findings.add(
                template.owner,
                template.path_in(&container, "imagePullPolicy"),
                message,
            );
        }
    }
}

/// Whether an image has a name that is given to another one with every build.
fn moves(image: &str) -> bool {
    let last = image.rsplit('/').next().unwrap_or(image);
    let tag = last.split_once(':').map_or("latest", |(_, tag)| tag);
    !image.contains('@')
        && matches!(
            tag,
            "latest"
                | "main"
                | "master"
                | "dev"
                | "develop"
                | "edge"
                | "nightly"
                | "stable"
                | "staging"
        )
}
