//! Can what is there become what is wanted?

pub(crate) mod definition;
pub(crate) mod immutable;
pub(crate) mod moved;
pub(crate) mod transition;
pub(crate) mod transition_undecided;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &immutable::RULE,
    &transition::RULE,
    &definition::RULE,
    &moved::RULE,
    &transition_undecided::RULE,
];

/// Whether a code is one of this area.
pub(crate) fn is_code(code: &str) -> bool {
    RULES.iter().any(|rule| rule.code == code)
}
