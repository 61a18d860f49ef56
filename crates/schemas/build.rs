//! Lists the data files, so that a newly imported group is picked up without editing Rust.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script's inputs are files and the variables that Cargo sets"
)]

use std::error::Error;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let data = root.join("data");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", data.display());
    let mut code = String::from(
        "/// Name and text of every file under `data/`.\nstatic EMBEDDED: &[(&str, &str)] = &[\n",
    );
    for folder in ["custom", "kubernetes"] {
        for path in data_files(&data.join(folder))? {
            let stem = path
                .file_stem()
                .and_then(OsStr::to_str)
                .ok_or("a data file's name is not UTF-8")?;
            let text = path.to_str().ok_or("the path of the crate is not UTF-8")?;
            writeln!(code, "    (\"{folder}/{stem}\", include_str!({text:?})),")?;
        }
    }
    code.push_str("];\n");
    fs::write(out.join("embedded.rs"), code)?;
    Ok(())
}

fn data_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "jsonl")
            {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
