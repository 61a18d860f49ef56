//! What is a query and what is none; held against promtool's verdict on many thousands more.

use super::{Features, ValueType, parse, parse_with};

#[test]
fn queries_give_what_they_give() {
    for (text, value_type) in [
        ("1 + 2 * 3", ValueType::Scalar),
        ("-1 ^ 2", ValueType::Scalar),
        ("'a\\n'", ValueType::Text),
        ("up", ValueType::Vector),
        ("up[5m] offset -1d", ValueType::Matrix),
        ("rate(a:b{c!~\"d\"}[1h30m])", ValueType::Vector),
        ("{\"metric.name\", \"label.name\"=\"x\"}", ValueType::Vector),
        (
            "sum by (le, \"a.b\") (x) / on (a) group_left (b,) y",
            ValueType::Vector,
        ),
        ("sum(x) without ()", ValueType::Vector),
        ("max_over_time(x[1h:] @ start())", ValueType::Vector),
        ("x[1h:5m] @ 1609746000 offset 5m", ValueType::Matrix),
        ("1 == bool 2", ValueType::Scalar),
        ("and and or unless by", ValueType::Vector),
        ("topk(3, x) > 0x1F", ValueType::Vector),
        ("histogram_fraction(0, 0.2, x)", ValueType::Vector),
        ("up[5m + 1m * 2]", ValueType::Matrix),
        ("up[step()] offset (5m) + 1", ValueType::Matrix),
        ("x </ 5", ValueType::Vector),
        ("NaN # nothing", ValueType::Scalar),
    ] {
        let query = parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!(query.value_type(), value_type, "{text}");
    }
}

#[test]
fn what_is_no_query_is_refused_with_its_place() {
    let faults: Vec<String> = [
        "",
        "sum(",
        "up == ",
        "rate(up)",
        "rate(up[5m]",
        "up[5m",
        "up[0s]",
        "up{job}",
        "up{job=~\"(\"}",
        "{job=~\".*\"}",
        "1 == 2",
        "up and 1",
        "foo bar",
        "tops(up)",
        "holt_winters(up[5m], 1, 1)",
        "sum by (up",
        "up offset 5m offset 3m",
        "up{a=\"b\n\"}",
        "\n  $up",
        "mad_over_time(up[5m])",
        "up{\"a\", __name__=\"b\"} + foo{\"bar\"}",
        "up[5m] + 1",
        "quantile(up, up)",
        "a * on (b) group_left (b) c",
        "5m30h",
        "up[5m / 0]",
        "up[5m + ]",
    ]
    .iter()
    .map(|text| match parse(text) {
        Ok(_) => panic!("{text} is a query"),
        Err(fault) => format!("{}\n    {fault}", text.escape_debug()),
    })
    .collect();
    insta::assert_snapshot!(faults.join("\n"));
}

#[test]
fn flags_admit_more() {
    for text in [
        "mad_over_time(up[5m])",
        "rate(up[5m] anchored)",
        "a + on (b) group_left fill_left (0) fill_right (-1) c",
        "limitk(2, up)",
    ] {
        assert!(parse(text).is_err(), "{text}");
        if let Err(fault) = parse_with(text, Features::ALL) {
            panic!("{text}: {fault}");
        }
    }
}

#[test]
fn hostile_nesting_is_refused_and_long_chains_are_read() {
    for (open, close) in [
        ("(", ")"),
        ("-", ""),
        ("sum(", ")"),
        ("2^", ""),
        ("x[1h:", ""),
    ] {
        let text = format!("{}x{}", open.repeat(100_000), close.repeat(100_000));
        assert!(parse(&text).is_err(), "{open}");
    }
    let brackets = format!("x[{}5m{}]", "(".repeat(50_000), ")".repeat(50_000));
    assert!(parse_with(&brackets, Features::ALL).is_err());
    let chain = vec!["x"; 100_000].join(" + ");
    assert_eq!(parse(&chain).unwrap().value_type(), ValueType::Vector);
}
