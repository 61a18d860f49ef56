//! The result of a comparison: a line a kind, and the disagreements.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Case;
use super::server::Answer;

/// Something that the two do not agree on.
pub(super) struct Disagreement {
    fault: String,
    said: String,
}

#[derive(Default)]
struct Row {
    judged: usize,
    refused: usize,
    missed: Vec<Disagreement>,
    wrongly_refused: Vec<Disagreement>,
}

/// The rows by kind.
#[derive(Default)]
pub(super) struct Table {
    rows: BTreeMap<String, Row>,
}

impl Table {
    /// Counts one object.
    pub(super) fn count(&mut self, case: &Case, server: &Answer, ours: &[String]) {
        let row = self.rows.entry(case.kind.clone()).or_default();
        row.judged += 1;
        row.refused += usize::from(!server.accepted);
        let disagreement = |said: &str| Disagreement {
            fault: case.fault.clone(),
            said: said.to_owned(),
        };
        if !server.accepted && ours.is_empty() {
            row.missed.push(disagreement(&server.message));
        } else if server.accepted && !ours.is_empty() {
            row.wrongly_refused.push(disagreement(&ours.join("; ")));
        }
    }

    /// All disagreements.
    pub(super) fn disagreements(&self) -> impl Iterator<Item = &Disagreement> {
        let rows = self.rows.values();
        rows.flat_map(|row| row.missed.iter().chain(&row.wrongly_refused))
    }

    /// The table, with up to `list` disagreements of each sort for each kind.
    pub(super) fn text(&self, list: usize) -> String {
        let mut text = format!(
            "{:<58} {:>7} {:>8} {:>7} {:>8}\n",
            "kind", "judged", "refused", "missed", "wrongly"
        );
        let mut all = Row::default();
        let (mut missed, mut wrongly) = (0, 0);
        for (kind, row) in &self.rows {
            line(
                &mut text,
                kind,
                row,
                row.missed.len(),
                row.wrongly_refused.len(),
            );
            all.judged += row.judged;
            all.refused += row.refused;
            missed += row.missed.len();
            wrongly += row.wrongly_refused.len();
        }
        line(&mut text, "all", &all, missed, wrongly);
        for (kind, row) in &self.rows {
            let sorts = [
                ("missed", &row.missed),
                ("wrongly refused", &row.wrongly_refused),
            ];
            for (sort, disagreements) in sorts {
                for Disagreement { fault, said } in disagreements.iter().take(list) {
                    // Writing to a string cannot fail.
                    let _ = writeln!(text, "{sort}: {kind}: {fault}\n   {said}");
                }
            }
        }
        let caught = all.refused - missed;
        let _ = writeln!(
            text,
            "\nof {} refused by the server, {caught} are refused here ({}); of {} taken by it, {wrongly} are refused here",
            all.refused,
            share(caught, all.refused),
            all.judged - all.refused
        );
        text
    }
}

fn line(text: &mut String, name: &str, row: &Row, missed: usize, wrongly: usize) {
    let _ = writeln!(
        text,
        "{name:<58} {:>7} {:>8} {missed:>7} {wrongly:>8}",
        row.judged, row.refused
    );
}

/// `99.5 %`, in whole tenths, rounded down.
fn share(part: usize, whole: usize) -> String {
    let tenths = (part * 1000).checked_div(whole).unwrap_or(1000);
    format!("{}.{} %", tenths / 10, tenths % 10)
}
