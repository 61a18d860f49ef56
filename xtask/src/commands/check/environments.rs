//! The objects of an environment, judged without being written.

use std::time::SystemTime;

use environment::Sources;
use names::{Date, KubernetesMinor};
use render::Against;

use super::{Subject, Verdict, values};
use crate::commands::Session;
use crate::failure::Failure;
use crate::progress::Progress;

/// Judges an environment against its own Kubernetes minor or another one, and against the objects that were there before,
/// where there were any.
pub(super) fn judge(session: &Session, name: String, against: &super::Against<'_>) -> Subject {
    let progress = Progress::start(format!("checking {name}"));
    let verdict = match environment::load(&name, &session.repository) {
        Err(diagnostics) => Verdict::Invalid(diagnostics),
        Ok(environment) => {
            let against = Against {
                kubernetes: against.kubernetes.unwrap_or(environment.kubernetes),
                selection: against.selection.clone(),
                today: today(),
                before: against.before,
                threads: against.threads,
            };
            match render::check(&name, &environment, &against) {
                Ok(mut report) => {
                    values::name(session, &name, &mut report);
                    Verdict::Checked(report)
                }
                Err(clashes) => Verdict::Clashes(clashes),
            }
        }
    };
    drop(progress);
    Subject { name, verdict }
}

/// The day of the clock, by which exceptions end.
#[expect(
    clippy::disallowed_methods,
    reason = "what is written does not depend on it"
)]
pub(super) fn today() -> Option<Date> {
    const SECONDS: u64 = 24 * 60 * 60;
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .ok()?;
    Date::after_epoch(since.as_secs() / SECONDS)
}

/// The newest minor that an environment runs, for files that say nothing of it; where there is no environment, the
/// newest that is known.
pub(crate) fn newest_minor(session: &Session) -> Result<KubernetesMinor, Failure> {
    let names = session.repository.names();
    let stated = names.iter().filter_map(|name| stated_minor(session, name));
    let newest = stated.max().or_else(|| {
        let minors = schemas::Store::embedded().minors();
        minors.filter_map(|minor| minor.parse().ok()).max()
    });
    newest.ok_or_else(|| Failure::new("no schemas of any Kubernetes minor were imported"))
}

/// The minor that an environment file states, as a line of its own, for that is quickly found; else by reading it whole.
/// Nothing for one that has it from another file, which states it.
fn stated_minor(session: &Session, name: &str) -> Option<KubernetesMinor> {
    let (_, bytes) = session.repository.bytes(name)?;
    let text = String::from_utf8_lossy(&bytes);
    let line = |start: &str| text.lines().find_map(|line| line.strip_prefix(start));
    let plain = |line: &str| -> Option<KubernetesMinor> {
        let value = line.split('#').next().unwrap_or_default().trim();
        value.trim_matches(['"', '\'']).parse().ok()
    };
    match line("kubernetes: ").and_then(plain) {
        Some(minor) => Some(minor),
        None if line("extends: ").is_some() => None,
        None => {
            let environment = environment::load(name, &session.repository).ok()?;
            Some(environment.kubernetes)
        }
    }
}
