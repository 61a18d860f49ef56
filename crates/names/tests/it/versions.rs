use crate::table::{refused, values};
use names::{KubernetesMinor, Version};

#[test]
fn versions_have_up_to_three_numbers() {
    for text in [
        "1.4.2",
        "v1.30.0",
        "17.2",
        "16",
        "0.0.0",
        "1.0.0-rc.1",
        "1.0.0-alpha-1.x",
        "1.0.0+build.007",
        "v2.1.0-rc.1+a-b",
        "20261121",
        "1.0.0-0a",
    ] {
        let version: Version = text.parse().unwrap();
        assert_eq!(version.to_string(), text);
        assert_eq!(String::from(&version), text);
    }
    refused::<Version>(&[
        "",
        "v",
        "V1",
        "vv1",
        "1.",
        ".1",
        "1..2",
        "1.2.3.4",
        "01.2",
        "1.02",
        "1.2.x",
        "latest",
        "1.2.3-",
        "1.2.3-a..b",
        "1.2.3-01",
        "1.2.3+",
        "1.2.3+a+b",
        "1.2.3-ä",
        "1 ",
        "-1",
        "1.2.99999999999",
    ]);
}

#[test]
fn a_version_is_taken_apart() {
    let version = const { Version::from_static("v1.30.4-rc.1+b") };
    assert_eq!(
        (version.major(), version.minor(), version.patch()),
        (1, 30, 4)
    );
    assert_eq!(version.pre_release(), Some("rc.1"));
    let version = const { Version::from_static("17+a-b") };
    assert_eq!(
        (
            version.major(),
            version.minor(),
            version.patch(),
            version.pre_release()
        ),
        (17, 0, 0, None)
    );
}

#[test]
fn versions_are_in_order_of_precedence() {
    let ordered = [
        "0.9",
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.0.1",
        "1.2",
        "1.10.0",
        "v1.10.1",
        "2",
    ];
    let versions: Vec<Version> = ordered.iter().map(|text| text.parse().unwrap()).collect();
    for (index, left) in versions.iter().enumerate() {
        for (other, right) in versions.iter().enumerate() {
            assert_eq!(left.cmp(right), index.cmp(&other), "{left} and {right}");
        }
    }
}

#[test]
fn kubernetes_minors_are_compared_as_numbers() {
    values::<KubernetesMinor>(&[
        ("1.35", KubernetesMinor::new(35)),
        ("1.9", KubernetesMinor::new(9)),
    ]);
    refused::<KubernetesMinor>(&[
        "", "1", "1.", "35", "v1.35", "1.35.2", "1.035", "2.0", "1.x", "1.70000", "1.-1",
    ]);
    assert!(KubernetesMinor::new(9) < KubernetesMinor::new(35));
    assert_eq!(KubernetesMinor::new(35).next().to_string(), "1.36");
    assert_eq!(KubernetesMinor::new(35).minor(), 35);
}
