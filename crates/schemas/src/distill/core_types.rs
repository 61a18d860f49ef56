//! Which subtrees of custom resources repeat a core type.

use crate::facts::Facts;

/// Marks them.
pub(crate) fn mark(_facts: &mut Facts) {}
