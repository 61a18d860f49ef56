//! Bounds what a file may cost, so that no file, however it is made, holds up or exhausts the reader.

/// Largest file, in bytes.
pub const FILE_BYTES: usize = 1 << 20;
/// Deepest nesting of lists and mappings.
pub const DEPTH: usize = 64;
/// Most values and keys of an environment with all that it extends, aliases counted as what they stand for.
pub const NODES: usize = 100_000;
/// Longest scalar, in bytes.
pub const SCALAR_BYTES: usize = 64 << 10;
/// Most bytes of text in all scalars and keys together, aliases counted as what they stand for.
pub const TEXT_BYTES: usize = 8 << 20;
/// Longest chain of `extends`, the environment itself counted.
pub const CHAIN: usize = 8;

/// What may still be spent on one environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    nodes: usize,
    bytes: usize,
}

/// What a value costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cost {
    /// Values and keys.
    pub(crate) nodes: usize,
    /// Bytes of text.
    pub(crate) bytes: usize,
    /// Levels of nesting, 0 for a scalar.
    pub(crate) height: usize,
}

impl Cost {
    /// The cost of a scalar or a key.
    pub(crate) fn of_text(text: &str) -> Self {
        Self {
            nodes: 1,
            bytes: text.len(),
            height: 0,
        }
    }

    /// Adds the cost of a part.
    pub(crate) fn add(&mut self, part: Self) {
        self.nodes += part.nodes;
        self.bytes += part.bytes;
        self.height = self.height.max(part.height);
    }
}

/// The budget is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spent(pub(crate) &'static str);

impl Default for Budget {
    fn default() -> Self {
        Self {
            nodes: NODES,
            bytes: TEXT_BYTES,
        }
    }
}

impl Budget {
    /// Takes a cost off, or says which limit it would break.
    pub(crate) fn charge(&mut self, cost: Cost) -> Result<(), Spent> {
        self.nodes = self
            .nodes
            .checked_sub(cost.nodes)
            .ok_or(Spent("100,000 values and keys"))?;
        self.bytes = self
            .bytes
            .checked_sub(cost.bytes)
            .ok_or(Spent("8 MiB of text"))?;
        Ok(())
    }

    /// How many values and keys were paid for.
    #[cfg(test)]
    pub(crate) fn nodes_used(&self) -> usize {
        NODES - self.nodes
    }

    /// How many bytes of text were paid for.
    #[cfg(test)]
    pub(crate) fn bytes_used(&self) -> usize {
        TEXT_BYTES - self.bytes
    }
}
