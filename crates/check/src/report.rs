//! What the rules found, and what was excused.

use manifest::{Exception, ResourceId};
use names::Date;

use crate::document::{Document, Source};
use crate::monitoring::Spot;
use crate::read::Unreadable;
use crate::rule::{Rule, Severity};
use crate::waivers::{self, Waivers};

/// Something that is wrong with an object.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that is broken: code, area, severity, why and fix.
    pub rule: &'static Rule,
    /// The object.
    pub id: ResourceId,
    /// The field, `spec.template.spec.containers[0].image`; empty for the object as a whole.
    pub path: String,
    /// What is wrong. No value of a Secret is ever part of it.
    pub message: String,
    /// What may have been meant, where that can be told.
    pub help: Option<String>,
    /// Where the object comes from.
    pub source: Source,
    /// The value of an environment that the field follows from, where somebody found out.
    pub value: Option<EnvironmentValue>,
    /// The line in the file, where it is not that of the field.
    pub(crate) line: Option<u32>,
    /// How many lines below the field it is, in a file that is the text of the field.
    pub(crate) below: u32,
}

/// A value in a file of an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentValue {
    /// The way to it, `services.api-gateway.replicas`.
    pub path: String,
    /// The file, `environments/prod.yaml`.
    pub file: String,
    /// Its line, counted from 1.
    pub line: u32,
}

impl std::fmt::Display for EnvironmentValue {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{} {}", self.file, self.line, self.path)
    }
}

impl Finding {
    /// How many lines below its field it is, where the field is a text of several lines.
    pub fn lines_below(&self) -> u32 {
        self.below
    }

    /// The line in the file, counted from 1, where it is known.
    pub fn line(&self) -> Option<u32> {
        let field = || self.source.line_of(&self.path);
        self.line.or_else(|| field().map(|line| line + self.below))
    }

    /// A file that cannot be read.
    pub fn unreadable(file: &str, fault: &Unreadable) -> Self {
        let source = Source {
            file: Some(file.to_owned()),
            ..Source::default()
        };
        Self {
            message: fault.message.clone(),
            line: Some(fault.line),
            ..Self::of_file(source)
        }
    }

    /// Something that is wrong with a file as a whole, in no object.
    fn of_file(source: Source) -> Self {
        Self {
            rule: &crate::rules::api::unreadable::RULE,
            id: ResourceId {
                api_version: "".into(),
                kind: "".into(),
                namespace: None,
                name: String::new(),
            },
            path: String::new(),
            message: String::new(),
            help: None,
            source,
            value: None,
            line: None,
            below: 0,
        }
    }

    /// A value of an environment that no object follows from.
    pub fn idle_value(value: EnvironmentValue) -> Self {
        let source = Source {
            file: Some(value.file.clone()),
            ..Source::default()
        };
        Self {
            rule: &crate::rules::delivery::idle_value::RULE,
            message: format!("no object and no page changes with {}", value.path),
            line: Some(value.line),
            value: Some(value),
            ..Self::of_file(source)
        }
    }

    /// Says on which line of the file it is.
    pub(crate) fn on_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// A finding in a document.
    pub(crate) fn new(
        rule: &'static Rule,
        document: &Document,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            id: document.id.clone(),
            path: path.into(),
            message: message.into(),
            help: None,
            source: document.source.clone(),
            value: None,
            line: None,
            below: 0,
        }
    }

    /// Adds what may have been meant.
    pub(crate) fn with_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let key = |finding: &Self| (finding.rule.severity, finding.rule.code);
        key(self)
            .cmp(&key(other))
            .then_with(|| self.id.cmp(&other.id))
            .then_with(|| self.path.cmp(&other.path))
            .then_with(|| self.message.cmp(&other.message))
            .then_with(|| self.source.file.cmp(&other.source.file))
            // Asked last, because the line has to be looked for.
            .then_with(|| self.line().cmp(&other.line()))
    }
}

/// An exception in force, with what it excused.
#[derive(Clone, Debug)]
pub struct Excused {
    /// The exception.
    pub exception: Exception,
    /// The reason as the object itself has it, where the exception is an annotation for another tool.
    pub annotated: Option<String>,
    /// The finding that would stand in the report without it.
    pub finding: Finding,
}

impl Excused {
    /// A finding that is excused where it stands, and why.
    pub fn of(finding: Finding, reason: String) -> Self {
        Self {
            exception: Exception {
                code: finding.rule.code,
                reason: waivers::REASON,
                until: None,
            },
            annotated: Some(reason),
            finding,
        }
    }

    /// Why the finding does not count.
    pub fn reason(&self) -> &str {
        self.annotated.as_deref().unwrap_or(self.exception.reason)
    }

