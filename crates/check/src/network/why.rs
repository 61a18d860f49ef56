//! Which objects decide whether a connection may be opened.

use std::fmt;

use manifest::ResourceId;

use super::mesh::Verdict;
use super::policy::{Decider, Direction};
use super::{Endpoint, Paths, Port, Ports};

/// Why a connection may be opened, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Whether it may be opened.
    pub is_open: bool,
    /// What was decided, in the order in which the connection meets it. The first that denies is the last of them.
    pub decisions: Vec<Decision>,
}

/// Where a decision is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// By the network policies at one end.
    Policies(Direction),
    /// By the mesh, at the callee where nothing else is said.
    Mesh,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Where it is made.
    pub stage: Stage,
    /// The end at which it is made.
    pub at: String,
    /// Whether the connection is let through.
    pub is_allowed: bool,
    /// Who decided; nobody where no policy is about the end.
    pub by: Vec<ResourceId>,
    /// The rule of it, `spec.ingress[0]`; none where no rule fits.
    pub rule: Option<String>,
    /// Why, where it is not for a rule.
    reason: &'static str,
}

impl Paths {
    /// Why a port of `to` is open for `from`, or not.
    pub fn why(&self, from: usize, to: usize, port: Port) -> Why {
        let name = |position| {
            self.endpoint(position)
                .map(Endpoint::to_string)
                .unwrap_or_default()
        };
        let ends = [name(from), name(to)];
        self.why_between(self.class(from), self.class(to), port, ends)
    }

    /// Why a port is open for somebody of whom nothing is known, or not.
    pub(crate) fn why_anyone(&self, caller: &str, to: usize, port: Port) -> Why {
        let name = self
            .endpoint(to)
            .map(Endpoint::to_string)
            .unwrap_or_default();
        self.why_between(
            self.ends.anyone,
            self.class(to),
            port,
            [caller.to_owned(), name],
        )
    }

    fn why_between(
        &self,
        from: usize,
        to: usize,
        port: Port,
        [from_name, to_name]: [String; 2],
    ) -> Why {
        let mut decisions = Vec::new();
        for question in self.questions(from, to, false).into_iter().flatten() {
            let (direction, mut found) = (question.direction, None);
            self.policies.ask(
                &self.ends,
                question,
                &Ports::one(port),
                &mut |_, is_allowed, by| {
                    found.get_or_insert((is_allowed, by));
                },
            );
            let at = match direction {
                Direction::Egress => &from_name,
                Direction::Ingress => &to_name,
            };
            if let Some((is_allowed, by)) = found {
                let decision = self.decision(question.subject, direction, at, is_allowed, by);
                decisions.push(decision);
                if !is_allowed {
                    return Why {
                        is_open: false,
                        decisions,
                    };
                }
            }
        }
        let verdict = self.mesh.why(&self.ends, from, to, port);
        let is_open = verdict.as_ref().is_none_or(|verdict| verdict.is_allowed);
        decisions.extend(verdict.map(|verdict| {
            let Verdict {
                is_allowed,
                by,
                rule,
                reason,
                is_of_caller,
            } = verdict;
            Decision {
                stage: Stage::Mesh,
                at: if is_of_caller { from_name } else { to_name },
                is_allowed,
                by,
                rule,
                reason,
            }
        }));
        Why { is_open, decisions }
    }

    fn decision(
        &self,
        subject: usize,
        direction: Direction,
        at: &str,
        is_allowed: bool,
        by: Decider,
    ) -> Decision {
        let policies = &self.policies.ordered;
        let mut decision = Decision {
            stage: Stage::Policies(direction),
            at: at.to_owned(),
            is_allowed,
            by: Vec::new(),
            rule: None,
            reason: "no policy is about it",
        };
        match by {
            Decider::Rule(policy, rule) => {
                if let Some(policy) = policies.get(policy) {
                    decision.by.push(policy.id.clone());
                    decision.rule = policy.rules.get(rule).map(|rule| rule.path.clone());
                }
            }
            Decider::End(first) => {
                decision.reason = "allows it";
                let tier = policies.get(first).map(|policy| policy.tier);
                let about = self.policies.about(direction, subject);
                let about = about.filter_map(|position| policies.get(position));
                let of_tier = about.filter(|policy| Some(policy.tier) == tier);
                decision.by.extend(of_tier.map(|policy| policy.id.clone()));
            }
            Decider::Nobody => {}
        }
        decision
    }
}

/// How many objects are named before the rest is counted.
const NAMED: usize = 3;

impl fmt::Display for Decision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = match self.stage {
            Stage::Policies(direction) => direction.as_str(),
            Stage::Mesh => "mesh",
        };
        write!(formatter, "{stage} of {}: ", self.at)?;
        let verb = if self.is_allowed { "allows" } else { "denies" };
        match (&self.rule, self.by.as_slice()) {
            (_, []) => formatter.write_str(self.reason),
            (Some(rule), [by, ..]) => write!(formatter, "{rule} of {} {verb} it", shown(by)),
            (None, by) => {
                let names: Vec<String> = by.iter().take(NAMED).map(shown).collect();
                let rest = match by.len().checked_sub(NAMED) {
                    Some(rest) if rest > 0 => format!(" and {rest} more"),
                    _ => String::new(),
                };
                if self.is_allowed || self.reason != "allows it" {
                    write!(formatter, "{}{rest} {}", names.join(", "), self.reason)
                } else {
                    write!(
                        formatter,
                        "no rule of {}{rest} {}",
                        names.join(", "),
                        self.reason
                    )
                }
            }
        }
    }
}

/// Kind, namespace and name.
fn shown(id: &ResourceId) -> String {
    match &id.namespace {
        Some(namespace) => format!("{} {namespace}/{}", id.kind, id.name),
        None => format!("{} {}", id.kind, id.name),
    }
}

/// The decision that denies; where none does, all of them.
impl fmt::Display for Why {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: Vec<String> = self
            .decisions
            .iter()
            .filter(|decision| self.is_open || !decision.is_allowed)
            .map(ToString::to_string)
            .collect();
        formatter.write_str(&shown.join("; "))
    }
}
