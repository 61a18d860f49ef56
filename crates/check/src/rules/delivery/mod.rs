//! Is it applied as it is meant to be?

pub(crate) mod idle_exception;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[&idle_exception::RULE];
