//! Collects the cases of the rules, which stand in the pages of the rules as examples.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the files that it builds from"
)]

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// Examples longer than this are cut.
const LINES: usize = 60;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=tests/cases");
    let mut codes: Vec<String> = Vec::new();
    for entry in fs::read_dir("tests/cases")? {
        codes.extend(entry?.file_name().into_string().ok());
    }
    codes.sort();
    let mut table = String::from("&[\n");
    for code in codes {
        let folder = Path::new("tests/cases").join(&code);
        let bad = cut(&fs::read_to_string(folder.join("bad.yaml"))?);
        let good = cut(&fs::read_to_string(folder.join("good.yaml"))?);
        writeln!(table, "({code:?}, {bad:?}, {good:?}),")?;
    }
    table.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("examples.rs"), table)?;
    Ok(())
}

/// The beginning of a long example, up to the end of an object where one ends.
fn cut(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= LINES {
        return lines.join("\n");
    }
    let end = lines[..LINES]
        .iter()
        .rposition(|line| line.trim_end() == "---");
    let kept = &lines[..end.unwrap_or(LINES)];
    format!(
        "{}\n# … and {} more lines",
        kept.join("\n"),
        lines.len() - kept.len()
    )
}
