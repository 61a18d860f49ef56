//! Makes the types of every imported custom resource from the facts in `crates/schemas/data/custom`.
#![expect(
    clippy::disallowed_methods,
    reason = "the inputs of a build script are files and the variables that Cargo sets"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use codegen::FIXUPS;
use schemas::Store;

fn main() -> Result<(), Box<dyn Error>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/data/custom");
    println!("cargo::rerun-if-changed={}", data.display());
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut index = String::new();
    for group in codegen::read_store(&Store::from_texts(texts(&data)?), FIXUPS)? {
        let (name, module) = (group.name(), group.module());
        let file = format!("{module}.rs");
        fs::write(out.join(&file), group.rust())?;
        writeln!(
            index,
            "/// Custom resources of `{name}`.\npub mod {module} {{"
        )?;
        writeln!(
            index,
            "    include!(concat!(env!(\"OUT_DIR\"), \"/{file}\"));\n}}"
        )?;
    }
    fs::write(out.join("groups.rs"), index)?;
    Ok(())
}

/// The facts of each group, under the names that the store gives them.
fn texts(data: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(data)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            let group = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .ok_or("the name of a data file is not UTF-8")?;
            texts.push((format!("custom/{group}"), fs::read_to_string(&path)?));
        }
    }
    Ok(texts)
}
