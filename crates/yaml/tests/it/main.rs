//! What is written is read back the same, by two readers that have nothing in common.

mod awkward;
mod blocks;
mod keys;
mod numbers;
mod random;
mod readers;
mod shapes;
mod strings;
