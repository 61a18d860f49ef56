//! The text that comes out of each case of the integration tests, byte for byte. Those tests compile the goldens, so they
//! could not write new ones.
#![expect(
    clippy::disallowed_methods,
    reason = "goldens are files; `UPDATE_GOLDENS=1` writes them anew"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use schemas::KindSchema;

use crate::{Group, read};

/// The only group of a case.
fn group(name: &str) -> Group {
    let text = fs::read_to_string(path(name, "json")).unwrap();
    let kinds: Vec<KindSchema> = serde_json::from_str(&text).unwrap();
    let mut groups = read(kinds, &[]).unwrap();
    assert_eq!(groups.len(), 1, "one group a case");
    groups.remove(0)
}

fn path(name: &str, extension: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(name)
        .with_extension(extension)
}

fn is_golden(name: &str, extension: &str, text: &str) {
    let path = path(name, extension);
    if env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap();
    assert!(
        golden == text,
        "{} differs from what is generated now; read the difference after UPDATE_GOLDENS=1 cargo test -p codegen",
        path.display()
    );
}

#[test]
fn the_generated_text_is_the_golden() {
    for name in ["choices", "fields", "names", "versions"] {
        is_golden(name, "rs", &group(name).rust());
    }
}

#[test]
fn the_public_surface_is_the_golden() {
    for name in ["choices", "fields", "names", "versions"] {
        is_golden(name, "surface", &group(name).surface());
    }
}

#[test]
fn the_order_of_the_kinds_does_not_matter() {
    let text = fs::read_to_string(path("versions", "json")).unwrap();
    let mut kinds: Vec<KindSchema> = serde_json::from_str(&text).unwrap();
    kinds.reverse();
    let reversed = read(kinds, &[]).unwrap().remove(0);
    assert_eq!(reversed.rust(), group("versions").rust());
}
