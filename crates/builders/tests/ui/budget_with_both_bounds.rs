//! A disruption budget has one bound; the API server refuses both.

use builders::{DisruptionBudget, Identity};

fn budget(identity: &Identity) -> DisruptionBudget {
    DisruptionBudget::max_unavailable(identity, 1).min_available(1)
}

fn main() {}
