//! Whom the sources of a rule of the mesh mean.

use serde_json::Value as Json;

use crate::cluster::list;
use crate::network::World;
use crate::network::addresses::Addresses;
use crate::network::bits::Bits;
use crate::network::classes::Class;

/// Whom the sources of a rule mean: for callers that prove who they are, and for those that do not.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    /// Meant, as far as can be known: an address or a token may still decide otherwise.
    possible: [Bits; 2],
    /// Meant, whatever address or token they come with.
    sure: [Bits; 2],
}

impl Sources {
    pub(super) fn possibly(&self, from: usize, is_proven: bool) -> bool {
        self.possible[usize::from(is_proven)].contains(from)
    }

    pub(super) fn surely(&self, from: usize, is_proven: bool) -> bool {
        self.sure[usize::from(is_proven)].contains(from)
    }
}

/// How well a source fits a caller.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    No,
    Maybe,
    Yes,
}

impl From<bool> for Fit {
    fn from(fits: bool) -> Self {
        if fits { Self::Yes } else { Self::No }
    }
}

/// The sources of a rule; everybody where it names none.
pub(super) fn read(world: &World<'_, '_>, namespace: &str, rule: &Json) -> Sources {
    let sources: Vec<&Json> = list(rule, "/from")
        .map(|(_, from)| from.get("source").unwrap_or(&Json::Null))
        .collect();
    let fit = |class: usize, is_proven: bool| {
        let Some(caller) = world.ends.classes.get(class) else {
            return Fit::No;
        };
        let fits = sources
            .iter()
            .map(|source| fit(namespace, source, caller, is_proven));
        if sources.is_empty() {
            Fit::Yes
        } else {
            fits.max().unwrap_or(Fit::No)
        }
    };
    let length = world.ends.classes.len();
    let bits = |least: Fit| {
        [false, true].map(|is_proven| Bits::of(length, |class| fit(class, is_proven) >= least))
    };
    Sources {
        possible: bits(Fit::Maybe),
        sure: bits(Fit::Yes),
    }
}

/// Who a caller is to the mesh.
struct Identity<'c> {
    namespace: &'c str,
    account: &'c str,
}

fn fit(home: &str, source: &Json, caller: &Class, is_proven: bool) -> Fit {
    let identity = match caller {
        Class::Pods(pods) if is_proven => Some(Identity {
            namespace: &pods.namespace,
            account: &pods.account,
        }),
        _ => None,
    };
    let is_anyone = *caller == Class::Anyone;
    let by_identity = |field: &str, not: &str, fits: &dyn Fn(&str, &Identity<'_>) -> bool| {
        let any = |field: &str| {
            identity.as_ref().is_some_and(|identity| {
                let wanted = list(source, field).filter_map(|(_, wanted)| wanted.as_str());
                wanted.into_iter().any(|wanted| fits(wanted, identity))
            })
        };
        let has = |field: &str| list(source, field).next().is_some();
        if is_anyone && is_proven && (has(field) || has(not)) {
            return Fit::Maybe;
        }
        Fit::from((!has(field) || any(field)) && !any(not))
    };
    let parts = [
        by_identity("/principals", "/notPrincipals", &|wanted, identity| {
            let own = format!("/ns/{}/sa/{}", identity.namespace, identity.account);
            principal_fits(wanted, &own)
        }),
        by_identity("/namespaces", "/notNamespaces", &|wanted, identity| {
            pattern_fits(wanted, identity.namespace)
        }),
        by_identity(
            "/serviceAccounts",
            "/notServiceAccounts",
            &|wanted, identity| match wanted.split_once('/') {
                Some((namespace, account)) => {
                    namespace == identity.namespace && account == identity.account
                }
                None => identity.namespace == home && wanted == identity.account,
            },
        ),
        blocks_fit(source, caller),
        unknown(source),
    ];
    parts.into_iter().min().unwrap_or(Fit::Yes)
}

/// A trust domain comes before the name; which one is this cluster's is not known.
fn principal_fits(wanted: &str, own: &str) -> bool {
    match wanted.find("/ns/") {
        Some(start) if !wanted.starts_with('*') => {
            pattern_fits(wanted.get(start..).unwrap_or_default(), own)
        }
        _ => pattern_fits(wanted, &format!("cluster.local{own}")),
    }
}

/// `*` alone means any value, at either end it stands for any text.
fn pattern_fits(pattern: &str, value: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(suffix), _) => value.ends_with(suffix) && !value.is_empty(),
        (None, Some(prefix)) => value.starts_with(prefix),
        (None, None) => pattern == value,
    }
}

fn blocks_fit(source: &Json, caller: &Class) -> Fit {
    let blocks = |field: &str| -> Option<Addresses> {
        let mut found = list(source, field).peekable();
        found.peek()?;
        let blocks = found.filter_map(|(_, block)| Addresses::block(block.as_str()?));
        Some(blocks.fold(Addresses::default(), |all, block| all.union(&block)))
    };
    let (wanted, not) = (blocks("/ipBlocks"), blocks("/notIpBlocks"));
    match caller {
        _ if wanted.is_none() && not.is_none() => Fit::Yes,
        Class::Addresses(part) => Fit::from(
            wanted.is_none_or(|wanted| wanted.meets(part))
                && !not.is_some_and(|not| not.meets(part)),
        ),
        // The address of a pod is not known.
        _ => Fit::Maybe,
    }
}

/// What only a request can tell.
fn unknown(source: &Json) -> Fit {
    let fields = [
        "/remoteIpBlocks",
        "/notRemoteIpBlocks",
        "/requestPrincipals",
        "/notRequestPrincipals",
    ];
    let has = |field: &&str| list(source, field).next().is_some();
    if fields.iter().any(has) {
        Fit::Maybe
    } else {
        Fit::Yes
    }
}
