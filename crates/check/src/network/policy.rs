//! What all kinds of policies come down to: tiers of ordered rules, the first of which decides.
//!
//! Calico's model holds the others: Kubernetes' own policies are rules that allow, in the tier `default`, at whose end
//! everything is denied to whom a policy of the tier selects; the cluster administrators' policies stand in a tier before
//! it and in one behind it, at whose ends nothing is decided.

use std::borrow::Cow;

use manifest::ResourceId;
use names::Protocol;

use super::bits::Bits;
use super::classes::{Class, Ends};
use super::{Port, Ports};

/// Which end a policy stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// At the caller: what it may open.
    Egress,
    /// At the callee: whom it lets in.
    Ingress,
}

impl Direction {
    /// Both, in the order in which a connection meets them.
    pub(super) const BOTH: [Self; 2] = [Self::Egress, Self::Ingress];

    /// `egress` or `ingress`, as fields of policies are called.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Egress => "egress",
            Self::Ingress => "ingress",
        }
    }
}

/// What a rule does with what it fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Allow,
    Deny,
    /// Leaves the decision to the next tier.
    Pass,
}

/// Policies that are asked before those of other tiers.
#[derive(Clone, Debug)]
pub(super) struct Tier {
    pub(super) name: String,
    pub(super) order: f64,
    /// What happens at the end with those whom a policy of the tier selects: [`Action::Deny`] or [`Action::Pass`].
    pub(super) end: Action,
}

/// One direction of a policy.
#[derive(Clone, Debug)]
pub(super) struct Policy {
    pub(super) id: ResourceId,
    pub(super) direction: Direction,
    pub(super) tier: usize,
    pub(super) order: f64,
    /// The classes that it is about.
    pub(super) subjects: Bits,
    pub(super) rules: Vec<Rule>,
}

/// One rule of a policy.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) action: Action,
    /// The classes among the subjects that the rule is about, where it says so.
    pub(super) own: Option<Bits>,
    /// The classes at the other end.
    pub(super) peers: Bits,
    /// Whether a block of addresses may hold those of pods. Which ones these have is not known, and the network plugins
    /// differ in whether a block can mean a pod at all.
    pub(super) may_hold_pods: bool,
    pub(super) ports: PortMatch,
    /// Where it stands: `spec.ingress[0]`.
    pub(super) path: String,
}

/// The ports that a rule is about.
#[derive(Clone, Debug, Default)]
pub(super) struct PortMatch {
    pub(super) fixed: Ports,
    /// Ports by name, which every pod gives a number of its own.
    pub(super) named: Vec<(Option<Protocol>, String)>,
    pub(super) not_named: Vec<String>,
}

impl PortMatch {
    /// Every port.
    pub(super) fn all() -> Self {
        Self {
            fixed: Ports::all(),
            ..Self::default()
        }
    }

    /// The ports at a class of destinations.
    fn at(&self, ends: &Ends, destination: usize) -> Cow<'_, Ports> {
        if self.named.is_empty() && self.not_named.is_empty() {
            return Cow::Borrowed(&self.fixed);
        }
        let declared = ends.pods(destination).map_or(&[][..], |pods| &pods.ports);
        let of = |protocol: Option<Protocol>, name: &str| {
            let fits = |(own, port): &&(String, Port)| {
                own == name && protocol.is_none_or(|protocol| protocol == port.protocol)
            };
            let found = declared.iter().filter(fits);
            found.fold(Ports::none(), |all, (_, port)| {
                all.union(&Ports::one(*port))
            })
        };
        let named = self.named.iter();
        let all = named.fold(self.fixed.clone(), |all, (protocol, name)| {
            all.union(&of(*protocol, name))
        });
        let not = self.not_named.iter();
        Cow::Owned(not.fold(all, |all, name| all.difference(&of(None, name))))
    }
}

/// Who decided about ports at one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decider {
    /// Positions of a policy and of its rule.
    Rule(usize, usize),
    /// The end of a tier: the position of the first of its policies that select the subject.
    End(usize),
    /// No policy.
    Nobody,
}

/// All policies, ready to be asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Policies {
    pub(super) tiers: Vec<Tier>,
    pub(super) ordered: Vec<Policy>,
    /// For each direction and class, the positions of the policies about it, in the order in which they are asked.
    applied: [Vec<Vec<u32>>; 2],
}

