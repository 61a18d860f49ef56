//! The objects of an environment, judged without being written.

use check::{Document, Selection};
use environment::Sources;
use names::KubernetesMinor;

use super::{Subject, Verdict};
use crate::commands::Session;
use crate::failure::Failure;
use crate::progress::Progress;

/// Judges an environment against its own Kubernetes minor or another one, and against the objects that were there before,
/// where there were any.
pub(super) fn judge(
    session: &Session,
    name: String,
    kubernetes: Option<KubernetesMinor>,
    selection: &Selection,
    before: &[Document],
) -> Subject {
    let progress = Progress::start(format!("checking {name}"));
    let verdict = match environment::load(&name, &session.repository) {
        Err(diagnostics) => Verdict::Invalid(diagnostics),
        Ok(environment) => {
            let minor = kubernetes.unwrap_or(environment.kubernetes);
            match render::check_after(before, &name, &environment, minor, selection) {
                Ok(report) => Verdict::Checked(report),
                Err(clashes) => Verdict::Clashes(clashes),
            }
        }
    };
    drop(progress);
    Subject { name, verdict }
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
