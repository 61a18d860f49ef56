//! Finds the name that was probably meant.

/// Longer words are not compared: nobody misspells them, and comparing costs the square of the length.
const LONGEST: usize = 64;
/// How many names a message lists.
const LISTED: usize = 24;

/// The candidate nearest to a word, if one is near enough to be worth a question.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word_length = word.chars().count();
    if word_length > LONGEST {
        return None;
    }
    let simple = simplified(word);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let longer = word_length.max(candidate.chars().count());
        if longer > LONGEST {
            continue;
        }
        let distance = if simplified(candidate) == simple {
            0
        } else {
            distance(word, candidate)
        };
        if distance <= (longer / 3).max(1) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `max_replicas`, `max-replicas` and `MaxReplicas` are the same word in different clothes.
fn simplified(word: &str) -> String {
    word.chars()
        .filter(|character| !matches!(character, '_' | '-' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Edit distance with swapped neighbours as one step (optimal string alignment).
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    for row in 1..=left.len() {
        let mut current = vec![row];
        for column in 1..=right.len() {
            let substitution =
                previous[column - 1] + usize::from(left[row - 1] != right[column - 1]);
            let mut cost = substitution
                .min(previous[column] + 1)
                .min(current[column - 1] + 1);
            let swapped = row > 1
                && column > 1
                && left[row - 1] == right[column - 2]
                && left[row - 2] == right[column - 1];
            if swapped {
                cost = cost.min(before[column - 2] + 1);
            }
            current.push(cost);
        }
        before = std::mem::replace(&mut previous, current);
    }
    previous.last().copied().unwrap_or_default()
}

/// `known here: a, b, c`, cut where there are too many to read.
pub(crate) fn known(introduction: &str, names: &[&str]) -> String {
    let more = names.len().saturating_sub(LISTED);
    let listed = names
        .iter()
        .take(LISTED)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    match (listed.is_empty(), more) {
        (true, _) => format!("{introduction}: none"),
        (false, 0) => format!("{introduction}: {listed}"),
        (false, more) => format!("{introduction}: {listed} and {more} more"),
    }
}

/// A word from a file, cut to what fits into a message.
pub(crate) fn shortened(word: &str) -> String {
    const SHOWN: usize = 60;
    match word.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        let names = ["replicas", "resources", "rollout", "maxReplicas", "port"];
        for (word, expected) in [
            ("replica", Some("replicas")),
            ("resorces", Some("resources")),
            ("max_replicas", Some("maxReplicas")),
            ("prot", Some("port")),
            ("Port", Some("port")),
            ("image", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, names), expected, "{word}");
        }
        assert_eq!(nearest(&"a".repeat(65), ["aaaa"]), None);
    }

    #[test]
    fn a_swap_is_one_step() {
        assert_eq!(distance("identity-servcie", "identity-service"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn long_lists_are_cut() {
        let names: Vec<String> = (0..30).map(|number| format!("n{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(known("known here", &names).ends_with("`n23` and 6 more"));
    }
}
