//! A finding that is known and accepted, with the reason.

/// A finding that is known and accepted; it stands in code beside the object that it excuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exception {
    /// The code of the rule, e.g. `SEC004`.
    pub code: &'static str,
    /// Why the rule need not hold here, for whoever reads the report.
    pub reason: &'static str,
}
