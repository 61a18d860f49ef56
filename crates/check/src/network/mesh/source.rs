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
    let sources: Vec<Source<'_>> = list(rule, "/from")
        .map(|(_, from)| Source::read(namespace, from.get("source").unwrap_or(&Json::Null)))
        .collect();
    let length = world.ends.classes.len();
    let mut found = Sources {
        possible: [Bits::new(length), Bits::new(length)],
        sure: [Bits::new(length), Bits::new(length)],
    };
    for (position, class) in world.ends.classes.iter().enumerate() {
        for is_proven in [false, true] {
            let fits = sources.iter().map(|source| source.fit(class, is_proven));
            let fit = if sources.is_empty() {
                Fit::Yes
            } else {
                fits.max().unwrap_or(Fit::No)
            };
            if fit >= Fit::Maybe {
                found.possible[usize::from(is_proven)].insert(position);
            }
            if fit == Fit::Yes {
                found.sure[usize::from(is_proven)].insert(position);
            }
        }
    }
    found
}

/// Whom a caller must be, or must not be.
enum Wanted<'e> {
    /// An account of a namespace.
    Account(&'e str, &'e str),
    /// A pattern of a whole principal.
    Principal(&'e str),
    /// A pattern of a namespace.
    Namespace(&'e str),
}

impl Wanted<'_> {
    fn fits(&self, namespace: &str, account: &str) -> bool {
        match self {
            Self::Account(wanted, name) => *wanted == namespace && *name == account,
            Self::Principal("*") => true,
            Self::Principal(pattern) => {
                principal_fits(pattern, &format!("/ns/{namespace}/sa/{account}"))
            }
            Self::Namespace(pattern) => pattern_fits(pattern, namespace),
        }
    }
}

/// One source: each list of callers has to fit, and none that is excluded may.
struct Source<'e> {
    wanted: Vec<Vec<Wanted<'e>>>,
    excluded: Vec<Wanted<'e>>,
    blocks: Option<Addresses>,
    not_blocks: Option<Addresses>,
    /// Whether only a request can tell.
    is_uncertain: bool,
}

impl<'e> Source<'e> {
    fn read(home: &'e str, value: &'e Json) -> Self {
        let texts = |field: &str| {
            list(value, field)
                .filter_map(|(_, text)| text.as_str())
                .collect::<Vec<&'e str>>()
        };
        let all = |principals: &str, namespaces: &str, accounts: &str| {
            [
                texts(principals).into_iter().map(principal).collect(),
                texts(namespaces)
                    .into_iter()
                    .map(Wanted::Namespace)
                    .collect(),
                texts(accounts)
                    .into_iter()
                    .map(|text| {
                        let (namespace, name) = text.split_once('/').unwrap_or((home, text));
                        Wanted::Account(namespace, name)
                    })
                    .collect(),
            ]
        };
        let wanted: [Vec<Wanted<'e>>; 3] = all("/principals", "/namespaces", "/serviceAccounts");
        let excluded: [Vec<Wanted<'e>>; 3] =
            all("/notPrincipals", "/notNamespaces", "/notServiceAccounts");
        Self {
            wanted: wanted.into_iter().filter(|list| !list.is_empty()).collect(),
            excluded: excluded.into_iter().flatten().collect(),
            blocks: blocks(value, "/ipBlocks"),
            not_blocks: blocks(value, "/notIpBlocks"),
            is_uncertain: UNKNOWN
                .iter()
                .any(|field| list(value, field).next().is_some()),
        }
    }

    fn fit(&self, caller: &Class, is_proven: bool) -> Fit {
        let identity = match caller {
            Class::Pods(pods) if is_proven => {
                Some((pods.namespace.as_str(), pods.account.as_str()))
            }
            _ => None,
        };
        let is = |wanted: &Wanted<'_>| {
            identity.is_some_and(|(namespace, account)| wanted.fits(namespace, account))
        };
        let by_identity = if *caller == Class::Anyone && is_proven {
            if self.wanted.is_empty() && self.excluded.is_empty() {
                Fit::Yes
            } else {
                Fit::Maybe
            }
        } else {
            let is_wanted = self.wanted.iter().all(|list| list.iter().any(is));
            Fit::from(is_wanted && !self.excluded.iter().any(is))
        };
        let by_request = if self.is_uncertain {
            Fit::Maybe
        } else {
            Fit::Yes
        };
        by_identity.min(self.fit_address(caller)).min(by_request)
    }

    fn fit_address(&self, caller: &Class) -> Fit {
        match caller {
            _ if self.blocks.is_none() && self.not_blocks.is_none() => Fit::Yes,
            Class::Addresses(part) => {
                let is_in = |blocks: &Addresses| blocks.meets(part);
                let is_wanted = self.blocks.as_ref().is_none_or(is_in);
                Fit::from(is_wanted && !self.not_blocks.as_ref().is_some_and(is_in))
            }
            // The address of a pod is not known.
            _ => Fit::Maybe,
        }
    }
}

/// `<trust domain>/ns/<namespace>/sa/<account>`, or a pattern.
fn principal(text: &str) -> Wanted<'_> {
    let account = text
        .split_once("/ns/")
        .and_then(|(_, rest)| rest.split_once("/sa/"));
    match account {
        Some((namespace, account)) if !text.contains('*') => Wanted::Account(namespace, account),
        _ => Wanted::Principal(text),
    }
}

fn blocks(source: &Json, field: &str) -> Option<Addresses> {
    let mut found = list(source, field).peekable();
    found.peek()?;
    let blocks = found.filter_map(|(_, block)| Addresses::block(block.as_str()?));
    Some(blocks.fold(Addresses::default(), |all, block| all.union(&block)))
}

/// What only a request can tell.
const UNKNOWN: [&str; 4] = [
    "/remoteIpBlocks",
    "/notRemoteIpBlocks",
    "/requestPrincipals",
    "/notRequestPrincipals",
];

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
