//! Rules of every sort against small values.

use schemas::{Schema, SchemaType};
use serde_json::json;

use super::{Before, Program};
use crate::pattern::Patterns;

fn outcome(rule: &str, value: &serde_json::Value) -> Result<bool, String> {
    let program = Program::parse(rule).map_err(|error| error.to_string())?;
    let schema = Schema::default();
    program
        .holds(value, &schema, Before::Nothing, &Patterns::default())
        .map_err(|failure| failure.message.into_owned())
}

#[track_caller]
fn holds(rule: &str, value: &serde_json::Value) {
    assert_eq!(outcome(rule, value), Ok(true), "{rule}");
}

#[test]
fn the_core_of_the_language_evaluates() {
    let object = json!({"a": 1, "b": [1, 2, 3], "c": {"x": "y"}, "s": "hello", "namespace": "n"});
    for rule in [
        "self.a + 2 * 3 == 7 && (self.a + 2) * 3 == 9",
        "self.b.all(x, x > 0) && self.b.exists(x, x == 3) && !self.b.exists_one(x, x > 1)",
        "self.b.filter(x, x > 1).map(x, x * 2) == [4, 6]",
        "self.b.map(x, x > 1, x * 2) == [4, 6]",
        "has(self.c) && has(self.c.x) && !has(self.d)",
        "self.c.x in ['y', 'z'] && 'x' in self.c && !('z' in self.c)",
        "self.c['x'] == 'y' && self.b[0] == 1 && size(self.b) == 3 && self.s.size() == 5",
        "(has(self.d) ? self.d : 'none') == 'none'",
        "self.__namespace__ == 'n'",
        "{'k': [1, 2]}['k'][1] == 2 && {}.size() == 0",
        "type(self.a) == int && type(self.s) == string && type(self.b) == list",
        "self.b.all(i, v, i < v)",
        "-self.a < 0 && 7 / 2 == 3 && 7 % 4 == 3 && 1 < 1.5 && 2u == 2",
        "false || true && true",
        "int('12') == 12 && string(7) == '7' && double('1.5') == 1.5",
    ] {
        holds(rule, &object);
    }
}

#[test]
fn the_libraries_of_kubernetes_evaluate() {
    let object = json!({"cidr": "10.0.0.0/16", "url": "https://example.com:8443/p?q=1", "q": "500m", "d": "1h30m"});
    for rule in [
        "'a,b,c'.split(',')[1] == 'b' && ['a', 'b'].join('-') == 'a-b' && ' a '.trim() == 'a'",
        "'hello'.substring(1, 3) == 'el' && 'hello'.indexOf('l') == 2 && 'hello'.lastIndexOf('l') == 3",
        "'aXbX'.replace('X', '-') == 'a-b-' && 'AbC'.lowerAscii() == 'abc' && 'AbC'.upperAscii() == 'ABC'",
        "'karpenter.sh/x'.find('^([^/]+)') == 'karpenter.sh' && 'a1b2'.findAll('[0-9]') == ['1', '2']",
        "'abc'.matches('^a.c$') && 'abc'.startsWith('a') && 'abc'.endsWith('c') && 'abc'.contains('b')",
        "isURL(self.url) && url(self.url).getScheme() == 'https' && url(self.url).getHostname() == 'example.com' && url(self.url).getPort() == '8443'",
        "isCIDR(self.cidr) && cidr(self.cidr).containsIP('10.0.5.1') && !cidr(self.cidr).containsIP('10.1.0.0') && cidr(self.cidr).prefixLength() == 16",
        "cidr(self.cidr).containsCIDR('10.0.8.0/24') && isIP('::1') && ip('127.0.0.1').isLoopback() && ip('::1').family() == 6",
        "quantity(self.q).isLessThan(quantity('1')) && !quantity(self.q).isInteger() && isQuantity('1Gi') && quantity('1Gi').compareTo(quantity('1024Mi')) == 0",
        "duration(self.d) == duration('90m') && duration('1s') < duration('1m') && duration(self.d).getMinutes() == 90",
        "timestamp('2026-11-21T10:00:00Z') + duration('1h') == timestamp('2026-11-21T11:00:00Z')",
        "timestamp('2026-11-21T10:00:00Z').getFullYear() == 2026 && timestamp('2026-11-21T10:00:00Z').getDayOfWeek() == 6",
        "[1, 2, 3].isSorted() && [1, 2].sum() == 3 && [3, 1].min() == 1 && [3, 1].max() == 3",
        "sets.contains([1, 2], [2]) && sets.equivalent([1, 1], [1]) && !sets.intersects([1], [2])",
        "self.?missing.orValue('x') == 'x' && self.?q.hasValue() && self.?a.?b.orValue(1) == 1 && [1][?5].orValue(7) == 7",
        "optional.of(2).optMap(x, x * 2).value() == 4 && optional.none().or(optional.of(1)).value() == 1",
        "!format.dns1123Label().validate('abc').hasValue() && format.named('dns1123Label').value().validate('A').hasValue()",
        "'%s-%d'.format(['a', 3]) == 'a-3'",
        "semver('1.2.3').isLessThan(semver('1.10.0')) && isSemver('v1.2', true) && !isSemver('v1.2')",
    ] {
        holds(rule, &object);
    }
}

