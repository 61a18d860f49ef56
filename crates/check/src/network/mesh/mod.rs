//! What the mesh lets through at a callee's proxy: `PeerAuthentications` and `AuthorizationPolicies`.

mod authentication;
mod authorization;
mod source;

use manifest::ResourceId;
use names::Protocol;

use self::authentication::{Authentication, Mode};
use self::authorization::{Authorization, Effect, Rule};
use super::classes::{Class, Ends, PodClass};
use super::{Port, Ports, World};

/// The policies of the mesh, for each class.
#[derive(Clone, Debug, Default)]
pub(super) struct Mesh {
    /// How the members of each class want to be called; nothing where there is no mesh.
    authentication: Vec<Option<Authentication>>,
    authorizations: Vec<Authorization>,
    /// For each class, the positions of the authorizations about it.
    about: Vec<Vec<usize>>,
}

/// What the mesh decided about one port.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) is_allowed: bool,
    pub(super) by: Vec<ResourceId>,
    pub(super) rule: Option<String>,
    pub(super) reason: &'static str,
}

impl Verdict {
    fn denied(by: Vec<ResourceId>, reason: &'static str) -> Self {
        Self {
            is_allowed: false,
            by,
            rule: None,
            reason,
        }
    }
}

impl Mesh {
    pub(super) fn of(world: &World<'_, '_>) -> Self {
        let authorizations = authorization::all(world);
        let authentication = authentication::all(world);
        if authorizations.is_empty() && authentication.is_empty() {
            return Self::default();
        }
        let classes = 0..world.ends.classes.len();
        let about = classes.clone().map(|class| {
            let all = authorizations.iter().enumerate();
            let found = all.filter(|(_, authorization)| authorization.subjects.contains(class));
            found.map(|(position, _)| position).collect()
        });
        Self {
            authentication: classes
                .clone()
                .map(|class| {
                    let pods = world.ends.pods(class)?;
                    Some(authentication::of(&authentication, pods))
                })
                .collect(),
            about: about.collect(),
            authorizations,
        }
    }

    /// Those of the ports that the callee's proxy lets the caller's connections through to.
    pub(super) fn open(&self, ends: &Ends, from: usize, to: usize, ports: Ports) -> Ports {
        let Some(member) = self.member(ends, to) else {
            return ports;
        };
        let mut open = ports.difference(&captured(member));
        for (part, is_plain) in self.parts(ends, from, to, &ports) {
            match self.through(from, to, &part, is_plain) {
                Ok(through) => open = open.union(&through),
                Err(_) => {}
            }
        }
        open
    }

    /// What is decided of one port; nothing where no proxy is asked or no policy is about the callee.
    pub(super) fn why(&self, ends: &Ends, from: usize, to: usize, port: Port) -> Option<Verdict> {
        self.member(ends, to)?;
        let wanted = Ports::one(port);
        let mut last = None;
        for (part, is_plain) in self.parts(ends, from, to, &wanted) {
            match self.through(from, to, &part, is_plain) {
                Err(verdict) => last = last.or(Some(verdict)),
                Ok(through) if through.is_empty() => {
                    last = Some(self.refusal(from, to, port, is_plain));
                }
                // Where it is not known how the caller comes, one way is enough.
                Ok(_) => return self.grant(from, to, port, is_plain),
            }
        }
        last
    }

    /// Rules that allow nothing, because others deny all of it: the policy, the rule, and one that denies.
    pub(super) fn contradicted(&self, ends: &Ends) -> Vec<(ResourceId, String, ResourceId)> {
        let mut found = Vec::new();
        let allowing = |policy: &&Authorization| policy.effect == Effect::Allow;
        for policy in self.authorizations.iter().filter(allowing) {
            for rule in &policy.rules {
                if let Some(by) = self.denier(ends, policy, rule) {
                    found.push((policy.id.clone(), rule.path.clone(), by));
                }
            }
        }
        found
    }

    /// Who denies everything that a rule allows; nobody where anything is left of it.
    fn denier(&self, ends: &Ends, policy: &Authorization, rule: &Rule) -> Option<ResourceId> {
        let mut by = None;
        for to in policy.subjects.iter() {
            let denying: Vec<&Authorization> = self.with_effect(to, Effect::Deny).collect();
            for from in (0..ends.classes.len()).filter(|from| *from != ends.anyone) {
                let mut left = rule.possibly(from, true);
                if left.is_empty() {
                    continue;
                }
                for policy in &denying {
                    for rule in &policy.rules {
                        left = left.difference(&rule.surely(from, true));
                    }
                    if left.is_empty() {
                        by = Some(policy.id.clone());
                        break;
                    }
                }
                if !left.is_empty() {
                    return None;
                }
            }
        }
        by
    }

