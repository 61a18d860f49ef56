//! Regular expressions as the API server has them (RE2), compiled on first use and kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use regex_lite::Regex;

/// Expressions longer than this are not compiled: nobody writes them, and they cost memory.
const LONGEST: usize = 16 * 1024;

/// The compiled expressions of one run.
#[derive(Debug, Default)]
pub(crate) struct Patterns(RefCell<BTreeMap<String, Option<Rc<Regex>>>>);

impl Patterns {
    /// The compiled expression; `None` where it is none.
    pub(crate) fn get(&self, pattern: &str) -> Option<Rc<Regex>> {
        if let Some(known) = self.0.borrow().get(pattern) {
            return known.clone();
        }
        let compiled = compile(pattern).map(Rc::new);
        self.0
            .borrow_mut()
            .insert(pattern.to_owned(), compiled.clone());
        compiled
    }
}

/// Whether a text matches a pattern of a schema, somewhere in it; a pattern that is none matches nothing.
pub fn matches(pattern: &str, text: &str) -> bool {
    compile(pattern).is_some_and(|pattern| pattern.is_match(text))
}

fn compile(pattern: &str) -> Option<Regex> {
    if pattern.len() > LONGEST {
        return None;
    }
    Regex::new(&translate(pattern)).ok()
}

/// What Go's syntax and ours write differently: a bracket inside a class is a plain character in Go.
fn translate(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len() + 8);
    let mut in_class = false;
    let mut first_in_class = false;
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        let at_start = first_in_class;
        first_in_class = in_class && at_start && character == '^' && text.ends_with('[');
        match character {
            '\\' => {
                text.push('\\');
                text.extend(characters.next());
            }
            '[' if in_class && characters.peek() != Some(&':') => text.push_str("\\["),
            '[' if in_class => {
                // A named class such as `[:alpha:]`, copied to its end.
                text.push('[');
                for inner in characters.by_ref() {
                    text.push(inner);
                    if inner == ']' {
                        break;
                    }
                }
            }
            '[' => {
                (in_class, first_in_class) = (true, true);
                text.push('[');
            }
            ']' if in_class && !at_start => {
                in_class = false;
                text.push(']');
            }
            ']' if in_class => text.push_str("\\]"),
            '&' | '~' if in_class => {
                text.push('\\');
                text.push(character);
            }
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Patterns, translate};

    #[test]
    fn a_bracket_inside_a_class_is_a_plain_character() {
        assert_eq!(translate("[-_[A-Z]+"), "[-_\\[A-Z]+");
        assert_eq!(translate("[^[:alpha:]]x[]a]"), "[^[:alpha:]]x[\\]a]");
        assert_eq!(translate(r"[\]a]\["), r"[\]a]\[");
    }

    #[test]
    fn a_pattern_is_found_anywhere_unless_anchored() {
        let patterns = Patterns::default();
        assert!(
            patterns
                .get("subnet-[0-9a-f]+")
                .unwrap()
                .is_match("x-subnet-0a")
        );
        assert!(
            patterns
                .get("(?i)^(drop|reject)?$")
                .unwrap()
                .is_match("Reject")
        );
        assert!(patterns.get("(").is_none());
    }
}
