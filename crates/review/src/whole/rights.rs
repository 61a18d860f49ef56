//! Who may do what in the cluster that could not before, and who may no longer.

use std::collections::{BTreeMap, BTreeSet};

use check::Document;
use check::rights::{Right, rights};

use super::{Both, tell, touches};
use crate::effect::Around;
use crate::model::{Direction, Topic, WholeChange};
use crate::tree::Side;

/// The kinds that rights come from.
const KINDS: [&str; 4] = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"];

/// Subject, target and place.
type Line = (String, String, String);

/// The verbs of a line, and what somebody can do with them beyond what they say.
type Verbs<'r> = (BTreeSet<&'r str>, BTreeSet<&'r str>);

/// Says which rights come and go, those of one subject to one thing in one line.
pub(super) fn compare(around: &Around<'_>, both: &[Both<'_>], found: &mut Vec<WholeChange>) {
    if !touches(both, &[], &KINDS) {
        return;
    }
    let (before, after) = (granted(around, Side::Base), granted(around, Side::Head));
    for (rights, direction) in [
        (after.difference(&before), Direction::Opened),
        (before.difference(&after), Direction::Closed),
    ] {
        let mut lines: BTreeMap<Line, Verbs<'_>> = BTreeMap::new();
        for right in rights {
            let place = match &right.namespace {
                Some(namespace) => format!("in {namespace}"),
                None => "everywhere".to_owned(),
            };
            let line = (right.subject.to_string(), right.target.to_string(), place);
            let (verbs, powers) = lines.entry(line).or_default();
            verbs.insert(&right.verb);
            powers.extend(right.powers().iter().map(|power| power.as_str()));
        }
        for ((subject, target, place), (verbs, powers)) in lines {
            let verbs: Vec<&str> = verbs.into_iter().collect();
            let verbs = if verbs == ["*"] {
                "anything with".to_owned()
            } else {
                verbs.join(", ")
            };
            let danger = if powers.is_empty() || direction == Direction::Closed {
                String::new()
            } else {
                let powers: Vec<&str> = powers.into_iter().collect();
                format!(" — and can so {}", powers.join(", "))
            };
            let line = format!("{subject} may {verbs} {target} {place}{danger}");
            tell(found, Topic::Rights, direction, line);
        }
    }
}

fn granted(around: &Around<'_>, side: Side) -> BTreeSet<Right> {
    let documents: Vec<Document> = around.trees.of_kinds(side, &KINDS).cloned().collect();
    rights(&documents)
        .into_iter()
        .map(|grant| grant.right)
        .collect()
}
