//! Takes the files that travel inside the objects of `generated/` out into a folder, for the tools that check them.
//!
//! `extract DIR` makes `DIR/prometheus/`, `DIR/rules/`, `DIR/alertmanager/` and `DIR/scripts/`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that writes files and tells what it did"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;
use workspace_tests::workspace::{files, root};

/// Extracted files by their path below the folder.
type Extracted = BTreeMap<PathBuf, String>;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: extract DIR");
        return ExitCode::FAILURE;
    };
    match extract(Path::new(&folder)) {
        Ok(count) => {
            println!("{count} files");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn extract(folder: &Path) -> Result<usize, String> {
    let generated = root().join("generated");
    let mut extracted = Extracted::new();
    for path in files(&generated, "yaml") {
        let text =
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let object: Value =
            serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let place = path
            .strip_prefix(&generated)
            .map_err(|error| error.to_string())?;
        let place = place.with_extension("").to_string_lossy().replace('/', "_");
        match object["kind"].as_str() {
            Some("ConfigMap") => from_config_map(&object, &place, &mut extracted),
            Some("PrometheusRule") => {
                let rules =
                    serde_yaml::to_string(&object["spec"]).map_err(|error| error.to_string())?;
                extracted.insert(Path::new("rules").join(place).with_extension("yaml"), rules);
            }
            _ => from_containers(&object, &place, &mut extracted),
        }
    }
    for (path, text) in &extracted {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(extracted.len())
}

/// Prometheus' files stay together, since one names the others; scripts are known by their first line.
fn from_config_map(object: &Value, place: &str, extracted: &mut Extracted) {
    let data: BTreeMap<&str, &str> = object["data"]
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
        .collect();
    for (key, text) in data {
        let top_level = |word: &str| {
            text.lines().any(|line| {
                line.strip_prefix(word)
                    .is_some_and(|rest| rest.starts_with(':'))
            })
        };
        let folder = match () {
            () if text.starts_with("#!") => "scripts",
            () if top_level("scrape_configs") => "prometheus",
            () if top_level("groups") && text.contains("expr:") => "rules",
            () if top_level("route") && top_level("receivers") => "alertmanager",
            () => continue,
        };
        extracted.insert(Path::new(folder).join(place).join(key), text.to_owned());
    }
}

/// What shells are told to run, wherever a container stands in an object.
fn from_containers(value: &Value, place: &str, extracted: &mut Extracted) {
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| from_containers(item, place, extracted)),
        Value::Object(fields) => {
            if let Some(script) = script(value) {
                let name = value["name"].as_str().unwrap_or("container");
                extracted.insert(
                    Path::new("scripts").join(place).join(format!("{name}.sh")),
                    script,
                );
            }
            fields
                .values()
                .for_each(|field| from_containers(field, place, extracted));
        }
        _ => {}
    }
}

/// The script of a container that runs `sh -c SCRIPT`, said in its command, its arguments or both.
fn script(container: &Value) -> Option<String> {
    let words = ["command", "args"]
        .iter()
        .filter_map(|field| container[*field].as_array())
        .flatten();
    let words: Vec<&str> = words.filter_map(Value::as_str).collect();
    let shell = words.first()?.rsplit('/').next()?;
    let is_script = |word: &&str| word.starts_with('-') && word.ends_with('c');
    let at = words.iter().position(is_script)?;
    matches!(shell, "sh" | "bash")
        .then(|| {
            words
                .get(at + 1)
                .map(|text| format!("#!/bin/{shell}\n{text}\n"))
        })
        .flatten()
}
