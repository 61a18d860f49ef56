//! Makes the types of every imported custom resource from the facts in `crates/schemas/data/custom`.
#![expect(clippy::disallowed_methods, reason = "a build script reads its inputs and writes to its output folder")]

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use codegen::{FIXUPS, Options};
use schemas::{KindSchema, Store};

fn main() -> Result<(), Box<dyn Error>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/data/custom");
    println!("cargo::rerun-if-changed={}", data.display());
    let store = Store::from_texts(texts(&data)?);
    let options = Options { deserialize: env::var_os("CARGO_FEATURE_ROUNDTRIP").is_some() };
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut index = String::new();
    for group in codegen::read(kinds(&store), FIXUPS)? {
        let module = group.module();
        fs::write(out.join(format!("{module}.rs")), group.rust(options))?;
        writeln!(
            index,
            "#[doc = \"Custom resources of `{}`.\"]\npub mod {module} {{\n    include!(concat!(env!(\"OUT_DIR\"), \"/{module}.rs\"));\n}}",
            group.name()
        )?;
    }
    fs::write(out.join("groups.rs"), index)?;
    Ok(())
}

/// The facts of each group, as the store names them.
fn texts(data: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(data)? {
        let path = entry?.path();
        if let Some(group) = path.file_stem().and_then(|stem| stem.to_str()) {
            texts.push((format!("custom/{group}"), fs::read_to_string(&path)?));
        }
    }
    Ok(texts)
}

/// What a manifest can be written in: every version that the API server answers to, without deprecated ones that have a
/// successor.
fn kinds(store: &Store) -> Vec<KindSchema> {
    let served: Vec<&KindSchema> = store
        .custom_kinds()
        .filter_map(|name| store.custom_kind(name.group, name.version, name.kind))
        .filter(|kind| kind.served)
        .collect();
    let has_successor = |old: &KindSchema| {
        served.iter().any(|kind| !kind.deprecated && kind.group == old.group && kind.kind == old.kind)
    };
    served.iter().filter(|kind| !(kind.deprecated && has_successor(kind))).map(|kind| (*kind).clone()).collect()
}
