//! Schemas in `cases/*.json`, and the Rust beside each that must come out of them, which is compiled and used here too.

#[cfg(test)]
mod errors;
#[cfg(test)]
mod use_of_goldens;

/// What generated code leans on; `api` has it beside the generated modules.
#[path = "../../../api/src/object.rs"]
mod object;

/// The goldens as modules of a crate.
#[allow(
    missing_docs,
    clippy::pedantic,
    unreachable_pub,
    unused_imports,
    dead_code,
    reason = "generated code, of which the tests use a part"
)]
mod groups {
    pub mod choices {
        include!("../cases/choices.rs");
    }
    pub mod fields {
        include!("../cases/fields.rs");
    }
    pub mod names {
        include!("../cases/names.rs");
    }
    pub mod versions {
        include!("../cases/versions.rs");
    }
}
