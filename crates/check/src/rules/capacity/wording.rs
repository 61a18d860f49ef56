//! The arithmetic behind a finding, in words.

use crate::capacity::{Demand, Model, Quantity, QuotaLine, Share, Use, shown};
use crate::cluster::namespace_of;

/// How many workloads are named before the rest is summed up.
const NAMED: usize = 3;

/// `10 × 4Gi = 40Gi`, or the number alone where pods are counted.
pub(super) fn product(resource: &str, count: u64, per_pod: Quantity) -> String {
    let total = shown(resource, per_pod.times(count));
    if matches!(resource, "pods" | "count/pods") {
        return format!("{count} {}", if count == 1 { "pod" } else { "pods" });
    }
    format!("{count} × {} = {total}", shown(resource, per_pod))
}

/// What the greatest workloads of a line ask for: `Deployment a 10 × 4Gi = 40Gi, StatefulSet b 3 × 1Gi = 3Gi, and 4 more`.
pub(super) fn parts(
    model: &Model<'_>,
    line: &QuotaLine,
    shares: &[Share],
    pods: fn(&Demand<'_>) -> u64,
) -> String {
    let mut parts: Vec<(Quantity, String)> = shares
        .iter()
        .filter_map(|share| {
            let demand = model.demands.get(share.demand)?;
            let count = pods(demand);
            let text = format!(
                "{} {}",
                demand.title(),
                product(&line.resource, count, share.per_pod)
            );
            (count > 0).then(|| (share.per_pod.times(count), text))
        })
        .collect();
    parts.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    let more = parts.len().saturating_sub(NAMED);
    let mut named: Vec<String> = parts
        .into_iter()
        .take(NAMED)
        .map(|(_, text)| text)
        .collect();
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    named.join(", ")
}

/// What is asked for and what is allowed, with the parts of the sum where pods are what asks.
pub(super) fn too_much(line: &QuotaLine, asked: Quantity, parts: &str) -> String {
    let (asked, allowed) = (
        shown(&line.resource, asked),
        shown(&line.resource, line.limit),
    );
    let of = if line.resource == "pods" { "" } else { "of " };
    let sum = format!(
        "{asked} {of}{}, and the quota allows {allowed}",
        line.resource
    );
    if parts.is_empty() {
        sum
    } else {
        format!("{sum}: {parts}")
    }
}

/// To what a quota would have to be raised.
pub(super) fn raise(line: &QuotaLine, to: Quantity) -> String {
    format!("raise it to {}", shown(&line.resource, to))
}

/// Where a quota says what it allows.
pub(super) fn path(line: &QuotaLine) -> String {
    format!("spec.hard[{}]", line.resource)
}

/// Every line of every quota with what the workloads ask of it.
pub(super) fn lines<'m, 'a>(
    model: &'m Model<'a>,
) -> impl Iterator<Item = (&'m Use<'a>, &'m QuotaLine, &'m [Share])> {
    model.uses.iter().flat_map(|one| {
        let shares = one.shares.iter().map(Vec::as_slice);
        let lines = one.quota.lines.iter().zip(shares);
        lines.map(move |(line, shares)| (one, line, shares))
    })
}

/// The namespace that a quota is for.
pub(super) fn namespace<'a>(quota: &Use<'a>) -> &'a str {
    namespace_of(quota.document)
}
