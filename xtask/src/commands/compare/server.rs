//! Asks the server, through a program that judges a folder.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are written and programs are run"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Case;
use crate::failure::Failure;

/// What the server says of an object.
pub(super) struct Answer {
    /// Whether it takes the object.
    pub(super) accepted: bool,
    /// Why not.
    pub(super) message: String,
}

impl Answer {
    /// Whether the server only stumbles over the null that applying leaves where all that an object or a list held went.
    pub(super) fn is_left_by_merging(&self) -> bool {
        let signs = ["Invalid value: \"null\"", "Required value"];
        !self.accepted && signs.iter().any(|sign| self.message.contains(sign))
    }
}

/// What the server says of each object; nothing of those that the program passed over.
pub(super) fn ask(
    program: &Path,
    keep: Option<&Path>,
    cases: &[Case],
) -> Result<Vec<Option<Answer>>, Failure> {
    let folder = match keep {
        Some(folder) => folder.to_owned(),
        None => std::env::temp_dir().join(format!("compare-{}", std::process::id())),
    };
    let written = write(&folder, cases);
    let output = written.and_then(|()| {
        let run = Command::new(program).arg(&folder).output();
        run.map_err(|error| Failure::new(format!("{} cannot be run: {error}", program.display())))
    });
    if keep.is_none() {
        let _ = fs::remove_dir_all(&folder);
    }
    let output = output?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut answers: Vec<Option<Answer>> = cases.iter().map(|_| None).collect();
    for line in text.lines() {
        if let Some((number, answer)) = answer(line)
            && let Some(place) = answers.get_mut(number)
        {
            *place = Some(answer);
        }
    }
    if answers.iter().all(Option::is_none) {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or("nothing");
        return Err(Failure::new(format!(
            "{} judged no object; it said: {said}",
            program.display()
        ))
        .help("it has to print `accepted FILE#1 …` or `rejected FILE#1 …` for each document"));
    }
    Ok(answers)
}

fn write(folder: &Path, cases: &[Case]) -> Result<(), Failure> {
    let failure = |path: &PathBuf, error: &std::io::Error| {
        Failure::new(format!("{} cannot be written: {error}", path.display()))
    };
    let folder = folder.to_owned();
    fs::create_dir_all(&folder).map_err(|error| failure(&folder, &error))?;
    for (number, case) in cases.iter().enumerate() {
        let path = folder.join(format!("{number:06}.json"));
        fs::write(&path, case.value.to_string()).map_err(|error| failure(&path, &error))?;
    }
    Ok(())
}

/// `rejected  000012.json#1  v1 ConfigMap default/a: why`
fn answer(line: &str) -> Option<(usize, Answer)> {
    let accepted = match line.split_whitespace().next()? {
        "accepted" => true,
        "rejected" => false,
        _ => return None,
    };
    let file = line.split_whitespace().nth(1)?;
    let name = Path::new(file.split('#').next()?).file_stem()?.to_str()?;
    let message = line.split_once("#1").map_or("", |(_, rest)| rest.trim());
    // A definition that this server has not got: nothing can be learnt from that.
    if message.contains("no matches for kind") && !message.contains("in version \"\"") {
        return None;
    }
    Some((
        name.parse().ok()?,
        Answer {
            accepted,
            message: message.to_owned(),
        },
    ))
}
