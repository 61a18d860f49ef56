//! Manifests as text and as values, their identity, and their files.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests, too")]

mod identity;
mod metadata;
mod placing;
mod text;
