//! The objects of an environment, judged without being written.

use std::time::SystemTime;

use check::Selection;
use environment::Sources;
use names::{Date, KubernetesMinor};

use super::{Subject, Verdict};
use crate::commands::Session;
use crate::failure::Failure;
use crate::progress::Progress;

/// Judges an environment against its own Kubernetes minor or another one.
pub(super) fn judge(
    session: &Session,
    name: String,
    kubernetes: Option<KubernetesMinor>,
    selection: &Selection,
) -> Subject {
    let progress = Progress::start(format!("checking {name}"));
    let verdict = match environment::load(&name, &session.repository) {
        Err(diagnostics) => Verdict::Invalid(diagnostics),
        Ok(environment) => {
            let minor = kubernetes.unwrap_or(environment.kubernetes);
            match render::check(&name, &environment, minor, selection, today()) {
                Ok(report) => Verdict::Checked(report),
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
fn today() -> Option<Date> {
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
    let environments = names
        .iter()
        .filter_map(|name| environment::load(name, &session.repository).ok());
    let newest = environments
        .map(|environment| environment.kubernetes)
        .max()
        .or_else(|| {
            let minors = schemas::Store::embedded().minors();
            minors.filter_map(|minor| minor.parse().ok()).max()
        });
    newest.ok_or_else(|| Failure::new("no schemas of any Kubernetes minor were imported"))
}
