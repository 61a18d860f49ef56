//! Nested values out of a generator that makes the same ones on every run.

use serde_json::{Map, Value, json};

use crate::awkward;
use crate::readers::assert_round_trip;

/// The generator splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn text(&mut self, awkward: &[&str]) -> String {
        const CHARACTERS: [char; 40] = [
            'a', 'e', 'n', 'o', 'x', 'Y', 'T', 'Z', '0', '1', '7', '9', ' ', ' ', '\n', '\n', '\t',
            ':', '#', '-', '.', '_', '+', ',', '?', '!', '&', '*', '|', '>', '%', '@', '\'', '"',
            '\\', '{', ']', '\r', 'é', '\u{85}',
        ];
        if self.below(3) == 0 {
            let index = self.below(awkward.len() as u64);
            return awkward[usize::try_from(index).unwrap()].to_owned();
        }
        (0..self.below(12))
            .map(|_| CHARACTERS[usize::try_from(self.below(40)).unwrap()])
            .collect()
    }

    fn value(&mut self, depth: u64, awkward: &[&str]) -> Value {
        match self.below(if depth == 0 { 7 } else { 11 }) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(self.next().cast_signed()),
            3 => json!(f64::from(u32::try_from(self.below(1 << 32)).unwrap()) / 1024.0),
            4..=6 => json!(self.text(awkward)),
            7 | 8 => (0..self.below(5))
                .map(|_| self.value(depth - 1, awkward))
                .collect(),
            _ => {
                let entries = (0..self.below(5))
                    .map(|_| (self.text(awkward), self.value(depth - 1, awkward)));
                Value::Object(entries.collect::<Map<_, _>>())
            }
        }
    }
}

#[test]
fn nested_values_come_back() {
    let awkward: Vec<&str> = awkward::strings().collect();
    let mut random = Random(20_261_121);
    for _ in 0..4000 {
        assert_round_trip(&random.value(5, &awkward));
    }
}
