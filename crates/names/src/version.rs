//! Versions of charts and programs.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::error::Invalid;
use crate::rules::{self, split};

const EXPECTED: &str = "one to three numbers joined by dots, with an optional `v`, pre-release and build as in semantic versioning";
const EXAMPLE: &str = "1.4.2";

/// A version such as `1.4.2`, `v1.30.0-rc.1`, `17.2` or `16`. Missing numbers count as zero where
/// versions are compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Version(Cow<'static, str>);

impl Version {
    /// The version of a literal; in a `const` item a bad one is a compile error.
    #[track_caller]
    pub const fn from_static(text: &'static str) -> Self {
        assert!(
            is_version(text.as_bytes()),
            "invalid version: expected one to three numbers joined by dots, with an optional `v`, pre-release and build as in semantic \
             versioning, for example `1.4.2`"
        );
        Self(Cow::Borrowed(text))
    }

    /// The version as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first number.
    pub fn major(&self) -> u32 {
        self.numbers()[0]
    }

    /// The second number, zero where there is none.
    pub fn minor(&self) -> u32 {
        self.numbers()[1]
    }

    /// The third number, zero where there is none.
    pub fn patch(&self) -> u32 {
        self.numbers()[2]
    }

    /// What follows the dash, such as `rc.1`.
    pub fn pre_release(&self) -> Option<&str> {
        self.without_build()
            .split_once('-')
            .map(|(_, pre_release)| pre_release)
    }

    fn without_build(&self) -> &str {
        self.0
            .split_once('+')
            .map_or(&self.0, |(version, _)| version)
    }

    fn numbers(&self) -> [u32; 3] {
        let core = self
            .without_build()
            .split_once('-')
            .map_or(self.without_build(), |(core, _)| core);
        let mut numbers = [0; 3];
        for (number, text) in numbers
            .iter_mut()
            .zip(core.trim_start_matches('v').split('.'))
        {
            *number = rules::number(text.as_bytes(), false).unwrap_or(0);
        }
        numbers
    }
}

const fn is_version(text: &[u8]) -> bool {
    let text = match text.split_first() {
        Some((b'v', rest)) => rest,
        _ => text,
    };
    let (version, build) = split(text, b'+');
    let (core, pre_release) = split(version, b'-');
    is_core(core) && is_optional_list(pre_release, false) && is_optional_list(build, true)
}

/// One to three numbers joined by dots.
const fn is_core(text: &[u8]) -> bool {
    let mut rest = text;
    let mut count = 0;
    loop {
        let (part, after) = split(rest, b'.');
        count += 1;
        if count > 3 || rules::number(part, false).is_none() {
            return false;
        }
        match after {
            Some(after) => rest = after,
            None => return true,
        }
    }
}

/// Nothing, or words joined by dots; numbers may start with zeros in builds only.
const fn is_optional_list(text: Option<&[u8]>, padded: bool) -> bool {
    let Some(mut rest) = text else { return true };
    loop {
        let (part, after) = split(rest, b'.');
        if !is_word(part, padded) {
            return false;
        }
        match after {
            Some(after) => rest = after,
            None => return true,
        }
    }
}

const fn is_word(text: &[u8], padded: bool) -> bool {
    let mut digits = true;
    let mut index = 0;
    while index < text.len() {
        if !text[index].is_ascii_alphanumeric() && text[index] != b'-' {
            return false;
        }
        digits = digits && text[index].is_ascii_digit();
        index += 1;
    }
    !text.is_empty() && (padded || !digits || text.len() == 1 || text[0] != b'0')
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Version {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if is_version(text.as_bytes()) {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(Invalid::new("version", text, EXPECTED, EXAMPLE))
        }
    }
}

impl Ord for Version {
    /// By precedence as semantic versioning has it; versions of the same precedence by their text.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_numbers = self.numbers().cmp(&other.numbers());
        let by_pre_release = || match (self.pre_release(), other.pre_release()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(left), Some(right)) => left
                .split('.')
                .map(Identifier::of)
                .cmp(right.split('.').map(Identifier::of)),
        };
        by_numbers
            .then_with(by_pre_release)
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// One part of a pre-release: numbers come before words, and are compared as numbers.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identifier<'a> {
    /// Its digits, ordered by how many there are first.
    Number(usize, &'a str),
    Word(&'a str),
}

impl<'a> Identifier<'a> {
    fn of(text: &'a str) -> Self {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::Number(text.len(), text)
        } else {
            Self::Word(text)
        }
    }
}

impl AsRef<str> for Version {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.0.into_owned()
    }
}

impl From<&Version> for String {
    fn from(version: &Version) -> Self {
        version.0.clone().into_owned()
    }
}
