//! Loads an environment with everything it extends.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::limits::{self, Budget};
use crate::merge::merge;
use crate::origin::{Files, Origin};
use crate::parse::parse;
use crate::suggest;
use crate::tree::{Content, Node};

/// Where the files of environments come from; this crate opens none itself.
pub trait Sources {
    /// The names of all environments, such as `prod`.
    fn names(&self) -> Vec<String>;

    /// The path to show for an environment, and the bytes of its file. Only called with one of [`Sources::names`].
    fn bytes(&self, name: &str) -> Option<(String, Vec<u8>)>;
}

/// Texts by the name of their environment, shown as `environments/<name>.yaml`.
impl Sources for BTreeMap<String, String> {
    fn names(&self) -> Vec<String> {
        self.keys().cloned().collect()
    }

    fn bytes(&self, name: &str) -> Option<(String, Vec<u8>)> {
        self.get(name).map(|text| {
            (
                format!("environments/{name}.yaml"),
                text.clone().into_bytes(),
            )
        })
    }
}

/// One file of the chain, and where it says what it extends.
struct Link {
    name: String,
    tree: Node,
    extends: Option<(String, Origin)>,
}

/// A mistake was found and is among the diagnostics.
struct Reported;

/// Reads an environment and what it extends, and merges them into one tree. The key `extends` is not part of the tree.
pub fn load_tree(name: &str, sources: &dyn Sources) -> Result<(Node, Files), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let tree = load_chain(name, sources, &mut diagnostics).and_then(|chain| {
        let trees = chain.into_iter().rev().map(|link| link.tree);
        trees.reduce(merge)
    });
    match tree {
        Some(tree) if !diagnostics.has_errors() => Ok((tree, diagnostics.files().clone())),
        _ => Err(diagnostics),
    }
}

/// The environment first, then what it extends, and so on. `None` means that mistakes were reported.
fn load_chain(
    name: &str,
    sources: &dyn Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Link>> {
    let names = sources.names();
    let mut budget = Budget::default();
    let mut chain: Vec<Link> = Vec::new();
    let mut wanted = (name.to_owned(), Origin::NOWHERE);
    loop {
        let (path, bytes) = find(&wanted, &names, sources, diagnostics)?;
        let mut tree = parse(&path, &bytes, &mut budget, diagnostics)?;
        let extends = take_extends(&mut tree, diagnostics).ok()?;
        chain.push(Link {
            name: wanted.0,
            tree,
            extends: extends.clone(),
        });
        match extends {
            None => return Some(chain),
            Some(next) => wanted = next,
        }
        if chain.iter().any(|link| link.name == wanted.0) {
            report_circle(&chain, &wanted, diagnostics);
            return None;
        }
        if chain.len() == limits::CHAIN {
            diagnostics
                .error(
                    &wanted.1,
                    format!(
                        "environments extend each other more than {} deep",
                        limits::CHAIN - 1
                    ),
                )
                .help("put what several environments share into one of them");
            return None;
        }
    }
}

fn find(
    (name, origin): &(String, Origin),
    names: &[String],
    sources: &dyn Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Vec<u8>)> {
    // Only a listed name is asked for, so that a file cannot lead the reader to another place.
    let found = names
        .iter()
        .any(|known| known == name)
        .then(|| sources.bytes(name))
        .flatten();
    if found.is_none() {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let known = suggest::known("environments", &names);
        let help =
            match suggest::nearest(name, names.iter().copied()).filter(|nearest| nearest != name) {
                Some(nearest) => format!("did you mean `{nearest}`?\n{known}"),
                None => known,
            };
        diagnostics
            .error(
                origin,
                format!("unknown environment `{}`", suggest::shortened(name)),
            )
            .help(help);
    }
    found
}

/// Takes the key `extends` out of a tree.
fn take_extends(
    tree: &mut Node,
    diagnostics: &mut Diagnostics,
) -> Result<Option<(String, Origin)>, Reported> {
    let Content::Mapping(entries) = &mut tree.content else {
        return Ok(None);
    };
    let Some(position) = entries.iter().position(|(key, _)| key.text == "extends") else {
        return Ok(None);
    };
    let (key, node) = entries.remove(position);
    if let Content::Scalar(scalar) = node.content {
        return Ok(Some((scalar.text, node.origin)));
    }
    diagnostics.error(
        &key.origin,
        format!("expected the name of an environment, found {}", node.kind()),
    );
    Err(Reported)
}

fn report_circle(
    chain: &[Link],
    (closing, origin): &(String, Origin),
    diagnostics: &mut Diagnostics,
) {
    let start = chain
        .iter()
        .position(|link| link.name == *closing)
        .unwrap_or_default();
    let circle = chain.get(start..).unwrap_or_default();
    let mut names: Vec<&str> = circle.iter().map(|link| link.name.as_str()).collect();
    names.push(closing);
    let diagnostic = diagnostics.error(
        origin,
        format!(
            "environments extend each other in a circle: {}",
            names.join(" → ")
        ),
    );
    diagnostic
        .here("this closes the circle")
        .help("one of them has to be complete without the others");
    for link in circle {
        if let Some((name, extends)) = link
            .extends
            .as_ref()
            .filter(|(_, extends)| extends != origin)
        {
            diagnostic.label(extends, format!("`{}` extends `{name}`", link.name));
        }
    }
}
