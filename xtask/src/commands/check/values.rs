//! Names the value of the environment behind each finding, found out by rendering with other values.

use check::{EnvironmentValue, Excused, Finding, Report};
use environment::Place;
use render::influence::{Asked, Influence};

use super::Against;
use crate::commands::Session;
use crate::progress::Progress;

/// Says of each finding in the objects of an environment which value it follows from. Where there is no finding, nothing is
/// rendered.
pub(crate) fn name(session: &Session, environment: &str, report: &mut Report) {
    let folder = format!("generated/{environment}/");
    let asked: Vec<Option<Asked>> = report
        .findings
        .iter()
        .map(|finding| {
            let file = finding.source.file.as_deref()?.strip_prefix(&folder)?;
            Some(Asked {
                file: file.to_owned(),
                path: finding.path.clone(),
                line: finding.lines_below(),
            })
        })
        .collect();
    let mut fields: Vec<Asked> = asked.iter().flatten().cloned().collect();
    fields.sort();
    fields.dedup();
    if fields.is_empty() {
        return;
    }
    let _progress = Progress::start(format!(
        "looking for the values behind {} findings in {environment}",
        asked.len()
    ));
    let Ok(influence) = Influence::of(environment, &session.repository) else {
        return;
    };
    let behind = influence.behind(&fields);
    for (finding, asked) in report.findings.iter_mut().zip(&asked) {
        let position = asked
            .as_ref()
            .and_then(|asked| fields.binary_search(asked).ok());
        let place = position.and_then(|position| behind.get(position)?.as_ref());
        finding.value = place.and_then(|place| value(&influence, place));
    }
}

/// What stands behind a value that may move nothing, before the reason.
const MEANT: &str = "# moves nothing: ";

/// Adds the values of an environment that move nothing; a line of the file may say why one is there all the same.
pub(super) fn add_idle(
    session: &Session,
    environment: &str,
    against: &Against<'_>,
    report: &mut Report,
) {
    let Ok(influence) = Influence::of(environment, &session.repository) else {
        return;
    };
    let _progress = Progress::start(format!(
        "looking for values of {environment} that move nothing"
    ));
    let idle = influence.idle(against.threads);
    let mut findings = Vec::new();
    for place in &idle {
        let Some(value) = value(&influence, place) else {
            continue;
        };
        let finding = Finding::idle_value(value);
        if !against.selection.admits(finding.rule) {
            continue;
        }
        match reason(&influence, place) {
            None => findings.push(finding),
            Some(reason) => report.exceptions.push(Excused::of(finding, reason)),
        }
    }
    report.add(findings);
}

/// Why a value stands there that moves nothing, where its line says so.
fn reason(influence: &Influence, place: &Place) -> Option<String> {
    let text = &influence.files().get(place.origin.file)?.text;
    let line = usize::try_from(place.origin.line).ok()?.checked_sub(1)?;
    let (_, reason) = text.lines().nth(line)?.split_once(MEANT)?;
    Some(reason.trim().to_owned())
}

/// A place as the reports name it.
fn value(influence: &Influence, place: &Place) -> Option<EnvironmentValue> {
    let file = influence.files().get(place.origin.file)?;
    Some(EnvironmentValue {
        path: place.path.to_string(),
        file: file.path.clone(),
        line: place.origin.line,
    })
}
