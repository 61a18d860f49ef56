//! The catalogue under small fixture environments: the text of every application, and what holds for all of them.

#![expect(clippy::panic, reason = "the helpers of tests are tests, too")]

mod addons;
mod environments;
mod everywhere;
mod namespaces;
mod scaling;
mod selection;
mod shown;
mod traffic;
