//! Tables of texts that a type accepts and refuses, and a generator for properties.

use names::{Invalid, Name};
use std::fmt::Debug;
use std::str::FromStr;

/// Every text is a value of `T` and is kept as it is; the error cases name the type.
pub(crate) fn texts<T: Name>(accepted: &[&str], refused: &[&str]) {
    for text in accepted {
        match text.parse::<T>() {
            Ok(value) => assert_eq!(value.as_ref(), *text),
            Err(error) => panic!("{error}"),
        }
        assert!(
            text.len() <= T::MAXIMUM_LENGTH,
            "{} `{text}` is too long",
            T::KIND
        );
    }
    for text in refused {
        let error = text
            .parse::<T>()
            .expect_err(&format!("{} `{text}` was accepted", T::KIND));
        assert_eq!(error.kind, T::KIND);
        assert_eq!(error.given, *text);
        assert!(!T::accepts(text));
    }
    assert!(T::accepts(T::EXAMPLE));
}

/// Each text is read as the value beside it.
pub(crate) fn values<T: FromStr<Err = Invalid> + Debug + PartialEq>(accepted: &[(&str, T)]) {
    for (text, value) in accepted {
        assert_eq!(text.parse::<T>().as_ref(), Ok(value), "reading `{text}`");
    }
}

/// None of the texts can be read, and the example of every error can.
pub(crate) fn refused<T: FromStr<Err = Invalid> + Debug + PartialEq>(texts: &[&str]) {
    for text in texts {
        let error = text
            .parse::<T>()
            .expect_err(&format!("`{text}` was accepted"));
        assert_eq!(error.given, *text);
        assert!(
            error.example.parse::<T>().is_ok(),
            "the example of: {error}"
        );
    }
}

/// A small generator (`SplitMix64`) that gives the same numbers in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Up to `longest` characters out of `alphabet`.
    pub(crate) fn text(&mut self, alphabet: &str, longest: u64) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        let length = self.below(longest + 1);
        let mut text = String::new();
        for _ in 0..length {
            let index = self.below(alphabet.len() as u64);
            text.push(alphabet[usize::try_from(index).expect("an index")]);
        }
        text
    }
}