    fn member<'e>(&self, ends: &'e Ends, class: usize) -> Option<&'e PodClass> {
        let is_known = self.authentication.get(class).is_some_and(Option::is_some);
        ends.pods(class)
            .filter(|pods| is_known && pods.mesh.is_member == Some(true))
    }

    /// The captured ports by how the caller comes to them: in plain text or not. Both where that is not known.
    fn parts(&self, ends: &Ends, from: usize, to: usize, ports: &Ports) -> Vec<(Ports, bool)> {
        let Some(member) = self.member(ends, to) else {
            return Vec::new();
        };
        let ports = ports.intersection(&captured(member));
        let (is_member, plain) = match ends.classes.get(from) {
            Some(Class::Pods(pods)) => (pods.mesh.is_member, numbers(&pods.mesh.plain_outbound)),
            Some(Class::Anyone) | None => (None, Ports::none()),
            Some(_) => (Some(false), Ports::none()),
        };
        let beside = ports.intersection(&plain);
        let through = ports.difference(&plain);
        let parts = match is_member {
            Some(true) => vec![(through, false), (beside, true)],
            Some(false) => vec![(ports, true)],
            None => vec![(ports.clone(), false), (ports, true)],
        };
        parts
            .into_iter()
            .filter(|(ports, _)| !ports.is_empty())
            .collect()
    }

    /// What comes through of ports that are reached alike; an error where the mesh wants another way of coming.
    fn through(
        &self,
        from: usize,
        to: usize,
        ports: &Ports,
        is_plain: bool,
    ) -> Result<Ports, Verdict> {
        let Some(Some(authentication)) = self.authentication.get(to) else {
            return Ok(ports.clone());
        };
        let mut through = Ports::none();
        let mut refused = None;
        for (part, mode, by) in authentication.parts(ports) {
            if is_plain && mode == Mode::Strict {
                let by = by.into_iter().cloned().collect();
                refused = Some(Verdict::denied(
                    by,
                    "wants mutual TLS, which the caller has no proxy for",
                ));
            } else {
                let is_proven = !is_plain && mode != Mode::Disable;
                through = through.union(&self.authorized(from, to, &part, is_proven));
            }
        }
        match refused {
            Some(verdict) if through.is_empty() => Err(verdict),
            _ => Ok(through),
        }
    }

    fn with_effect(&self, class: usize, effect: Effect) -> impl Iterator<Item = &Authorization> {
        let about = self.about.get(class).into_iter().flatten();
        about
            .filter_map(|position| self.authorizations.get(*position))
            .filter(move |authorization| authorization.effect == effect)
    }

    fn authorized(&self, from: usize, to: usize, ports: &Ports, is_proven: bool) -> Ports {
        let denied = self
            .with_effect(to, Effect::Deny)
            .flat_map(|policy| &policy.rules);
        let denied = denied.map(|rule| rule.surely(from, is_proven));
        let open = denied.fold(ports.clone(), |open, denied| open.difference(&denied));
        let mut allowing = self.with_effect(to, Effect::Allow).peekable();
        if allowing.peek().is_none() {
            return open;
        }
        let allowed = allowing.flat_map(|policy| &policy.rules);
        let allowed = allowed.map(|rule| rule.possibly(from, is_proven));
        open.intersection(&allowed.fold(Ports::none(), |all, more| all.union(&more)))
    }

    /// Who refuses a port.
    fn refusal(&self, from: usize, to: usize, port: Port, is_plain: bool) -> Verdict {
        let is_proven = self.is_proven(to, port, is_plain);
        for policy in self.with_effect(to, Effect::Deny) {
            let rule = policy
                .rules
                .iter()
                .find(|rule| rule.surely(from, is_proven).contains(port));
            if let Some(rule) = rule {
                return Verdict {
                    is_allowed: false,
                    by: vec![policy.id.clone()],
                    rule: Some(rule.path.clone()),
                    reason: "",
                };
            }
        }
        let by = self
            .with_effect(to, Effect::Allow)
            .map(|policy| policy.id.clone());
        Verdict::denied(by.collect(), "allows it")
    }

    /// Who lets a port through; nobody where no policy is about the callee.
    fn grant(&self, from: usize, to: usize, port: Port, is_plain: bool) -> Option<Verdict> {
        let is_proven = self.is_proven(to, port, is_plain);
        self.with_effect(to, Effect::Allow).find_map(|policy| {
            let rule = policy
                .rules
                .iter()
                .find(|rule| rule.possibly(from, is_proven).contains(port))?;
            Some(Verdict {
                is_allowed: true,
                by: vec![policy.id.clone()],
                rule: Some(rule.path.clone()),
                reason: "",
            })
        })
    }

    fn is_proven(&self, to: usize, port: Port, is_plain: bool) -> bool {
        let authentication = self.authentication.get(to).and_then(Option::as_ref);
        let mode = authentication.and_then(|authentication| {
            authentication
                .parts(&Ports::one(port))
                .first()
                .map(|(_, mode, _)| *mode)
        });
        !is_plain && mode != Some(Mode::Disable)
    }
}

/// The ports of a member that its proxy stands before.
fn captured(member: &PodClass) -> Ports {
    Ports::every(Protocol::Tcp).difference(&numbers(&member.mesh.plain_inbound))
}

fn numbers(numbers: &[u16]) -> Ports {
    numbers.iter().fold(Ports::none(), |all, number| {
        all.union(&Ports::one(Port::tcp(*number)))
    })
}
