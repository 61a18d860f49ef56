//! What a user of an environment file sees: values when it is right, every mistake when it is not.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod merging;
mod mistakes;
mod model;
mod providers;
mod rules;
mod schema;
mod tree;

use std::collections::BTreeMap;

use environment::{Diagnostics, Value};

/// Files by the name of their environment.
fn sources(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

/// The environment `prod` among some files.
fn load<T: Value>(files: &[(&str, &str)]) -> Result<T, Diagnostics> {
    let (tree, files) = environment::load_tree("prod", &sources(files))?;
    environment::decode(&tree, files)
}

/// What is said about a `prod.yaml` that is wrong.
fn mistakes<T: Value + std::fmt::Debug>(text: &str) -> String {
    load::<T>(&[("prod", text)]).unwrap_err().render(false)
}

/// Compares with `snapshots/<name>.snap`.
#[macro_export]
macro_rules! shows {
    ($name:literal, $text:expr) => {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $text);
        });
    };
}
