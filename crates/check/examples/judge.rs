//! Judges a folder of YAML as one cluster: `cargo run --release -p check --example judge -- [--only AREA] DIR`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a command line reads files and a clock, and prints"
)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use check::{Context, Document};
use schemas::Store;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let only = match arguments.iter().position(|argument| argument == "--only") {
        Some(position) if position + 1 < arguments.len() => {
            arguments.drain(position..position + 2).nth(1)
        }
        _ => None,
    };
    let mut files = Vec::new();
    for argument in &arguments {
        collect(Path::new(argument), &mut files)?;
    }
    files.sort();
    let mut documents = Vec::new();
    for file in &files {
        for text in std::fs::read_to_string(file)?.split("\n---") {
            let parsed: Result<serde_json::Value, _> = serde_saphyr::from_str(text);
            match parsed {
                Ok(value) if value.is_object() => documents.push(Document::from_value(
                    value,
                    Some(file.display().to_string()),
                )),
                Ok(_) => {}
                Err(error) => println!("{}: {error}", file.display()),
            }
        }
    }
    let context = Context::new("1.35".parse()?, Store::embedded());
    let start = Instant::now();
    let mut report = check::check(&documents, &context);
    let first = start.elapsed();
    let start = Instant::now();
    let again = check::check(&documents, &context);
    let second = start.elapsed();
    assert_eq!(
        report.findings.len(),
        again.findings.len(),
        "the verdict is the same every time"
    );
    if let Some(only) = only {
        report
            .findings
            .retain(|finding| finding.rule.area.as_str() == only);
    }
    print!("{}", check::text::render(&report, false));
    println!(
        "{}; {first:?}, again {second:?}",
        check::text::summary(&report)
    );
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path
        .extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml")
    {
        files.push(path.to_owned());
    }
    Ok(())
}
