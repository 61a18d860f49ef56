//! A quota that holds less than what its namespace has asked for so far.

use check::capacity::{Capacity, capacity, concerns, counts_objects};

use super::Around;
use crate::model::{Effect, Fate, ObjectReview};
use crate::tree::Side;

impl Around<'_> {
    /// What a side asks for and what it has, counted when something asks for it. A quota may count objects of every kind;
    /// else most of the files need not be read.
    pub(crate) fn capacity(&self, side: Side) -> &Capacity {
        self.capacity[side as usize].get_or_init(|| {
            let mut quotas = self.trees.of_kinds(side, &["ResourceQuota"]);
            if quotas.any(counts_objects) {
                return capacity(self.trees.all(side), self.context);
            }
            capacity(self.trees.chosen(side, concerns), self.context)
        })
    }

    /// What a quota holds too little of even for the fewest pods, by resource.
    fn overdrawn(&self, side: Side, review: &ObjectReview) -> Vec<String> {
        let quotas = self.capacity(side).quotas.iter();
        let lines = quotas
            .filter(|quota| quota.id.is_same_object(&review.id))
            .flat_map(|quota| &quota.lines);
        lines
            .filter(|line| line.minimum > line.limit)
            .map(|line| line.resource.clone())
            .collect()
    }
}

/// Says what a quota refuses from then on.
pub(super) fn judge(around: &Around<'_>, review: &mut ObjectReview) {
    let is_quota = review.id.kind == "ResourceQuota" && review.id.group().is_empty();
    if !is_quota || review.fate == Fate::Removed {
        return;
    }
    let before = around.overdrawn(Side::Base, review);
    let mut newly = around.overdrawn(Side::Head, review);
    newly.retain(|resource| !before.contains(resource));
    if !newly.is_empty() && review.effect < Effect::Interrupted {
        review.effect = Effect::Interrupted;
        review.reason = format!(
            "less {} than the fewest pods ask for: those that run stay, and the next pods are refused",
            newly.join(" and ")
        );
    }
}
