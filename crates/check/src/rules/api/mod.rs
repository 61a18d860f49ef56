//! Would the API server take the object?

pub(crate) mod combination;
pub(crate) mod deprecated_field;
pub(crate) mod deprecated_version;
pub(crate) mod duplicate;
pub(crate) mod duplicate_key;
pub(crate) mod enumeration;
pub(crate) mod format;
pub(crate) mod labels;
pub(crate) mod name;
pub(crate) mod namespace;
pub(crate) mod namespace_said;
pub(crate) mod not_allowed;
pub(crate) mod pattern;
pub(crate) mod range;
pub(crate) mod required;
pub(crate) mod rule_broken;
pub(crate) mod rule_undecided;
pub(crate) mod size;
pub(crate) mod status;
pub(crate) mod unknown_field;
pub(crate) mod unknown_kind;
pub(crate) mod unreadable;
pub(crate) mod wrong_type;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &unknown_kind::RULE,
    &unknown_field::RULE,
    &wrong_type::RULE,
    &required::RULE,
    &enumeration::RULE,
    &format::RULE,
    &pattern::RULE,
    &range::RULE,
    &size::RULE,
    &duplicate::RULE,
    &combination::RULE,
    &rule_broken::RULE,
    &rule_undecided::RULE,
    &name::RULE,
    &namespace::RULE,
    &labels::RULE,
    &status::RULE,
    &not_allowed::RULE,
    &unreadable::RULE,
    &duplicate_key::RULE,
    &namespace_said::RULE,
    &deprecated_version::RULE,
    &deprecated_field::RULE,
];
