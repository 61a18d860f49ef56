//! Numbers that look like chance and are the same in every run (`SplitMix64`).

/// A source of numbers.
pub(super) struct Chance(u64);

impl Chance {
    /// The source that `seed` names.
    pub(super) fn new(seed: u64) -> Self {
        // The number itself would do, but neighbouring seeds would then give the same numbers, one place further on.
        Self(mixed(seed ^ 0x5851_f42d_4c95_7f2d))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// A number below `bound`; 0 where that is 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }

    /// Whether something happens that happens `percent` times of a hundred.
    pub(super) fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of some things.
    pub(super) fn one<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        things.get(self.below(things.len()))
    }
}

/// Spreads every bit over all others.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Chance;

    fn numbers(seed: u64) -> Vec<u64> {
        let mut chance = Chance::new(seed);
        (0..100).map(|_| chance.next()).collect()
    }

    #[test]
    fn a_seed_gives_the_same_numbers_every_time() {
        assert_eq!(numbers(5), numbers(5));
    }

    #[test]
    fn neighbouring_seeds_have_no_number_in_common() {
        let all: BTreeSet<u64> = (0..10).flat_map(numbers).collect();
        assert_eq!(all.len(), 1000);
    }

    #[test]
    fn numbers_are_within_bounds_and_all_are_reached() {
        let mut chance = Chance::new(1);
        let reached: BTreeSet<usize> = (0..200).map(|_| chance.below(7)).collect();
        assert_eq!(reached, (0..7).collect());
        assert_eq!(chance.below(0), 0);
        assert_eq!(chance.one::<u8>(&[]), None);
        assert!(!chance.happens(0) && chance.happens(100));
    }
}
