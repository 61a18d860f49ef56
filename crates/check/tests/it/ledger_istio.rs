//! Every message of `istioctl analyze` (1.30) is covered by a rule, or cannot be decided from manifests.

use std::collections::{BTreeMap, BTreeSet};

/// The numbers of all messages.
const CODES: [u16; 68] = [
    1, 2, 101, 102, 103, 106, 107, 108, 109, 110, 111, 112, 116, 118, 123, 125, 126, 127, 128, 129,
    130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148,
    149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167,
    168, 169, 170, 171, 172, 173, 174, 175, 176, 177,
];

/// What no manifest can decide, and why.
const NOT_APPLICABLE: [(u16, &str); 19] = [
    (1, "a failure inside istioctl itself"),
    (
        103,
        "about running pods: whether a proxy is there is known after injection",
    ),
    (
        126,
        "the registries of a mesh of several clusters are not among its manifests",
    ),
    (
        136,
        "istioctl leaves it out by default: most annotations have been alpha for years",
    ),
    (139, "the webhooks are compared with running control planes"),
    (141, "about the rights of whoever runs istioctl"),
    (142, "the version of a running cluster; here it is an input"),
    (143, "a listener of a running container"),
    (
        156,
        "the Gateway API that is installed in a running cluster",
    ),
    (
        158,
        "compares the proxies of running pods with the injector",
    ),
    (163, "the webhooks of a control plane in another cluster"),
    (164, "the webhooks of a control plane in another cluster"),
    (168, "compares two versions of a control plane"),
    (169, "compares two versions of a control plane"),
    (170, "compares the Services of several clusters"),
    (
        171,
        "reads the status of objects, which a manifest does not carry",
    ),
    (
        172,
        "the Gateway API that is installed in a running cluster",
    ),
    (175, "an environment variable of a running control plane"),
    (
        176,
        "the Gateway API that is installed in a running cluster",
    ),
];

/// The numbers that rules say they cover.
fn covered() -> BTreeMap<u16, Vec<&'static str>> {
    let mut covered: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for rule in check::rules() {
        for check in rule.absorbs {
            if let Some(number) = check.strip_prefix("istioctl IST") {
                covered
                    .entry(number.parse().unwrap())
                    .or_default()
                    .push(rule.code);
            }
        }
    }
    covered
}

#[test]
fn every_message_is_covered_or_stands_among_the_others() {
    let covered = covered();
    let others: BTreeMap<u16, &str> = NOT_APPLICABLE.into();
    for code in CODES {
        assert_eq!(
            covered.contains_key(&code),
            !others.contains_key(&code),
            "IST{code:04}: {:?}, {:?}",
            covered.get(&code),
            others.get(&code)
        );
    }
    assert!(others.values().all(|reason| reason.len() > 20));
}

#[test]
fn rules_cover_only_messages_that_there_are() {
    let known: BTreeSet<u16> = CODES.into();
    let unknown: Vec<_> = covered()
        .into_iter()
        .filter(|(code, _)| !known.contains(code))
        .collect();
    assert_eq!(unknown, Vec::new());
}
