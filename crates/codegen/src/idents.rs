//! Rust identifiers: fields, variants and modules, escaped and never twice in one place.

use std::collections::BTreeSet;

use crate::words::{pascal, snake};

/// Words of the language, in the edition that the output is compiled in. `k8s-openapi` escapes them by an underscore
/// behind the name, and so does this.
const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names of the prelude and of what every module imports; a type of such a name would hide them.
const PRELUDE: [&str; 26] = [
    "AsRef",
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Some",
    "String",
    "Sync",
    "Vec",
];

/// Names for the marks that a value without letters and digits is made of.
const MARKS: [(char, &str); 12] = [
    ('!', "Not"),
    ('%', "Percent"),
    ('&', "And"),
    ('*', "Asterisk"),
    ('+', "Plus"),
    ('-', "Minus"),
    ('.', "Dot"),
    ('/', "Slash"),
    ('<', "Less"),
    ('=', "Equal"),
    ('>', "Greater"),
    ('|', "Or"),
];

/// Names that are taken in one scope.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// The scope of the types of a module.
    pub(crate) fn of_types() -> Self {
        Self {
            taken: PRELUDE.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }

    /// Takes the first of the names that is free; when none is, the last with a number behind it.
    pub(crate) fn take(&mut self, candidates: &[String]) -> String {
        let free = candidates.iter().find(|name| self.is_free(name));
        let last = candidates.last().map_or("Unnamed", String::as_str);
        let name = free.cloned().unwrap_or_else(|| self.numbered(last));
        self.taken.insert(name.clone());
        name
    }

    fn numbered(&self, name: &str) -> String {
        let mut number = 2_u32;
        while !self.is_free(&format!("{name}{number}")) {
            number += 1;
        }
        format!("{name}{number}")
    }
}

/// The name of a field: `type` → `type_`, `podCIDRs` → `pod_cidrs`, `2fa` → `_2fa`.
pub(crate) fn field(wire: &str) -> String {
    escaped(snake(wire))
}

/// The name of a module: `networking.istio.io` → `networking_istio_io`.
pub(crate) fn module(group: &str) -> String {
    escaped(group.replace(['.', '-'], "_"))
}

/// The names of the variants of a closed set, in its order: the empty string is `Empty`, a number is
/// `V4` or `Minus1`, marks are spelled, and values
/// that only differ in case or marks are told apart by `Upper` and `Lower` or a number.
pub(crate) fn variants(values: &[String]) -> Vec<String> {
    let mut scope = Scope::default();
    values
        .iter()
        .map(|value| {
            let plain = escaped(variant(value));
            let case = if value.to_ascii_uppercase() == *value {
                "Upper"
            } else {
                "Lower"
            };
            let told_apart = format!("{plain}{case}");
            scope.take(&[plain, told_apart])
        })
        .collect()
}

fn variant(value: &str) -> String {
    if value.is_empty() {
        return "Empty".to_owned();
    }
    if let Some(number) = value
        .strip_prefix('-')
        .filter(|rest| begins_with_digit(rest))
    {
        return format!("Minus{}", pascal(number));
    }
    if begins_with_digit(value) {
        return format!("V{}", pascal(value));
    }
    if value.chars().any(|c| c.is_ascii_alphanumeric()) {
        return pascal(value);
    }
    value
        .chars()
        .map(|c| {
            MARKS
                .iter()
                .find(|(mark, _)| *mark == c)
                .map_or("Mark", |(_, name)| name)
        })
        .collect()
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn escaped(name: String) -> String {
    if name.is_empty() || begins_with_digit(&name) {
        return format!("_{name}");
    }
    if KEYWORDS.contains(&name.as_str()) {
        return format!("{name}_");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn fields_are_escaped_like_those_of_k8s_openapi() {
        for (wire, expected) in [
            ("type", "type_"),
            ("self", "self_"),
            ("$ref", "ref_"),
            ("2fa", "_2fa"),
            ("gen", "gen_"),
        ] {
            assert_eq!(field(wire), expected, "{wire}");
        }
    }

    #[test]
    fn variants_of_awkward_values_are_told_apart() {
        assert_eq!(
            variants(&strings(&[
                "", "1.2", "-1", "self", "=", "!=", "*", "Allow", "ALLOW", "allow", "aLLOW"
            ])),
            [
                "Empty",
                "V1_2",
                "Minus1",
                "Self_",
                "Equal",
                "NotEqual",
                "Asterisk",
                "Allow",
                "AllowUpper",
                "AllowLower",
                "ALlow"
            ]
        );
        assert_eq!(
            variants(&strings(&["a-b", "a_b", "a.b", "a b"])),
            ["AB", "ABLower", "ABLower2", "ABLower3"]
        );
    }

    #[test]
    fn a_group_becomes_a_module() {
        assert_eq!(module("networking.istio.io"), "networking_istio_io");
        assert_eq!(
            module("controlplane.cluster.x-k8s.io"),
            "controlplane_cluster_x_k8s_io"
        );
    }

    #[test]
    fn the_keywords_are_sorted_so_that_one_is_easily_found() {
        assert!(KEYWORDS.is_sorted());
        assert!(PRELUDE.is_sorted());
    }
}
