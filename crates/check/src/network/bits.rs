//! Sets of positions.

/// A set of positions in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// A set with room for positions below `length`.
    pub(super) fn new(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)])
    }

    /// The positions below `length` of which something is true.
    pub(super) fn of(length: usize, holds: impl Fn(usize) -> bool) -> Self {
        let mut bits = Self::new(length);
        for position in (0..length).filter(|position| holds(*position)) {
            bits.insert(position);
        }
        bits
    }

    /// Adds a position; one beyond the room is left out.
    pub(super) fn insert(&mut self, position: usize) {
        if let Some(word) = self.0.get_mut(position / 64) {
            *word |= 1 << (position % 64);
        }
    }

    pub(super) fn contains(&self, position: usize) -> bool {
        let word = self.0.get(position / 64);
        word.is_some_and(|word| word & (1 << (position % 64)) != 0)
    }

    /// The positions, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    index * 64 + bit
                })
            })
        })
    }
}
