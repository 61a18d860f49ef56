//! Sets of numbers, kept as the ranges that they are made of.

use std::fmt::Debug;

/// A number with neighbours.
pub(super) trait Number: Copy + Ord + Debug {
    /// The next smaller one.
    fn before(self) -> Option<Self>;
    /// The next larger one.
    fn after(self) -> Option<Self>;
}

impl Number for u32 {
    fn before(self) -> Option<Self> {
        self.checked_sub(1)
    }

    fn after(self) -> Option<Self> {
        self.checked_add(1)
    }
}

impl Number for u128 {
    fn before(self) -> Option<Self> {
        self.checked_sub(1)
    }

    fn after(self) -> Option<Self> {
        self.checked_add(1)
    }
}

/// A set of numbers: ranges with both ends in it, in order, none of which touches the next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Intervals<T>(Vec<(T, T)>);

impl<T> Default for Intervals<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Number> Intervals<T> {
    /// The numbers from `first` to `last`; none where these stand the wrong way round.
    pub(super) fn range(first: T, last: T) -> Self {
        if first <= last {
            Self(vec![(first, last)])
        } else {
            Self::default()
        }
    }

    /// The ranges, in order.
    pub(super) fn ranges(&self) -> &[(T, T)] {
        &self.0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn contains(&self, number: T) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= number);
        after
            .checked_sub(1)
            .and_then(|position| self.0.get(position))
            .is_some_and(|(_, last)| number <= *last)
    }

    /// What is in either.
    pub(super) fn union(&self, other: &Self) -> Self {
        if self.is_empty() || *self == *other {
            return other.clone();
        }
        let mut ranges: Vec<(T, T)> = self.0.iter().chain(&other.0).copied().collect();
        ranges.sort_unstable();
        let mut merged: Vec<(T, T)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match merged.last_mut() {
                Some((_, end)) if end.after().is_none_or(|next| first <= next) => {
                    *end = (*end).max(last);
                }
                _ => merged.push((first, last)),
            }
        }
        Self(merged)
    }

    /// What is in both.
    pub(super) fn intersection(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = Vec::new();
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            let (first, last) = (one.0.max(two.0), one.1.min(two.1));
            if first <= last {
                common.push((first, last));
            }
            if one.1 < two.1 {
                left.next();
            } else {
                right.next();
            }
        }
        Self(common)
    }

    /// What is in this one and not in the other.
    pub(super) fn difference(&self, other: &Self) -> Self {
        let mut rest = Vec::new();
        let mut position = 0;
        for (first, last) in &self.0 {
            let mut first = *first;
            let mut is_left = true;
            while let Some((from, to)) = other.0.get(position) {
                if *to < first {
                    position += 1;
                    continue;
                }
                if *from > *last {
                    break;
                }
                if let Some(before) = from.before().filter(|before| first <= *before) {
                    rest.push((first, before));
                }
                match to.after().filter(|next| next <= last) {
                    // The range goes on behind the hole.
                    Some(next) => first = next,
                    None => is_left = false,
                }
                if !is_left {
                    break;
                }
            }
            if is_left {
                rest.push((first, *last));
            }
        }
        Self(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::Intervals;

    fn of(ranges: &[(u32, u32)]) -> Intervals<u32> {
        ranges
            .iter()
            .fold(Intervals::default(), |all, (first, last)| {
                all.union(&Intervals::range(*first, *last))
            })
    }

    #[test]
    fn ranges_that_touch_become_one() {
        assert_eq!(of(&[(5, 9), (1, 4), (12, 12)]).ranges(), [(1, 9), (12, 12)]);
        assert_eq!(of(&[(1, u32::MAX), (3, 4)]).ranges(), [(1, u32::MAX)]);
        assert!(Intervals::range(4_u32, 3).is_empty());
    }

    #[test]
    fn sets_are_cut_number_by_number() {
        let sets = [
            of(&[]),
            of(&[(0, 20)]),
            of(&[(3, 3), (5, 9), (12, 18)]),
            of(&[(0, 4), (6, 7), (9, 12), (18, 19)]),
            of(&[(2, 6), (8, 20)]),
        ];
        for left in &sets {
            for right in &sets {
                let (union, common, rest) = (
                    left.union(right),
                    left.intersection(right),
                    left.difference(right),
                );
                for number in 0..=21 {
                    let (one, two) = (left.contains(number), right.contains(number));
                    assert_eq!(union.contains(number), one || two);
                    assert_eq!(common.contains(number), one && two);
                    assert_eq!(
                        rest.contains(number),
                        one && !two,
                        "{left:?} {right:?} {number}"
                    );
                }
            }
        }
    }
}
