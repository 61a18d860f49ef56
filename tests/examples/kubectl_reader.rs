//! The kubectl client reads every file of `generated/` to the value that was rendered.
//!
//! `kubectl label --local` reads files as `kubectl apply` does, prints what it understood, and asks no server. The label
//! that it is told to remove is on no object.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program tells what it found"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use render::Objects;
use serde_json::Value;
use workspace_tests::workspace::{environments, root};

/// Files that one kubectl reads; a command line has room for a few thousand.
const FILES: usize = 200;
/// The label to remove.
const LABEL: &str = "platform.invalid/none-";

fn main() -> ExitCode {
    match differences() {
        Ok((files, differences)) if differences.is_empty() => {
            println!("kubectl reads {files} files as they were rendered");
            ExitCode::SUCCESS
        }
        Ok((files, differences)) => {
            eprintln!(
                "{}\n{} of {files} files are read differently",
                differences.join("\n"),
                differences.len()
            );
            ExitCode::FAILURE
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// How many files there are, and those that are read differently.
fn differences() -> Result<(usize, Vec<String>), String> {
    let (mut files, mut differences) = (0, Vec::new());
    for (name, environment) in environments()? {
        let objects = Objects::of(&name, &environment);
        let placed = objects
            .placed()
            .map_err(|clashes| format!("{name}: {clashes:?}"))?;
        let folder = root().join("generated").join(&name);
        for chunk in placed.chunks(FILES) {
            let paths: Vec<PathBuf> = chunk
                .iter()
                .map(|placed| folder.join(&placed.path))
                .collect();
            let read = read(&paths)?;
            if read.len() != chunk.len() {
                return Err(format!(
                    "kubectl read {} objects from {} files of {name}",
                    read.len(),
                    chunk.len()
                ));
            }
            for (placed, read) in chunk.iter().zip(read) {
                if read != through_json(placed.manifest.value()) {
                    differences.push(format!("{name}/{}: kubectl reads {read}", placed.path));
                }
            }
            files += chunk.len();
        }
    }
    Ok((files, differences))
}

/// A value as kubectl prints it: on its way through JSON a fraction of nothing is lost, `200.0` is `200`.
fn through_json(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(through_json).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| (key, through_json(value)))
            .collect(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 => {
                let whole: Option<i64> = format!("{float:.0}").parse().ok();
                whole.map_or(Value::Number(number), Value::from)
            }
            _ => Value::Number(number),
        },
        other => other,
    }
}

/// The objects in some files, in that order, as kubectl reads them.
fn read(paths: &[impl AsRef<Path>]) -> Result<Vec<Value>, String> {
    let mut command = Command::new("kubectl");
    command.args(["label", "--local", "--output=json", LABEL]);
    // No cluster of whoever runs this is asked for anything.
    command.env("KUBECONFIG", "/dev/null").stdin(Stdio::null());
    for path in paths {
        command.arg("--filename").arg(path.as_ref());
    }
    let output = command
        .output()
        .map_err(|error| format!("kubectl could not be started: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "kubectl ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    let mut objects = Vec::new();
    for object in serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>() {
        let object = object.map_err(|error| format!("kubectl printed no JSON: {error}"))?;
        match (&object["kind"], &object["items"]) {
            (Value::String(kind), Value::Array(items)) if kind == "List" => {
                objects.extend(items.iter().cloned());
            }
            _ => objects.push(object),
        }
    }
    Ok(objects)
}
