//! What the controller keeps of answers: entries of its own configuration, which its chart is given.

use std::collections::BTreeMap;

use configs::nginx::StaticCache;
use environment::Environment;
use names::PathPrefix;

/// Entries of the controller's ConfigMap beside those that are the same everywhere; none without a cache.
pub(crate) fn controller_entries(environment: &Environment) -> BTreeMap<&'static str, String> {
    let cache = environment
        .ingress
        .as_ref()
        .and_then(|ingress| ingress.cache.as_ref());
    let paths: Vec<PathPrefix> = environment
        .services
        .values()
        .filter_map(|service| service.ingress.as_ref())
        .flat_map(|route| &route.cached)
        .map(|path| path.value.clone())
        .collect();
    cache
        .filter(|_| !paths.is_empty())
        .map(|cache| {
            let cache = StaticCache {
                size: cache.size,
                keep: cache.keep,
                paths,
            };
            ("http-snippets", cache.http_snippet())
        })
        .into_iter()
        .collect()
}
