//! METR006: the window of a rate holds several scrapes.

use crate::cluster::Cluster;
use crate::monitoring::Asker;
use crate::promql::{Expression, Query};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The window of a rate holds several scrapes.
pub(super) static RULE: Rule = Rule {
    code: "METR006",
    area: Area::Metrics,
    severity: Severity::Warning,
    title: "the window of a rate holds several scrapes",
    why: "A rate needs two values within its window. Where it is shorter than two scrapes there is none, and one scrape that fails is a gap.",
    fix: "Make the window at least twice as long as the scrape interval; four times leaves room for a scrape that fails.",
    absorbs: &[
        "pint promql/rate",
        "pint promql/range_query",
        "promtool check config too-long-scrape-interval",
    ],
    check: Some(check),
};

/// Functions that need two values.
const OF_TWO: [&str; 6] = ["rate", "irate", "increase", "delta", "idelta", "deriv"];
/// A value that is older is stale (Prometheus' `--query.lookback-delta`).
const LOOKBACK: f64 = 300.0;

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let monitoring = &cluster.monitoring;
    for prometheus in &monitoring.prometheus {
        for job in prometheus
            .jobs
            .iter()
            .filter(|job| job.interval >= LOOKBACK)
        {
            let message = format!(
                "the job {} is scraped every {}, and a value is stale after 5m",
                job.name,
                duration(job.interval)
            );
            findings.add_at(&prometheus.source.spot(&job.field), message, None);
        }
    }
    // With two configurations nobody knows which one answers.
    let [prometheus] = &monitoring.prometheus[..] else {
        return;
    };
    // What a query asks for may be scraped by any job but those that are scraped seldom on purpose.
    let interval = prometheus.interval.min(prometheus.longest_interval());
    for query in &monitoring.queries {
        let Ok(parsed) = &query.parsed else { continue };
        // A dashboard's window is a variable most often, and was guessed.
        if query.asker == Asker::Dashboard {
            continue;
        }
        for (name, range) in windows(parsed) {
            if range < 2.0 * interval {
                let message = format!(
                    "the window of `{name}` is {}, and Prometheus scrapes every {}",
                    duration(range),
                    duration(interval)
                );
                let help = format!("[{}] holds four scrapes", duration(4.0 * interval));
                findings.add_at(&query.spot, message, Some(help));
            }
        }
    }
}

/// The functions that need two values, with their windows in seconds.
fn windows(query: &Query) -> Vec<(&'static str, f64)> {
    let calls = query.nodes().iter().filter_map(|node| {
        let Expression::Call {
            function,
            arguments,
        } = &node.expression
        else {
            return None;
        };
        let argument = arguments
            .first()
            .filter(|_| OF_TWO.contains(&function.name))?;
        match &query.node(*argument).expression {
            Expression::Range {
                range: Some(range), ..
            } => Some((function.name, *range)),
            _ => None,
        }
    });
    calls.collect()
}

/// Seconds as people write them.
fn duration(seconds: f64) -> String {
    for (unit, length) in [("h", 3600.0), ("m", 60.0)] {
        if seconds >= length && (seconds / length).fract() == 0.0 {
            return format!("{}{unit}", seconds / length);
        }
    }
    format!("{seconds}s")
}
