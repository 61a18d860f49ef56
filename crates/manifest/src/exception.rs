//! A finding that is known and accepted, with the reason.

use names::Date;

/// A finding that is known and accepted; it stands in code beside the object that it excuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exception {
    /// The code of the rule, e.g. `SEC004`.
    pub code: &'static str,
    /// Why the rule need not hold here, for whoever reads the report.
    pub reason: &'static str,
    /// The last day on which it holds; after that the finding stands again. `None` for as long as the object is there.
    pub until: Option<Date>,
}
