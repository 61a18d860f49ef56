//! Which rules are asked: all of them, or some areas and codes.

use std::fmt;
use std::str::FromStr;

use crate::rule::{Area, Rule};
use crate::syntax;

/// An area or a rule, as it is written on a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// All rules of an area.
    Area(Area),
    /// One rule.
    Rule(&'static str),
}

impl Selector {
    fn is_about(&self, rule: &Rule) -> bool {
        match self {
            Self::Area(area) => rule.area == *area,
            Self::Rule(code) => rule.code == *code,
        }
    }
}

/// A word that is neither an area nor the code of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSelector {
    word: String,
    nearest: Option<String>,
}

impl fmt::Display for UnknownSelector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "`{}` is neither an area nor the code of a check",
            self.word
        )?;
        match &self.nearest {
            Some(nearest) => write!(formatter, "; did you mean `{nearest}`?"),
            None => write!(
                formatter,
                "; the areas are {}",
                Area::ALL.map(Area::as_str).join(", ")
            ),
        }
    }
}

impl std::error::Error for UnknownSelector {}

impl FromStr for Selector {
    type Err = UnknownSelector;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let area = Area::ALL.into_iter().find(|area| area.as_str() == word);
        let rules = crate::rules();
        let rule = rules
            .iter()
            .find(|rule| rule.code.eq_ignore_ascii_case(word));
        area.map(Self::Area)
            .or_else(|| rule.map(|rule| Self::Rule(rule.code)))
            .ok_or_else(|| {
                let areas = Area::ALL.iter().map(|area| area.as_str());
                let codes = rules.iter().map(|rule| rule.code);
                UnknownSelector {
                    word: word.to_owned(),
                    nearest: syntax::nearest(word, areas.chain(codes)).map(str::to_owned),
                }
            })
    }
}

/// Which rules are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// These alone; all where there are none.
    pub only: Vec<Selector>,
    /// Not these.
    pub skip: Vec<Selector>,
}

impl Selection {
    /// Whether a rule is asked.
    pub fn admits(&self, rule: &Rule) -> bool {
        let named = |selectors: &[Selector]| selectors.iter().any(|one| one.is_about(rule));
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }
}

#[cfg(test)]
mod tests {
    use super::{Selection, Selector};

    fn selectors(words: &[&str]) -> Vec<Selector> {
        words.iter().map(|word| word.parse().unwrap()).collect()
    }

    #[test]
    fn areas_and_codes_select_and_leave_out() {
        let admitted = |only: &[&str], skip: &[&str]| {
            let selection = Selection {
                only: selectors(only),
                skip: selectors(skip),
            };
            let codes = crate::rules()
                .into_iter()
                .filter(|rule| selection.admits(rule));
            codes.map(|rule| rule.code).collect::<Vec<_>>()
        };
        assert_eq!(admitted(&[], &[]).len(), crate::rules().len());
        assert_eq!(admitted(&["api001", "NET001"], &[]), ["API001", "NET001"]);
        assert!(
            admitted(&["api"], &["API001"])
                .iter()
                .all(|code| code.starts_with("API"))
        );
        assert!(!admitted(&["api"], &["API001"]).contains(&"API001"));
    }

    #[test]
    fn an_unknown_word_is_answered_with_what_is_near() {
        let message = |word: &str| word.parse::<Selector>().unwrap_err().to_string();
        assert!(message("networc").ends_with("did you mean `network`?"));
        assert!(message("something else").contains("the areas are api, refs"));
    }
}
