//! What is written is read back the same, by two readers that have nothing in common.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "the helpers of tests are tests, too"
)]

mod awkward;
mod blocks;
mod keys;
mod numbers;
mod random;
mod readers;
mod shapes;
mod strings;
