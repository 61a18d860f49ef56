use crate::table::texts;
use names::ImageReference;

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[test]
fn an_image_has_a_tag_or_a_digest() {
    let by_digest = format!("registry.k8s.io/pause@{DIGEST}");
    let by_both = format!("registry.example.com:5000/team/api:1.4.2@{DIGEST}");
    texts::<ImageReference>(
        &[
            "redis:7.4",
            "library/redis:7.4-alpine",
            "quay.io/prometheus/prometheus:v3.1.0",
            "localhost/a:1",
            "localhost:5000/a/b_c/d__e/f--g.h:A_b-1.2",
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/api:20261121",
            &by_digest,
            &by_both,
        ],
        &[
            "",
            "redis",
            "redis:",
            "redis:latest",
            "redis:Latest",
            ":7.4",
            "Redis:7.4",
            "quay.io/Prometheus:1",
            "quay.io/:1",
            "quay.io//a:1",
            "/a:1",
            "a/:1",
            "a:1:2",
            "a:-1",
            "a:.1",
            "a:1/2",
            "a:1 ",
            " a:1",
            "a b:1",
            "a:ä",
            "a_-b:1",
            "a___b:1",
            "a..b:1",
            "_a:1",
            "a-:1",
            "quay.io:/a:1",
            "quay.io:0/a:1",
            "quay.io:65536/a:1",
            "https://quay.io/a:1",
            "a@sha256:abc",
            "a@",
            "a:1@",
            "registry.example.com:5000/a",
            "quay-.io/a:1",
            &format!("a:latest@{DIGEST}"),
            &format!("a@{DIGEST}0"),
            &format!("a@{}", DIGEST.to_uppercase()),
            &format!("a@{}", DIGEST.replace("sha256", "md5")),
            &format!("a@{DIGEST}@{DIGEST}"),
            &format!("a:{}", "1".repeat(129)),
            &format!("{}:1", "a".repeat(256)),
            &format!("a@{}", DIGEST.replace('f', "g")),
        ],
    );
    assert!(
        format!("{}:{}", "a".repeat(255), "1".repeat(128))
            .parse::<ImageReference>()
            .is_ok()
    );
}

#[test]
fn an_image_is_taken_apart() {
    let parts = |text: &str| {
        let image: ImageReference = text.parse().unwrap();
        (
            image.registry().to_owned(),
            image.repository().to_owned(),
            image.tag().map(str::to_owned),
            image.digest().map(str::to_owned),
        )
    };
    let expected = |registry: &str, repository: &str, tag: Option<&str>, digest: Option<&str>| {
        (
            registry.to_owned(),
            repository.to_owned(),
            tag.map(str::to_owned),
            digest.map(str::to_owned),
        )
    };
    assert_eq!(
        parts("redis:7.4"),
        expected("docker.io", "redis", Some("7.4"), None)
    );
    assert_eq!(
        parts("grafana/loki:3.2"),
        expected("docker.io", "grafana/loki", Some("3.2"), None)
    );
    assert_eq!(
        parts("quay.io/a/b:v1"),
        expected("quay.io", "quay.io/a/b", Some("v1"), None)
    );
    assert_eq!(
        parts(&format!("r.io:5000/a@{DIGEST}")),
        expected("r.io:5000", "r.io:5000/a", None, Some(DIGEST))
    );
    assert_eq!(
        parts(&format!("localhost/a:1@{DIGEST}")),
        expected("localhost", "localhost/a", Some("1"), Some(DIGEST))
    );
}
