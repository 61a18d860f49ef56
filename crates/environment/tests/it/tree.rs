//! Leaves of a tree, and trees with one leaf changed.

use environment::{Content, Node, Path, ScalarKind, load_tree};

use crate::model::{Environment, RIGHT};
use crate::{shows, sources};

#[test]
fn leaves_are_listed_with_path_and_place() {
    let (tree, files) = load_tree("prod", &sources(&[("prod", RIGHT)])).unwrap();
    let leaves: Vec<_> = tree
        .leaves()
        .iter()
        .map(|leaf| format!("{} {}", files.place(&leaf.node.origin).unwrap(), leaf.path))
        .collect();
    shows!("leaves", leaves.join("\n"));
    assert!(
        tree.leaves()
            .iter()
            .all(|leaf| tree.at(&leaf.path) == Some(leaf.node))
    );
    assert!(
        tree.leaves()
            .iter()
            .all(|leaf| leaf.path.to_string().parse() == Ok(leaf.path.clone()))
    );
}

#[test]
fn one_leaf_can_be_changed() {
    let (tree, files) = load_tree("prod", &sources(&[("prod", RIGHT)])).unwrap();
    let path: Path = "services.invoices.port".parse().unwrap();
    let changed = tree.with_text(&path, "9090").unwrap();
    assert_eq!(
        changed.at(&path).unwrap().origin,
        tree.at(&path).unwrap().origin
    );
    let others = |tree: &Node| {
        let leaves = tree.leaves().into_iter().filter(|leaf| leaf.path != path);
        leaves
            .map(|leaf| (leaf.path, leaf.node.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(others(&changed), others(&tree));
    let environment: Environment = environment::decode(&changed, files.clone()).unwrap();
    assert!(
        environment
            .services
            .values()
            .any(|service| service.port.get() == 9090)
    );

    let item: Path = "services.invoices.arguments[1]".parse().unwrap();
    let list = Node {
        content: Content::Sequence(Vec::new()),
        origin: tree.origin,
    };
    assert_eq!(
        tree.with(&item, list.clone()).unwrap().at(&item),
        Some(&list)
    );
    for nowhere in [
        "services.invoices",
        "services.invoices.arguments[7]",
        "services[0]",
        "provider.eks.region.x",
    ] {
        assert_eq!(
            tree.with_text(&nowhere.parse().unwrap(), "x"),
            None,
            "{nowhere}"
        );
    }
    // A value that is wrong after the change is reported where the value stands.
    let wrong = tree.with_text(&path, "0").unwrap();
    let diagnostics = environment::decode::<Environment>(&wrong, files).unwrap_err();
    assert!(
        diagnostics
            .render(false)
            .contains("environments/prod.yaml:6:11")
    );
}

#[test]
fn scalars_keep_their_text_and_know_their_kind() {
    let text = "[010, 1_000, 1.10, '1', true, yes, 0x1F, 0o7, 0o8, 1e3, .inf, inf, -5, +5, 5m, null, \"\", ~, '~', 1.2.3]";
    let (tree, _) = load_tree("prod", &sources(&[("prod", &format!("a: {text}\n"))])).unwrap();
    let Content::Sequence(items) = &tree.get("a").unwrap().content else {
        panic!("no list")
    };
    let kinds: Vec<_> = items
        .iter()
        .map(|item| match &item.content {
            Content::Scalar(scalar) => (scalar.text.as_str(), scalar.quoted, Some(scalar.kind())),
            _ => ("", false, None),
        })
        .collect();
    let (text, integer, float) = (
        Some(ScalarKind::String),
        Some(ScalarKind::Integer),
        Some(ScalarKind::Float),
    );
    let expected = [
        ("010", false, integer),
        ("1_000", false, text),
        ("1.10", false, float),
        ("1", true, text),
        ("true", false, Some(ScalarKind::Boolean)),
        ("yes", false, text),
        ("0x1F", false, integer),
        ("0o7", false, integer),
        ("0o8", false, text),
        ("1e3", false, float),
        (".inf", false, float),
        ("inf", false, text),
        ("-5", false, integer),
        ("+5", false, integer),
        ("5m", false, text),
        ("", false, None),
        ("", true, text),
        ("", false, None),
        ("~", true, text),
        ("1.2.3", false, text),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn places_are_right_in_every_style() {
    let text = "\u{feff}# é\na: ü\r\nlist:\n- one\n- {k: v}\nblock: |\n  first\n  second\nfolded: \"x\n  y\"\nnext: \"é\\n\"\n";
    let (tree, files) = load_tree("prod", &sources(&[("prod", text)])).unwrap();
    let spans: Vec<_> = tree
        .leaves()
        .iter()
        .map(|leaf| {
            (
                leaf.path.to_string(),
                leaf.node.origin.line,
                leaf.node.origin.column,
                files.text(&leaf.node.origin).unwrap(),
            )
        })
        .collect();
    let expected = [
        ("a", 2, 4, "ü"),
        ("list[0]", 4, 3, "one"),
        ("list[1].k", 5, 7, "v"),
        ("block", 7, 3, "first\n  second\n"),
        ("folded", 9, 9, "\"x\n  y\""),
        ("next", 11, 7, "\"é\\n\""),
    ];
    assert_eq!(
        spans,
        expected.map(|(path, line, column, text)| (path.to_owned(), line, column, text))
    );
}
