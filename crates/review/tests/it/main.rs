//! What the review says of changes whose effects are known.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper of a test fails by panicking"
)]

mod corpus;
mod examples;
mod immutable;
mod kinds;
mod mutation;
mod readers;
mod server;
