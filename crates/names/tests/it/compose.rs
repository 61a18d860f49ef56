use crate::table::Numbers;
use names::{
    ApplicationName, Composable, ConfigMapName, ContainerName, DataKey, LabelValue, ObjectName,
    PortName, ServiceAccountName, ServiceName, SubsetName, WorkloadName, join, name,
};

#[test]
fn parts_are_joined_with_dashes_and_checked() {
    assert_eq!(
        join::<ServiceName>(&["redis", "headless"]),
        Ok(name!(ServiceName, "redis-headless"))
    );
    assert_eq!(
        join::<ServiceName>(&["redis"]),
        Ok(name!(ServiceName, "redis"))
    );
    let error = join::<PortName>(&["prometheus", "remote", "write"]).unwrap_err();
    assert_eq!(
        (error.kind, error.given.as_str()),
        ("port name", "prometheus-remote-write")
    );
    assert!(join::<ServiceName>(&[]).is_err());
}

#[test]
fn a_suffix_is_appended_as_it_is_where_it_fits() {
    let redis = name!(WorkloadName, "redis");
    assert_eq!(
        redis.with_suffix::<ServiceName>("-headless").as_str(),
        "redis-headless"
    );
    assert_eq!(redis.with_suffix::<DataKey>(".conf").as_str(), "redis.conf");
    assert_eq!(redis.with_suffix::<ObjectName>("").as_str(), "redis");
    let longest: WorkloadName = "a".repeat(52).parse().unwrap();
    assert_eq!(
        longest.with_suffix::<ServiceName>("-0123456789").as_str(),
        format!("{}-0123456789", "a".repeat(52))
    );
}

#[test]
fn a_name_that_gets_too_long_is_shortened_and_keeps_its_hash() {
    // The names are in clusters: they must never change.
    let longest: WorkloadName = "a".repeat(52).parse().unwrap();
    assert_eq!(
        longest.with_suffix::<WorkloadName>("-canary").as_str(),
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-f2e400a2-canary"
    );
    assert_eq!(
        name!(ServiceName, "remote-write-receiver")
            .with_suffix::<PortName>("-http")
            .as_str(),
        "r-92837b9a-http"
    );
    assert_eq!(
        name!(ServiceName, "a")
            .with_suffix::<PortName>("-metrics-scraping-endpoint")
            .as_str(),
        "a-metr-23896306"
    );
}

#[test]
fn characters_that_the_other_kind_refuses_become_dashes() {
    let name = name!(ConfigMapName, "0redis.conf").with_suffix::<WorkloadName>("-x");
    assert_eq!(name.as_str(), "x0redis-conf-12726539-x");
    let name = name!(LabelValue, "").with_suffix::<ServiceName>("--");
    assert_eq!(name.as_str(), "x-f4725a93");
}

fn stays_valid<T: Composable>(numbers: &mut Numbers) {
    const SUFFIXES: [&str; 8] = [
        "",
        "-canary",
        ".yaml",
        "_A",
        "--",
        "-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789",
        "ü",
        " ",
    ];
    for _ in 0..500 {
        let text = numbers.text("ab0-.", 70);
        let Ok(base) = text.parse::<ObjectName>() else {
            continue;
        };
        for suffix in SUFFIXES {
            let composed: T = base.with_suffix(suffix);
            assert!(
                T::accepts(composed.as_ref()),
                "{} `{composed}` from `{base}` and `{suffix}`",
                T::KIND
            );
            assert_eq!(composed, base.with_suffix(suffix));
        }
    }
}

#[test]
fn composed_names_are_always_valid() {
    let mut numbers = Numbers(5);
    stays_valid::<ServiceName>(&mut numbers);
    stays_valid::<WorkloadName>(&mut numbers);
    stays_valid::<PortName>(&mut numbers);
    stays_valid::<LabelValue>(&mut numbers);
    stays_valid::<ObjectName>(&mut numbers);
    stays_valid::<DataKey>(&mut numbers);
}

#[test]
fn long_names_with_a_common_start_stay_apart() {
    let names: std::collections::BTreeSet<PortName> = (0..500)
        .map(|index| {
            format!("some-long-service-{index}")
                .parse::<ServiceName>()
                .unwrap()
                .with_suffix("-http")
        })
        .collect();
    assert_eq!(names.len(), 500);
}

#[test]
fn narrow_names_become_wider_ones() {
    let workload = name!(WorkloadName, "redis");
    assert_eq!(ServiceName::from(&workload), name!(ServiceName, "redis"));
    assert_eq!(
        ContainerName::from(&workload),
        name!(ContainerName, "redis")
    );
    assert_eq!(
        ServiceAccountName::from(&workload),
        name!(ServiceAccountName, "redis")
    );
    assert_eq!(
        ApplicationName::from(&workload),
        name!(ApplicationName, "redis")
    );
    assert_eq!(LabelValue::from(&workload), name!(LabelValue, "redis"));
    assert_eq!(
        ObjectName::from(ServiceName::from(workload)),
        name!(ObjectName, "redis")
    );
    assert_eq!(
        LabelValue::from(name!(SubsetName, "canary")).as_str(),
        "canary"
    );
}
