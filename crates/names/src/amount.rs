//! The arithmetic that amounts of CPU and bytes share: it stops at the ends instead of wrapping.

/// Makes sums, differences, products and shares of a type that wraps a `u64` and has a `ZERO`.
macro_rules! amount {
    ($name:ident) => {
        impl $name {
            /// Whether it is nothing.
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }

            /// The difference, or nothing where `other` is more.
            pub const fn saturating_sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }

            /// This share of the amount, rounded down to the smallest unit.
            pub const fn share(self, share: crate::Percentage) -> Self {
                Self(share.of(self.0))
            }
        }

        impl From<$name> for String {
            fn from(amount: $name) -> Self {
                amount.to_string()
            }
        }

        impl std::ops::Add for $name {
            type Output = Self;

            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }

        impl std::ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl std::ops::Mul<u32> for $name {
            type Output = Self;

            fn mul(self, factor: u32) -> Self {
                Self(self.0.saturating_mul(u64::from(factor)))
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self::ZERO, std::ops::Add::add)
            }
        }

        impl<'a> std::iter::Sum<&'a Self> for $name {
            fn sum<I: Iterator<Item = &'a Self>>(amounts: I) -> Self {
                amounts.copied().sum()
            }
        }
    };
}

pub(crate) use amount;
