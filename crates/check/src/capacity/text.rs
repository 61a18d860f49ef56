//! Quotas and places as tables for a terminal.

use std::fmt::Write as _;

use super::amounts::{CPU, MEMORY, PODS, shown};
use super::placement::{At, Fault, LeftOver, Placement, PoolUse};
use super::quota::{Quota, QuotaLine};
use super::{Capacity, Drivers};
use crate::quantity::Quantity;

/// Which of the tables are shown.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Places at this level alone; at both where nothing is said.
    pub at: Option<At>,
    /// Places without this zone alone; with all nodes, and what changes without each zone, where nothing is said.
    pub without_zone: Option<String>,
}

impl View {
    /// Whether a placement is among those that are shown as tables of their own.
    pub fn shows(&self, placement: &Placement) -> bool {
        self.at.is_none_or(|at| at == placement.at) && self.without_zone == placement.without_zone
    }
}

/// The tables, in colours where the reader has a terminal.
pub fn render(capacity: &Capacity, view: &View, colour: bool) -> String {
    let paint = Paint(colour);
    let mut text = String::new();
    quotas(&mut text, &capacity.quotas, paint);
    for placement in capacity.placements.iter().filter(|one| view.shows(one)) {
        text.push('\n');
        places(&mut text, placement, paint);
    }
    if view.without_zone.is_none() {
        zones(&mut text, capacity, view, paint);
    }
    text.push('\n');
    drivers(&mut text, capacity, paint);
    if !capacity.uncounted.is_empty() {
        let _ = writeln!(text, "\n{}", paint.bold("Not counted"));
        for line in &capacity.uncounted {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

fn quotas(text: &mut String, quotas: &[Quota], paint: Paint) {
    if quotas.is_empty() {
        let _ = writeln!(text, "No namespace has a quota.");
        return;
    }
    let head = [
        "namespace",
        "resource",
        "minimum",
        "maximum",
        "roll-out",
        "limit",
        "used",
    ];
    let mut table = Table::new(&head);
    for quota in quotas {
        let namespace = quota.id.namespace.as_deref().unwrap_or_default();
        let name = if quotas
            .iter()
            .filter(|other| other.id.namespace == quota.id.namespace)
            .count()
            > 1
        {
            format!("{namespace}/{}", quota.id.name)
        } else {
            namespace.to_owned()
        };
        for (position, line) in quota.lines.iter().enumerate() {
            let first = if position == 0 {
                name.clone()
            } else {
                String::new()
            };
            table.row(quota_row(first, line));
        }
    }
    let _ = writeln!(text, "{}", paint.bold("Quotas"));
    table.write(text, paint);
}

fn quota_row(name: String, line: &QuotaLine) -> Vec<Cell> {
    let amount = |amount: Quantity| Cell {
        text: shown(&line.resource, amount),
        tone: if amount > line.limit {
            Tone::Bad
        } else {
            Tone::Plain
        },
        right: true,
    };
    let share = percent(line.rollout, line.limit);
    vec![
        Cell::left(name),
        Cell::left(line.resource.clone()),
        amount(line.minimum),
        amount(line.maximum),
        amount(line.rollout),
        Cell::right(shown(&line.resource, line.limit)),
        Cell {
            text: share.map_or_else(|| "–".to_owned(), |share| format!("{share} %")),
            tone: match share {
                Some(share) if share > 100 => Tone::Bad,
                Some(share) if share > 90 => Tone::Near,
                _ => Tone::Plain,
            },
            right: true,
        },
    ]
}

/// A share in percent, rounded up; none of nothing.
pub(super) fn percent(part: Quantity, whole: Quantity) -> Option<u64> {
    let scaled = part.times(100);
    let down = scaled.holds(whole)?;
    Some(down + u64::from(whole.times(down) < scaled))
}

fn places(text: &mut String, placement: &Placement, paint: Paint) {
    let lost = placement
        .without_zone
        .as_ref()
        .map_or_else(String::new, |zone| format!(", without zone {zone}"));
    let title = format!("Places at the {}{lost}", placement.at.as_str());
    let _ = writeln!(text, "{}", paint.bold(&title));
    let mut table = Table::new(&["pool", "zone", "nodes", "pods", "cpu", "of", "memory", "of"]);
    let mut before = "";
    for one in &placement.pools {
        let first = if one.pool == before {
            ""
        } else {
            one.pool.as_str()
        };
        before = &one.pool;
        table.row(pool_row(first, one));
    }
    table.write(text, paint);
    left_over(text, &placement.left_over, paint);
}

fn pool_row(name: &str, one: &PoolUse) -> Vec<Cell> {
    let amounts = |resource: &str| {
        let share = percent(one.used.get(resource), one.allocatable.get(resource));
        [
            Cell::right(shown(resource, one.used.get(resource))),
            Cell::right(format!(
                "{} ({} %)",
                shown(resource, one.allocatable.get(resource)),
                share.unwrap_or(0)
            )),
        ]
    };
    let [cpu, of_cpu] = amounts(CPU);
    let [memory, of_memory] = amounts(MEMORY);
    vec![
        Cell::left(name.to_owned()),
        Cell::left(one.zone.clone()),
        Cell::right(one.nodes.to_string()),
        Cell::right(shown(
            PODS,
            Quantity::whole(i64::try_from(one.pods).unwrap_or(i64::MAX)),
        )),
        cpu,
        of_cpu,
        memory,
        of_memory,
    ]
}

fn left_over(text: &mut String, left: &[LeftOver], paint: Paint) {
    for one in left {
        let what = match one.fault {
            Fault::Waits => "waits for its zone",
            Fault::GivesWay => "gives way",
            Fault::Never | Fault::Full => "finds no place",
        };
        let line = format!("  {} of {} of {}: {what}", one.pods, one.of, one.workload);
        let _ = writeln!(
            text,
            "{}",
            if one.is_missed() {
                paint.red(&line)
            } else {
                line
            }
        );
        if one.is_missed() {
            let _ = writeln!(text, "     {}", one.reason);
            if let Some(remedy) = &one.remedy {
                let _ = writeln!(text, "     {remedy}");
            }
        }
    }
}

/// What becomes of the pods when a zone is gone, a line for each zone.
fn zones(text: &mut String, capacity: &Capacity, view: &View, paint: Paint) {
    let lost = capacity.placements.iter().filter(|placement| {
        placement.without_zone.is_some() && view.at.is_none_or(|at| at == placement.at)
    });
    let mut table = Table::new(&[
        "zone lost",
        "at the",
        "nodes left",
        "find no place",
        "wait for it",
    ]);
    for placement in lost {
        let sum = |fits: fn(&LeftOver) -> bool| -> u64 {
            placement
                .left_over
                .iter()
                .filter(|left| fits(left))
                .map(|left| left.pods)
                .sum()
        };
        let missed = sum(LeftOver::is_missed);
        table.row(vec![
            Cell::left(placement.without_zone.clone().unwrap_or_default()),
            Cell::left(placement.at.as_str().to_owned()),
            Cell::right(
                placement
                    .pools
                    .iter()
                    .map(|pool| pool.nodes)
                    .sum::<u64>()
                    .to_string(),
            ),
            Cell {
                text: missed.to_string(),
                tone: if missed > 0 { Tone::Bad } else { Tone::Plain },
                right: true,
            },
            Cell::right(sum(|left| left.fault == Fault::Waits).to_string()),
        ]);
    }
    if !table.rows.is_empty() {
        let _ = writeln!(text, "\n{}", paint.bold("One zone lost"));
        table.write(text, paint);
    }
}

fn drivers(text: &mut String, capacity: &Capacity, paint: Paint) {
    let Drivers { minimum, maximum } = capacity.drivers();
    let _ = writeln!(text, "{}", paint.bold("What it takes"));
    let mut table = Table::new(&["", "minimum", "maximum"]);
    for (name, least, most) in [
        ("pods", minimum.pods.to_string(), maximum.pods.to_string()),
        (
            "nodes",
            minimum.nodes.to_string(),
            maximum.nodes.to_string(),
        ),
        (
            "cpu requested",
            shown(CPU, minimum.requests.get(CPU)),
            shown(CPU, maximum.requests.get(CPU)),
        ),
        (
            "memory requested",
            shown(MEMORY, minimum.requests.get(MEMORY)),
            shown(MEMORY, maximum.requests.get(MEMORY)),
        ),
        (
            "storage claimed",
            shown("storage", minimum.storage),
            shown("storage", maximum.storage),
        ),
    ] {
        table.row(vec![
            Cell::left(name.to_owned()),
            Cell::right(least),
            Cell::right(most),
        ]);
    }
    table.write(text, paint);
}

/// How a cell is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Plain,
    Near,
    Bad,
}

struct Cell {
    text: String,
    tone: Tone,
    right: bool,
}

impl Cell {
    fn left(text: String) -> Self {
        Self {
            text,
            tone: Tone::Plain,
            right: false,
        }
    }

    fn right(text: String) -> Self {
        Self {
            text,
            tone: Tone::Plain,
            right: true,
        }
    }
}

/// Rows whose columns are as wide as their widest cell.
struct Table {
    rows: Vec<Vec<Cell>>,
    head: Vec<String>,
}

impl Table {
    fn new(head: &[&str]) -> Self {
        Self {
            rows: Vec::new(),
            head: head.iter().map(|title| (*title).to_owned()).collect(),
        }
    }

    fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    fn write(&self, text: &mut String, paint: Paint) {
        let widths: Vec<usize> = (0..self.head.len())
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                let widest = cells
                    .map(|cell| cell.text.chars().count())
                    .max()
                    .unwrap_or(0);
                widest.max(self.head[column].chars().count())
            })
            .collect();
        let is_right = |column: usize| {
            self.rows
                .first()
                .and_then(|row| row.get(column))
                .is_some_and(|cell| cell.right)
        };
        let mut line = String::from(" ");
        for (column, title) in self.head.iter().enumerate() {
            line.push(' ');
            line.push_str(&padded(title, widths[column], is_right(column)));
            line.push(' ');
        }
        let _ = writeln!(text, "{}", paint.dim(line.trim_end()));
        for row in &self.rows {
            let mut line = String::from(" ");
            for (cell, width) in row.iter().zip(&widths) {
                let padded = padded(&cell.text, *width, cell.right);
                line.push(' ');
                line.push_str(&match cell.tone {
                    Tone::Plain => padded,
                    Tone::Near => paint.yellow(&padded),
                    Tone::Bad => paint.red(&padded),
                });
                line.push(' ');
            }
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
}

fn padded(text: &str, width: usize, right: bool) -> String {
    if right {
        format!("{text:>width$}")
    } else {
        format!("{text:<width$}")
    }
}

/// Colours, or none.
#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.0 {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn red(self, text: &str) -> String {
        self.with("31", text)
    }

    fn yellow(self, text: &str) -> String {
        self.with("33", text)
    }
}
