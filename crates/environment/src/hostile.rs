//! Tests with files that are made to hurt their reader: each gets its error, and what was built until then is bounded.

use crate::diagnostic::Diagnostics;
use crate::limits::{self, Budget};
use crate::load::{Sources, load_tree};
use crate::parse::parse;

/// Reads a file that has to be refused; returns the messages and the number of values that were paid for.
fn refused(bytes: &[u8]) -> (String, usize) {
    let mut budget = Budget::default();
    let mut diagnostics = Diagnostics::default();
    let tree = parse(
        "environments/prod.yaml",
        bytes,
        &mut budget,
        &mut diagnostics,
    );
    assert!(tree.is_none(), "accepted");
    assert!(diagnostics.has_errors());
    assert!(budget.nodes_used() <= limits::NODES && budget.bytes_used() <= limits::TEXT_BYTES);
    let rendered = diagnostics.render(false);
    assert!(
        rendered.len() < 100_000,
        "{} bytes of messages",
        rendered.len()
    );
    (rendered, budget.nodes_used())
}

/// Lines that are made from their number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

/// Reads a file that has to be refused with a message.
fn refused_with(message: &str, text: &str) -> usize {
    let (rendered, nodes) = refused(text.as_bytes());
    assert!(
        rendered.contains(message),
        "expected `{message}`:\n{rendered}"
    );
    nodes
}

/// How many values a file is made of, which has to be accepted.
fn accepted(text: &str) -> usize {
    let mut budget = Budget::default();
    let mut diagnostics = Diagnostics::default();
    let tree = parse(
        "environments/prod.yaml",
        text.as_bytes(),
        &mut budget,
        &mut diagnostics,
    );
    assert!(tree.is_some(), "{}", diagnostics.render(false));
    budget.nodes_used()
}

#[test]
fn a_file_may_have_a_mebibyte() {
    let comment = |bytes: usize| format!("a: 1\n#{}\n", "x".repeat(bytes - 7));
    assert_eq!(accepted(&comment(limits::FILE_BYTES)), 3);
    assert_eq!(
        refused_with(
            "the file is larger than 1 MiB",
            &comment(limits::FILE_BYTES + 1)
        ),
        0
    );
}

