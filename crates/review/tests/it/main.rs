//! What the review says of changes whose effects are known.

mod corpus;
mod examples;
mod mutation;
mod server;
