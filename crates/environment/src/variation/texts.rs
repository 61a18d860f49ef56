//! Makes other texts of a text, near enough to it to be valid where it is.

use super::Variation;
use crate::tree::Scalar;

/// A boolean has another value; a text with numbers has one side for each of them.
pub(super) fn sides(scalar: &Scalar) -> Vec<Vec<Variation>> {
    let text = scalar.text.as_str();
    match text {
        "true" => return vec![vec![Variation::Text("false".to_owned())]],
        "false" => return vec![vec![Variation::Text("true".to_owned())]],
        _ => {}
    }
    numbers(text)
        .into_iter()
        .rev()
        .take(SIDES)
        .map(|range| {
            let other = |number: String| {
                let (before, after) = (&text[..range.start], &text[range.end..]);
                Variation::Text(format!("{before}{number}{after}"))
            };
            others(&text[range.clone()])
                .into_iter()
                .map(other)
                .collect()
        })
        .collect()
}

/// How many numbers of a text are varied.
const SIDES: usize = 4;

/// Where the decimal numbers of a text stand.
fn numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, byte) in text.bytes().enumerate() {
        match ranges.last_mut() {
            _ if !byte.is_ascii_digit() => {}
            Some(last) if last.end == index => last.end = index + 1,
            _ => ranges.push(index..index + 1),
        }
    }
    ranges
}

/// Other numbers of the same form, the nearest first; the far ones are for values that come in steps.
fn others(number: &str) -> Vec<String> {
    let Ok(value) = number.parse::<u64>() else {
        return Vec::new();
    };
    let near = [value.checked_add(1), value.checked_sub(1)];
    let far = [value.checked_mul(2), Some(value / 2), value.checked_mul(10)];
    let width = if number.starts_with('0') {
        number.len()
    } else {
        0
    };
    near.into_iter()
        .chain(far)
        .flatten()
        .filter(|other| *other != value)
        .map(|other| format!("{other:0width$}"))
        .collect()
}

/// Texts that are nearly the same, for names, hosts and paths.
pub(super) fn tweaks(text: &str) -> Vec<String> {
    let mut tweaks = vec![format!("{text}x"), format!("x{text}")];
    let letter = text
        .char_indices()
        .rev()
        .find(|(_, letter)| letter.is_ascii_alphabetic());
    if let Some((index, letter)) = letter {
        let other = match letter {
            'a'..='e' | 'A'..='E' => char::from(letter as u8 + 1),
            _ => char::from(letter as u8 - 1),
        };
        tweaks.push(format!("{}{other}{}", &text[..index], &text[index + 1..]));
    }
    tweaks
}