#[test]
fn nesting_has_a_limit_in_every_style() {
    let flow = |depth: usize| format!("a: {}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(accepted(&flow(limits::DEPTH - 1)), limits::DEPTH + 1);
    let message = "values are nested more than 64 levels deep";
    refused_with(message, &flow(limits::DEPTH));
    refused_with(message, &"[".repeat(500_000));
    refused_with(message, &format!("a: {}", "{a: ".repeat(200_000)));
    refused_with(message, &"- ".repeat(500_000));
    refused_with(
        message,
        &lines(1000, |depth| format!("{}a:\n", " ".repeat(depth))),
    );
    assert!(refused(&b"? ".repeat(500_000)).1 < 1000);
}

#[test]
fn values_and_keys_are_counted() {
    let items = |count: usize| format!("a: [{}]", "1,".repeat(count));
    // The mapping, its key and the list count as well.
    assert_eq!(accepted(&items(limits::NODES - 3)), limits::NODES);
    refused_with(
        "the environment has more than 100,000 values and keys",
        &items(limits::NODES - 2),
    );
    let keys = lines(60_000, |number| format!("k{number}: 1\n"));
    refused_with(
        "the environment has more than 100,000 values and keys",
        &keys,
    );
}

#[test]
fn texts_have_a_limit() {
    let text = |bytes: usize| format!("a: \"{}\"", "x".repeat(bytes));
    assert_eq!(accepted(&text(limits::SCALAR_BYTES)), 3);
    refused_with(
        "a text is longer than 64 KiB",
        &text(limits::SCALAR_BYTES + 1),
    );
    refused_with(
        "a text is longer than 64 KiB",
        &format!("a: |\n{}", "  xxxxxxxxx\n".repeat(80_000)),
    );
    refused_with(
        "a text is longer than 64 KiB",
        &format!("a: {}", "x".repeat(1_000_000)),
    );
    refused_with(
        "a text is longer than 64 KiB",
        &format!("? \"{}\"\n: 1", "x".repeat(100_000)),
    );
}

#[test]
fn alias_bombs_are_counted_before_they_are_built() {
    let mut bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    bomb += &lines(29, |level| {
        format!(
            "l{0}: &l{0} [{1}]\n",
            level + 1,
            format!("*l{level},").repeat(10)
        )
    });
    let message =
        "with its aliases written out, the environment has more than 100,000 values and keys";
    assert!(refused_with(message, &bomb) <= limits::NODES);

    let large = format!(
        "a: &a \"{}\"\nb: [{}]",
        "x".repeat(60_000),
        "*a,".repeat(90_000)
    );
    refused_with(
        "with its aliases written out, the environment has more than 8 MiB of text",
        &large,
    );

    let anchors = lines(40, |depth| format!("{}k: &a{depth}\n", " ".repeat(depth)));
    let nested = format!("{anchors}{}v: [{}]", " ".repeat(40), "1,".repeat(50_000));
    refused_with(message, &nested);
}

#[test]
fn aliases_cannot_get_around_the_depth() {
    let mut tower = "a0: &a0 [1]\n".to_owned();
    tower += &lines(99, |level| format!("a{0}: &a{0} [*a{level}]\n", level + 1));
    refused_with("values are nested more than 64 levels deep", &tower);
    refused_with(
        "this alias stands inside of what it stands for",
        "a: &a [*a]",
    );
}

#[test]
fn a_few_anchors_are_welcome() {
    let text =
        "common: &common { cpu: 1, list: [a, b] }\nfirst: *common\nsecond: [*common, *common]\n";
    // 11 of the mapping and what it holds, 7 kept for the aliases, and 7 for each of them.
    assert_eq!(accepted(text), 3 + 1 + 7 + 7 + 3 * 7 + 1);
}

#[test]
fn what_is_no_text_is_refused_with_its_place() {
    let (invalid, _) = refused(b"a: 1\nb: \"\xff\"\n");
    assert!(
        invalid.contains("not UTF-8") && invalid.contains("prod.yaml:2:5"),
        "{invalid}"
    );
    let (nul, _) = refused(b"a: 1\nname: x\0y\n");
    assert!(
        nul.contains("NUL byte") && nul.contains("prod.yaml:2:8"),
        "{nul}"
    );
    let utf16: Vec<u8> = "\u{feff}a: 1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(refused(&utf16).0.contains("not UTF-8"));
    let noise: Vec<u8> = (0..=u8::MAX)
        .rev()
        .cycle()
        .take(limits::FILE_BYTES)
        .collect();
    refused(&noise);
}

#[test]
fn duplicate_keys_by_the_thousand_are_cut() {
    let (rendered, nodes) = refused("a: 1\n".repeat(40_000).as_bytes());
    assert!(
        rendered.contains("the key `a` is there twice")
            && rendered.ends_with("and too many more to go on\n")
    );
    assert!(nodes < 2100, "{nodes}");
}

#[test]
fn odd_shapes_end_with_an_error() {
    for pattern in [
        "{", "[{", "}", "]", ",", "\"", "'", "&a ", "*a ", "!", "!!x ", "%x\n", "---\n", "...\n",
        "? ", ": ", "|\n", ">", "\t", "@", "`", "\\", "a: b: ", "[a, {", "&a [", "<<: *a\n",
        "\"\\x", "a\n", "''", "- &a\n",
    ] {
        let bytes = pattern
            .as_bytes()
            .repeat(limits::FILE_BYTES / pattern.len());
        refused(&bytes);
    }
}

/// One file that claims any name, and names that lead elsewhere.
struct Elsewhere;

impl Sources for Elsewhere {
    fn names(&self) -> Vec<String> {
        vec!["prod".to_owned()]
    }

    fn bytes(&self, name: &str) -> Option<(String, Vec<u8>)> {
        assert_eq!(name, "prod", "asked for a file that is not listed");
        Some((
            format!("environments/{name}.yaml"),
            b"extends: ../../etc/passwd\n".to_vec(),
        ))
    }
}

#[test]
fn only_listed_environments_are_asked_for() {
    assert!(
        load_tree("prod", &Elsewhere)
            .unwrap_err()
            .render(false)
            .contains("unknown environment `../../etc/passwd`")
    );
    assert!(
        load_tree("/etc/passwd", &Elsewhere)
            .unwrap_err()
            .render(false)
            .contains("unknown environment")
    );
}

#[test]
fn the_budget_is_shared_by_a_chain() {
    let keys = |prefix: &str| lines(30_000, |number| format!("{prefix}{number}: 1\n"));
    let mut sources = std::collections::BTreeMap::new();
    sources.insert("prod".to_owned(), format!("extends: base\n{}", keys("a")));
    sources.insert("base".to_owned(), keys("b"));
    let rendered = load_tree("prod", &sources).unwrap_err().render(false);
    assert!(
        rendered.contains("more than 100,000 values and keys")
            && rendered.contains("environments/base.yaml")
    );
}