    /// The same, with the last day of an exception that ends.
    pub(crate) fn because(&self) -> String {
        match self.exception.until {
            Some(until) => format!("{} (until {until})", self.reason()),
            None => self.reason().to_owned(),
        }
    }
}

/// The verdict on a set of objects.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What is wrong, errors first, then by code and object.
    pub findings: Vec<Finding>,
    /// What was excused, in the same order.
    pub exceptions: Vec<Excused>,
    /// How many objects were judged.
    pub objects: usize,
    /// How many rules judged them.
    pub rules: usize,
}

impl Report {
    /// Adds findings of what could not be judged, files that nobody can read for instance.
    pub fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
        self.findings.sort_by(Finding::order);
    }

    /// Adds what another report says of other objects.
    pub fn absorb(&mut self, other: Self) {
        self.objects += other.objects;
        self.rules = self.rules.max(other.rules);
        self.exceptions.extend(other.exceptions);
        self.add(other.findings);
    }

    /// Whether nothing is wrong at all.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// The findings that forbid writing.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.rule.severity == Severity::Error)
    }

    /// The findings that do not forbid writing.
    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.rule.severity == Severity::Warning)
    }
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub(crate) struct Findings<'f> {
    rule: &'static Rule,
    found: &'f mut Vec<Finding>,
}

impl<'f> Findings<'f> {
    /// A place for the findings of one rule.
    pub(crate) fn of(rule: &'static Rule, found: &'f mut Vec<Finding>) -> Self {
        Self { rule, found }
    }

    /// Something is wrong with a field of a document.
    pub(crate) fn add(
        &mut self,
        document: &Document,
        path: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.found
            .push(Finding::new(self.rule, document, path, message));
    }

    /// Something is wrong in a file that travels inside of a document.
    pub(crate) fn add_at(
        &mut self,
        spot: &Spot<'_>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let mut finding =
            Finding::new(self.rule, spot.document, &spot.path, message).with_help(help);
        finding.below = spot.below;
        self.found.push(finding);
    }

    /// Something is wrong with a field of a document, and something else may have been meant.
    pub(crate) fn add_with_help(
        &mut self,
        document: &Document,
        path: impl Into<String>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.found
            .push(Finding::new(self.rule, document, path, message).with_help(help));
    }
}

fn has_ended(exception: &Exception, today: Option<Date>) -> bool {
    exception
        .until
        .zip(today)
        .is_some_and(|(until, today)| until < today)
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

/// Sorts findings, and takes out what the documents are excused from; `unused` is what to say of an idle exception.
/// An exception that ended before `today` excuses nothing more, and its finding says so.
pub(crate) fn settle(
    documents: &[Document],
    found: Vec<Finding>,
    unused: Option<&'static Rule>,
    today: Option<Date>,
) -> Report {
    let mut report = Report {
        objects: documents.len(),
        ..Report::default()
    };
    let mut by_object: std::collections::BTreeMap<&ResourceId, Vec<(&Document, Exception, bool)>> =
        Default::default();
    for document in documents {
        let exceptions = document
            .exceptions
            .iter()
            .map(|exception| (document, *exception, false));
        by_object
            .entry(&document.id)
            .or_default()
            .extend(exceptions);
    }
    let waivers = Waivers::of(documents);
    for mut finding in found {
        let exceptions = by_object.get_mut(&finding.id).into_iter().flatten();
        match exceptions
            .into_iter()
            .find(|(_, exception, _)| exception.code == finding.rule.code)
        {
            Some((_, exception, used)) if has_ended(exception, today) => {
                *used = true;
                let ended = format!(
                    " (excused until {}: {})",
                    day(exception.until),
                    exception.reason
                );
                finding.message.push_str(&ended);
                report.findings.push(finding);
            }
            Some((_, exception, used)) => {
                *used = true;
                report.exceptions.push(Excused {
                    exception: *exception,
                    annotated: None,
                    finding,
                });
            }
            None => match waivers.reason(&finding) {
                Some(reason) => report.exceptions.push(Excused::of(finding, reason)),
                None => report.findings.push(finding),
            },
        }
    }
    if let Some(unused) = unused {
        let idle = by_object
            .into_values()
            .flatten()
            .filter(|(_, _, used)| !used)
            // What is said of changes is only said where there is something before.
            .filter(|(_, exception, _)| !crate::rules::change::is_code(exception.code));
        report.findings.extend(idle.map(|(document, exception, _)| {
            let message = format!(
                "the exception from {} excuses nothing: {}",
                exception.code, exception.reason
            );
            Finding::new(unused, document, "", message)
        }));
    }
    report.findings.sort_by(Finding::order);
    report
        .exceptions
        .sort_by(|left, right| left.finding.order(&right.finding));
    report
}
