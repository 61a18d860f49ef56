//! Checking a folder of manifests as a user does, and another program that judges the same.

use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;

use super::process::{Cost, cost};
use super::{Figure, duration, median};
use crate::commands::Session;
use crate::commands::check::files;
use crate::failure::Failure;

/// The folder in the words of another program's command.
const TREE: &str = "{tree}";

/// One program, and what each of its runs took.
struct Contestant {
    name: String,
    command: Command,
    costs: Vec<Cost>,
}

/// Processor time, clock and memory of the checks, and of another program beside them. All run once in each round, so
/// that whatever else the machine does is felt by all.
pub(super) fn figures(
    session: &Session,
    folder: &str,
    against: Option<&str>,
    rounds: u32,
) -> Result<Vec<Figure>, Failure> {
    files::must_exist(session, folder, &[])?;
    let (documents, _) = files::read_all(session, &[folder.to_owned()], NonZeroUsize::MIN)?;
    let count = documents.len();
    drop(documents);
    let program = std::env::current_exe().map_err(|error| Failure::of(&error))?;
    let check = |name: &str, only: &[&str]| {
        let mut command = Command::new(&program);
        command
            .current_dir(session.repository.current())
            .args(["check", folder, "--summary", "--root"])
            .arg(session.repository.root())
            .args(only);
        Contestant::new(format!("check {count} manifests by {name}"), command)
    };
    let mut contestants = vec![
        check("the API server's rules", &["--only", "api"]),
        check("all rules", &[]),
    ];
    if let Some(words) = against {
        contestants.push(other(words, folder, count, session.repository.current())?);
    }
    for _ in 0..rounds {
        for contestant in &mut contestants {
            contestant.costs.extend(cost(&mut contestant.command)?);
        }
    }
    let mut figures: Vec<_> = contestants
        .iter()
        .flat_map(|one| one.figures(count))
        .collect();
    if let [ours, _, theirs] = &contestants[..] {
        figures.push(Figure {
            what: "manifests a second by the API server's rules, times those of the other".into(),
            value: ratio(ours, theirs),
        });
    }
    Ok(figures)
}

/// Another program that judges the same manifests.
fn other(words: &str, folder: &str, count: usize, current: &Path) -> Result<Contestant, Failure> {
    let mut words = words.split_whitespace();
    let Some(program) = words.next() else {
        return Err(Failure::new("no program to compare with is named"));
    };
    let arguments: Vec<String> = words.map(|word| word.replace(TREE, folder)).collect();
    if !arguments.iter().any(|word| word.contains(folder)) {
        let failure = Failure::new("the program to compare with is not told what to judge");
        return Err(failure.help(format!("`{TREE}` stands for the folder")));
    }
    let mut command = Command::new(program);
    command.current_dir(current).args(arguments);
    let name = Path::new(program).file_name().unwrap_or_default();
    let name = format!("judge {count} manifests by {}", name.to_string_lossy());
    Ok(Contestant::new(name, command))
}

impl Contestant {
    fn new(name: String, command: Command) -> Self {
        Self {
            name,
            command,
            costs: Vec::new(),
        }
    }

    /// The middle one of what its runs took; none where the kernel shows nothing.
    fn median(&self, of: impl Fn(&Cost) -> f64) -> Option<f64> {
        (!self.costs.is_empty()).then(|| median(self.costs.iter().map(of).collect()))
    }

    fn figures(&self, count: usize) -> [Figure; 4] {
        let figure = |what: &str, value: Option<String>| Figure {
            what: format!("{}, {what}", self.name).into(),
            value: value.unwrap_or_else(|| "not known".to_owned()),
        };
        let processor = self.median(|cost| cost.processor);
        let clock = self.median(|cost| cost.clock);
        let memory = self.median(|cost| cost.memory);
        #[expect(clippy::cast_precision_loss, reason = "nobody has so many manifests")]
        let speed = processor.map(|seconds| count as f64 / seconds);
        [
            figure("processor time", processor.map(duration)),
            figure(
                "manifests a second of it",
                speed.map(|speed| format!("{speed:.0}")),
            ),
            figure("clock", clock.map(duration)),
            figure("peak", memory.map(|peak| format!("{peak:.0} MiB"))),
        ]
    }
}

/// How many times the speed of another program: the middle one of the rounds' ratios.
fn ratio(ours: &Contestant, theirs: &Contestant) -> String {
    let rounds = ours.costs.iter().zip(&theirs.costs);
    let ratios: Vec<f64> = rounds
        .map(|(ours, theirs)| theirs.processor / ours.processor)
        .collect();
    if ratios.is_empty() {
        return "not known".to_owned();
    }
    format!("{:.1}", median(ratios))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Contestant, other, ratio};
    use crate::commands::bench::process::Cost;

    fn contestant(processor: &[f64]) -> Contestant {
        let mut contestant = Contestant::new("x".to_owned(), std::process::Command::new("x"));
        contestant.costs = processor
            .iter()
            .map(|processor| Cost {
                processor: *processor,
                clock: 1.0,
                memory: 1.0,
            })
            .collect();
        contestant
    }

    #[test]
    fn rounds_are_compared_one_by_one() {
        // A slow round is slow for both.
        let (ours, theirs) = (contestant(&[1.0, 9.0, 1.0]), contestant(&[4.0, 36.0, 5.0]));
        assert_eq!(ratio(&ours, &theirs), "4.0");
        assert_eq!(ratio(&contestant(&[]), &theirs), "not known");
    }

    #[test]
    fn another_program_is_told_the_folder() {
        let named = other("a -x {tree} b", "/tree", 3, Path::new("/")).expect("understood");
        assert_eq!(named.name, "judge 3 manifests by a");
        assert_eq!(
            named.command.get_args().collect::<Vec<_>>(),
            ["-x", "/tree", "b"]
        );
        assert!(other("a -x", "/tree", 3, Path::new("/")).is_err());
        assert!(other("", "/tree", 3, Path::new("/")).is_err());
    }
}
