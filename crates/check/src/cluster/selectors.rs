//! Many selectors, found by the labels that they accept, without asking each of them.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::pods::Labels;
use super::selector;

/// Namespace, key and value of a label.
type Pair<'a> = (&'a str, &'a str, &'a str);

/// Selectors with what they belong to.
pub(crate) struct Selectors<'a, T> {
    /// By the label that the fewest of them ask for.
    by_label: BTreeMap<Pair<'a>, Vec<(&'a Json, T)>>,
    /// Those that ask for no label by its value.
    others: BTreeMap<&'a str, Vec<(&'a Json, T)>>,
}

impl<'a, T: Copy> Selectors<'a, T> {
    /// The index of selectors with `matchLabels`, each with its namespace.
    pub(crate) fn of(selectors: impl IntoIterator<Item = (&'a str, &'a Json, T)>) -> Self {
        let all: Vec<(&'a str, &'a Json, T)> = selectors.into_iter().collect();
        let mut counts: BTreeMap<Pair<'a>, usize> = BTreeMap::new();
        for pair in all
            .iter()
            .flat_map(|(namespace, wanted, _)| pairs(namespace, wanted))
        {
            *counts.entry(pair).or_default() += 1;
        }
        let mut index = Self {
            by_label: BTreeMap::new(),
            others: BTreeMap::new(),
        };
        for (namespace, wanted, owner) in all {
            let rarest = pairs(namespace, wanted).min_by_key(|pair| counts.get(pair).copied());
            let place = match rarest {
                Some(pair) => index.by_label.entry(pair).or_default(),
                None => index.others.entry(namespace).or_default(),
            };
            place.push((wanted, owner));
        }
        index
    }

    /// What the selectors of a namespace that accept the labels belong to, in the order in which they were given.
    pub(crate) fn accepting(&self, namespace: &str, labels: &Labels) -> Vec<T> {
        let by_label = labels
            .iter()
            .filter_map(|(key, value)| self.by_label.get(&(namespace, key, value)));
        let candidates = by_label.chain(self.others.get(namespace)).flatten();
        candidates
            .filter(|(wanted, _)| selector::matches(wanted, labels))
            .map(|(_, owner)| *owner)
            .collect()
    }
}

fn pairs<'a>(namespace: &'a str, wanted: &'a Json) -> impl Iterator<Item = Pair<'a>> {
    let labels = wanted.get("matchLabels").and_then(Json::as_object);
    labels
        .into_iter()
        .flatten()
        .filter_map(move |(key, value)| Some((namespace, key.as_str(), value.as_str()?)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Selectors;
    use crate::cluster::Labels;

    #[test]
    fn what_accepts_the_labels_is_found_whatever_it_asks_for() {
        let label = |pairs: &[(&str, &str)]| -> Labels {
            let owned = pairs
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
            owned.collect()
        };
        let wanted = [
            json!({"matchLabels": {"team": "a", "app": "web"}}),
            json!({"matchLabels": {"team": "a"}}),
            json!({"matchExpressions": [{"key": "app", "operator": "Exists"}]}),
            json!({}),
        ];
        let numbered = wanted
            .iter()
            .enumerate()
            .map(|(number, wanted)| ("shop", wanted, number));
        let index = Selectors::of(numbered);
        let found = |pairs: &[(&str, &str)]| {
            let mut found = index.accepting("shop", &label(pairs));
            found.sort_unstable();
            found
        };
        assert_eq!(found(&[("team", "a"), ("app", "web")]), [0, 1, 2, 3]);
        assert_eq!(found(&[("team", "a")]), [1, 3]);
        assert_eq!(found(&[("app", "db")]), [2, 3]);
        assert!(
            index
                .accepting("other", &label(&[("team", "a")]))
                .is_empty()
        );
    }
}
