use crate::table::texts;
use names::{HostName, HostPattern, NamespaceName, PathPrefix, ServiceName, name};

#[test]
fn hosts_are_dns_names() {
    let label = "a".repeat(63);
    texts::<HostName>(
        &[
            "api.example.com",
            "postgresql",
            "a.1a",
            "1.example",
            "xn--bcher-kva.example",
            &label,
        ],
        &[
            "",
            "Api.example.com",
            "10.0.0.1",
            "1",
            "a.1",
            "*.example.com",
            "a..b",
            "a.",
            ".a",
            "a_b",
            "a/b",
            "a:1",
            "bücher.example",
            &"a".repeat(64),
            "-a.b",
        ],
    );
    texts::<HostPattern>(
        &["*.example.com", "api.example.com", "*.a"],
        &["*", "*.", "a.*.b", "*.*.a", "a*.b", "*a.b", "*.10", ""],
    );
}

#[test]
fn patterns_match_the_hosts_below_them() {
    let wildcard = name!(HostPattern, "*.example.com");
    assert!(
        wildcard.matches(&name!(HostName, "api.example.com"))
            && wildcard.matches(&name!(HostName, "a.b.example.com"))
    );
    assert!(
        !wildcard.matches(&name!(HostName, "example.com"))
            && !wildcard.matches(&name!(HostName, "notexample.com"))
    );
    assert!(
        name!(HostPattern, "a.b").matches(&name!(HostName, "a.b"))
            && !name!(HostPattern, "a.b").matches(&name!(HostName, "c.a.b"))
    );
    let domain = name!(HostName, "example.com");
    assert!(domain.is_within(&domain) && name!(HostName, "a.example.com").is_within(&domain));
    assert!(!name!(HostName, "anexample.com").is_within(&domain));
    assert_eq!(domain.child("api"), Ok(name!(HostName, "api.example.com")));
    assert!(domain.child("").is_err());
}

#[test]
fn services_have_dns_names() {
    let (service, namespace) = (
        name!(ServiceName, "redis"),
        name!(NamespaceName, "production"),
    );
    assert_eq!(service.host(&namespace).as_str(), "redis.production.svc");
    assert_eq!(
        service.full_host(&namespace).as_str(),
        "redis.production.svc.cluster.local"
    );
    let longest: (ServiceName, NamespaceName) = (
        "a".repeat(63).parse().unwrap(),
        "1".repeat(63).parse().unwrap(),
    );
    assert!(
        longest
            .0
            .full_host(&longest.1)
            .as_str()
            .parse::<HostName>()
            .is_ok()
    );
}

#[test]
fn path_prefixes_are_absolute_and_plain() {
    texts::<PathPrefix>(
        &[
            "/",
            "/api",
            "/api/",
            "/api/v1",
            "/a.b/..c",
            "/a%20b",
            "/~user/(x);y=1,2",
            "/@scope/a:b",
        ],
        &[
            "", "api", "//", "/a//b", "/./a", "/a/.", "/a/..", "/../a", "/a?b", "/a#b", "/a b",
            "/%2f", "/a%2Fb", "/%", "/%2", "/%zz", "/%g0", "/%0g", "/a\\b", "/ä", "/{id}",
        ],
    );
    assert!(
        format!("/{}", "a".repeat(1023))
            .parse::<PathPrefix>()
            .is_ok()
    );
    assert!(
        format!("/{}", "a".repeat(1024))
            .parse::<PathPrefix>()
            .is_err()
    );
}
