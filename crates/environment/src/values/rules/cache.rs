//! The cache: it has memory worth speaking of.

use names::Bytes;

use crate::Diagnostics;
use crate::values::Environment;

/// With less, what connections need leaves nothing for data.
const LEAST_MEMORY: Bytes = Bytes::mebi(128);

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    if let Some(cache) = &environment.cache
        && *cache.resources.memory.upper() < LEAST_MEMORY
    {
        diagnostics
            .error(
                &cache.resources.memory.origin,
                "the cache has too little memory to hold anything",
            )
            .help(format!("at least {LEAST_MEMORY}"));
    }
}
