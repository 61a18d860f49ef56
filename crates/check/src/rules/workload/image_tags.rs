//! WORK007: every image is pinned to a version.

use crate::cluster::{Cluster, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Every image is pinned to a version.
pub(crate) static RULE: Rule = Rule {
    code: "WORK007",
    area: Area::Workload,
    severity: Severity::Error,
    title: "every image is pinned to a version",
    why: "An image without a tag, or with `latest`, is another one after the next push: two pods of a workload run different code, and a rollback brings nothing back.",
    fix: "Name a version tag or a digest.",
    absorbs: &[
        "kube-linter latest-tag",
        "kube-score container-image-tag",
        "polaris tagNotSpecified",
        "datree CONTAINERS_MISSING_IMAGE_VALUE_VERSION",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for pods in cluster.pods() {
        let Some((owner, _)) = pods.template() else {
            continue;
        };
        for container in pods.containers() {
            let Some(image) = text(container.value, "/image") else {
                continue;
            };
            let wrong = match tag(image) {
                Tag::Missing => "no tag",
                Tag::Named("latest") => "the tag `latest`",
                Tag::Named(_) | Tag::Digest => continue,
            };
            let path = format!("{}.image", container.path(pods));
            findings.add(
                owner,
                path,
                format!(
                    "the image {image} of container {} has {wrong}",
                    container.name()
                ),
            );
        }
    }
}

/// What pins an image.
#[derive(Debug, PartialEq, Eq)]
enum Tag<'a> {
    Missing,
    Named(&'a str),
    Digest,
}

fn tag(image: &str) -> Tag<'_> {
    if image.contains('@') {
        return Tag::Digest;
    }
    // A colon before the last slash belongs to the port of the registry.
    let last = image.rsplit('/').next().unwrap_or(image);
    last.split_once(':').map_or(Tag::Missing, |(_, tag)| {
        if tag.is_empty() {
            Tag::Missing
        } else {
            Tag::Named(tag)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Tag, tag};

    #[test]
    fn the_port_of_a_registry_is_no_tag() {
        assert_eq!(tag("registry:5000/app"), Tag::Missing);
        assert_eq!(tag("registry:5000/app:v1"), Tag::Named("v1"));
        assert_eq!(tag("app@sha256:00"), Tag::Digest);
    }
}
