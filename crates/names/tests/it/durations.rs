use crate::table::{Numbers, refused, values};
use names::Duration;

#[test]
fn go_and_prometheus_durations_are_read() {
    values::<Duration>(&[
        ("0", Duration::ZERO),
        ("0s", Duration::ZERO),
        ("5m", Duration::minutes(5)),
        ("90s", Duration::seconds(90)),
        ("1h30m", Duration::minutes(90)),
        ("720h0m0s", Duration::days(30)),
        ("15d", Duration::days(15)),
        ("2w", Duration::days(14)),
        ("1y", Duration::days(365)),
        ("1d12h", Duration::hours(36)),
        ("500ms", Duration::milliseconds(500)),
        ("1.5h", Duration::minutes(90)),
        ("0.25s", Duration::milliseconds(250)),
        ("1.500s", Duration::milliseconds(1500)),
        ("1m30.5s", Duration::milliseconds(90_500)),
    ]);
}

#[test]
fn what_is_no_duration_is_refused() {
    refused::<Duration>(&[
        "",
        " ",
        "5",
        "m",
        "5 m",
        "5M",
        "5min",
        "5m ",
        "-5m",
        "+5m",
        "1.5",
        ".5h",
        "1..5h",
        "1.5.5h",
        "1.2345s",
        "0.5ms",
        "100us",
        "1h30",
        "one hour",
        "99999999999999999999s",
        "99999999999999999y",
        "18446744073709551615ms1ms",
        "5µs",
    ]);
}

#[test]
fn each_reader_gets_its_own_spelling() {
    let spelled = |duration: Duration| {
        [
            duration.to_string(),
            duration.kubernetes(),
            duration.prometheus(),
        ]
    };
    assert_eq!(spelled(Duration::ZERO), ["0s", "0s", "0s"]);
    assert_eq!(spelled(Duration::seconds(15)), ["15s", "15s", "15s"]);
    assert_eq!(spelled(Duration::minutes(5)), ["5m", "5m0s", "5m"]);
    assert_eq!(spelled(Duration::seconds(90)), ["1m30s", "1m30s", "1m30s"]);
    assert_eq!(
        spelled(Duration::minutes(90)),
        ["1h30m", "1h30m0s", "1h30m"]
    );
    assert_eq!(spelled(Duration::hours(36)), ["36h", "36h0m0s", "1d12h"]);
    assert_eq!(spelled(Duration::days(30)), ["720h", "720h0m0s", "30d"]);
    assert_eq!(
        spelled(Duration::milliseconds(500)),
        ["500ms", "500ms", "500ms"]
    );
    assert_eq!(
        spelled(Duration::milliseconds(1500)),
        ["1s500ms", "1.5s", "1s500ms"]
    );
    assert_eq!(
        spelled(Duration::milliseconds(3_600_005)),
        ["1h5ms", "1h0m0.005s", "1h5ms"]
    );
}

#[test]
fn every_spelling_is_read_back() {
    let mut numbers = Numbers(3);
    for _ in 0..2000 {
        let shift = 32 + numbers.below(32);
        let milliseconds = u32::try_from(numbers.next() >> shift).unwrap();
        let duration = Duration::milliseconds(milliseconds);
        assert_eq!(duration.to_string().parse(), Ok(duration));
        assert_eq!(duration.kubernetes().parse(), Ok(duration));
        assert_eq!(duration.prometheus().parse(), Ok(duration));
    }
}

#[test]
fn a_started_unit_counts_as_a_whole_one() {
    assert_eq!(Duration::milliseconds(1).as_seconds(), 1);
    assert_eq!(Duration::milliseconds(2000).as_seconds(), 2);
    assert_eq!(Duration::seconds(61).as_minutes(), 2);
    assert_eq!(Duration::minutes(61).as_hours(), 2);
    assert_eq!(Duration::hours(25).as_days(), 2);
    assert_eq!(Duration::days(30).as_seconds_i32(), 2_592_000);
    assert_eq!(Duration::days(u32::MAX).as_seconds_i32(), i32::MAX);
    assert_eq!(
        Duration::days(u32::MAX).as_seconds_i64(),
        371_085_174_288_000
    );
}

#[test]
fn durations_are_added_and_compared() {
    assert!(Duration::seconds(59) < Duration::minutes(1));
    assert_eq!(
        Duration::seconds(30).saturating_add(Duration::seconds(30)),
        Duration::minutes(1)
    );
    assert_eq!(
        Duration::seconds(30).saturating_sub(Duration::minutes(1)),
        Duration::ZERO
    );
}