#[test]
fn a_side_that_decides_outweighs_an_error_of_the_other() {
    let object = json!({"a": [{"x": 1}, {}]});
    holds("self.missing == 1 || true", &object);
    holds("!(self.missing == 1 && false)", &object);
    holds("self.a.exists(i, i.x == 1)", &object);
    assert!(outcome("self.a.all(i, i.x == 1)", &object).is_err());
    assert!(
        outcome("self.missing == 1", &object)
            .unwrap_err()
            .contains("missing")
    );
}

#[test]
fn defaults_are_seen_and_forbidden_nulls_are_not() {
    let mode = Schema {
        default: Some(json!("Auto")),
        ..Schema::of_type(SchemaType::String)
    };
    let ratio = Schema::of_type(SchemaType::Number);
    let schema = Schema {
        properties: [
            ("mode", mode),
            ("ratio", ratio),
            ("note", Schema::of_type(SchemaType::String)),
        ]
        .into(),
        ..Schema::of_type(SchemaType::Object)
    };
    let object = json!({"ratio": 1, "note": null});
    for rule in [
        "self.mode == 'Auto'",
        "has(self.mode)",
        "!has(self.note)",
        "self.ratio / 2.0 == 0.5",
        "size(self) == 2",
    ] {
        let verdict = Program::parse(rule).unwrap().holds(
            &object,
            &schema,
            Before::Nothing,
            &Patterns::default(),
        );
        assert_eq!(verdict, Ok(true), "{rule}");
    }
}

#[test]
fn a_transition_rule_is_known_by_its_old_self() {
    assert!(Program::parse("self == oldSelf").unwrap().is_transition);
    assert!(!Program::parse("self == 'oldSelf'").unwrap().is_transition);
}

#[test]
fn what_cannot_be_read_is_refused() {
    for rule in [
        "",
        "self.",
        "self ==",
        "foo(self)",
        "unknown == 1",
        "self.all(x)",
        "has(self)",
        "(self",
        "self.x(1)",
        "1 2",
        "[1, 2",
    ] {
        assert!(Program::parse(rule).is_err(), "{rule}");
    }
    let deep = format!("{}self{}", "(".repeat(5000), ")".repeat(5000));
    assert!(Program::parse(&deep).is_err());
    assert!(Program::parse(&"!".repeat(5000)).is_err());
}

/// Every rule of a schema and of what is inside it.
fn collect<'s>(
    schema: &'s Schema,
    rules: &mut std::collections::BTreeSet<&'s str>,
    patterns: &mut std::collections::BTreeSet<&'s str>,
) {
    rules.extend(schema.rules.iter().map(|rule| rule.rule.as_str()));
    patterns.extend(schema.pattern.as_deref());
    let children = schema.properties.values();
    let boxed = schema
        .additional_properties
        .iter()
        .chain(&schema.items)
        .chain(&schema.not)
        .map(AsRef::as_ref);
    let parts = schema
        .all_of
        .iter()
        .chain(&schema.any_of)
        .chain(&schema.one_of);
    for child in children.chain(boxed).chain(parts) {
        collect(child, rules, patterns);
    }
}

#[test]
fn every_rule_and_every_pattern_of_the_imported_definitions_can_be_read() {
    let store = schemas::Store::embedded();
    let (mut rules, mut expressions) = (Default::default(), Default::default());
    for name in store.custom_kinds() {
        let kind = store
            .custom_kind(name.group, name.version, name.kind)
            .unwrap();
        collect(&kind.schema, &mut rules, &mut expressions);
    }
    assert!(rules.len() >= 365, "{} rules", rules.len());
    let patterns = Patterns::default();
    let unread: Vec<String> = rules
        .iter()
        .filter_map(|rule| {
            Program::parse(rule)
                .err()
                .map(|error| format!("{rule}: {error}"))
        })
        .collect();
    assert_eq!(unread, Vec::<String>::new());
    let unread: Vec<&&str> = expressions
        .iter()
        .filter(|pattern| patterns.get(pattern).is_none())
        .collect();
    assert_eq!(unread, Vec::<&&str>::new());
}
