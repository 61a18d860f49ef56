//! Does it fit into its quotas and onto its nodes?

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[];
