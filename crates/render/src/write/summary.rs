//! What a write changed.

/// What a write changed, by path, each list sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many files the tree has now, without its ledger.
    pub files: usize,
    /// Files that were not there.
    pub added: Vec<String>,
    /// Files that had another content.
    pub changed: Vec<String>,
    /// Files that the tree does not have any more.
    pub removed: Vec<String>,
    /// Those of `changed` and `removed` whose content was not a render's: somebody had edited them.
    pub edited_by_hand: Vec<String>,
    /// Files in the folder that no render made. They were left alone.
    pub foreign: Vec<String>,
    /// Whether a stopped run had left the folder half-way; it is whole now.
    pub resumed: bool,
}

impl Summary {
    /// Whether the folder was right as it was.
    pub fn is_up_to_date(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty() && !self.resumed
    }
}