/// One question: what may flow at one end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    pub(super) direction: Direction,
    /// The class that the policies stand at.
    pub(super) subject: usize,
    /// The class at the other end.
    pub(super) peer: usize,
    /// Whether blocks of addresses count as meaning pods where they may.
    pub(super) is_lenient: bool,
}

impl Policies {
    /// Sorts the policies and notes whom each is about.
    pub(super) fn new(tiers: Vec<Tier>, mut policies: Vec<Policy>, classes: usize) -> Self {
        policies.sort_by(|left, right| {
            let tier = |policy: &Policy| tiers.get(policy.tier);
            let order = |tier: Option<&Tier>| tier.map_or(f64::INFINITY, |tier| tier.order);
            let name = |tier: Option<&Tier>| tier.map(|tier| tier.name.clone());
            order(tier(left))
                .total_cmp(&order(tier(right)))
                .then_with(|| name(tier(left)).cmp(&name(tier(right))))
                .then_with(|| left.order.total_cmp(&right.order))
                .then_with(|| left.id.name.cmp(&right.id.name))
                .then_with(|| left.id.cmp(&right.id))
        });
        let mut applied = [vec![Vec::new(); classes], vec![Vec::new(); classes]];
        for (position, policy) in policies.iter().enumerate() {
            for class in policy.subjects.iter() {
                if let Some(list) = applied[policy.direction as usize].get_mut(class) {
                    list.push(u32::try_from(position).unwrap_or(u32::MAX));
                }
            }
        }
        Self {
            tiers,
            ordered: policies,
            applied,
        }
    }

    /// The positions of the policies about a class, in the order in which they are asked.
    pub(super) fn about(
        &self,
        direction: Direction,
        class: usize,
    ) -> impl Iterator<Item = usize> + '_ {
        let list = self.applied[direction as usize].get(class);
        list.into_iter()
            .flatten()
            .map(|position| *position as usize)
    }

    /// Whether any policy is about a class.
    pub(super) fn is_isolated(&self, direction: Direction, class: usize) -> bool {
        self.about(direction, class).next().is_some()
    }

    /// Asks about `wanted` ports; `told` hears of each decision and of who made it.
    pub(super) fn ask(
        &self,
        ends: &Ends,
        question: Question,
        wanted: &Ports,
        told: &mut dyn FnMut(&Ports, bool, Decider),
    ) {
        let mut open = wanted.clone();
        let mut asked = self.about(question.direction, question.subject).peekable();
        while let Some(first) = asked.peek().copied() {
            let Some(tier) = self.ordered.get(first).map(|policy| policy.tier) else {
                break;
            };
            let mut passed = Ports::none();
            while let Some(position) = asked.peek().copied()
                && let Some(policy) = self.ordered.get(position)
                && policy.tier == tier
            {
                asked.next();
                for (index, rule) in policy.rules.iter().enumerate() {
                    if open.is_empty() {
                        break;
                    }
                    let Some(hit) = fitting(ends, rule, question, &open) else {
                        continue;
                    };
                    open = open.difference(&hit);
                    match rule.action {
                        Action::Pass => passed = passed.union(&hit),
                        action => told(
                            &hit,
                            action == Action::Allow,
                            Decider::Rule(position, index),
                        ),
                    }
                }
            }
            let denies = self
                .tiers
                .get(tier)
                .is_none_or(|tier| tier.end == Action::Deny);
            if denies && !open.is_empty() {
                told(&open, false, Decider::End(first));
                open = Ports::none();
            }
            open = open.union(&passed);
            if open.is_empty() {
                return;
            }
        }
        told(&open, true, Decider::Nobody);
    }
}

/// What a rule decides of the ports that are still open.
fn fitting(ends: &Ends, rule: &Rule, question: Question, open: &Ports) -> Option<Ports> {
    let Question {
        direction,
        subject,
        peer,
        is_lenient,
    } = question;
    let is_pod = || {
        matches!(
            ends.classes.get(peer),
            Some(Class::Pods(_) | Class::Cluster | Class::Node)
        )
    };
    let fits = rule.peers.contains(peer)
        || is_lenient && rule.may_hold_pods && rule.action == Action::Allow && is_pod();
    if !fits || rule.own.as_ref().is_some_and(|own| !own.contains(subject)) {
        return None;
    }
    let destination = match direction {
        Direction::Egress => peer,
        Direction::Ingress => subject,
    };
    let hit = open.intersection(&rule.ports.at(ends, destination));
    (!hit.is_empty()).then_some(hit)
}
