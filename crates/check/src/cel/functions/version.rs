//! Semantic versions, and the comparisons that they share with quantities.

use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use super::{Function, Value, argument, quantity, text, unexpected};
use crate::cel::Failure;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::global("semver", 2, |_, arguments| {
        parsed(arguments)?
            .map(|version| Value::Version(Rc::new(version)))
            .ok_or_else(|| Failure::new("the value is no version"))
    })
    .at_least(1),
    Function::global("isSemver", 2, |_, arguments| {
        Ok(Value::Boolean(parsed(arguments)?.is_some()))
    })
    .at_least(1),
    Function::member("major", 1, |_, arguments| part(arguments, 0)),
    Function::member("minor", 1, |_, arguments| part(arguments, 1)),
    Function::member("patch", 1, |_, arguments| part(arguments, 2)),
    Function::member("compareTo", 2, |_, arguments| {
        Ok(Value::Integer(match order(arguments)? {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }))
    }),
    Function::member("isGreaterThan", 2, |_, arguments| {
        Ok(Value::Boolean(order(arguments)?.is_gt()))
    }),
    Function::member("isLessThan", 2, |_, arguments| {
        Ok(Value::Boolean(order(arguments)?.is_lt()))
    }),
];

/// A semantic version; build metadata is not kept, it does not order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version {
    numbers: [u64; 3],
    pre_release: Vec<String>,
}

impl Version {
    fn parse(text: &str) -> Option<Self> {
        let (text, _) = text.split_once('+').unwrap_or((text, ""));
        let (core, pre_release) = text
            .split_once('-')
            .map_or((text, None), |(core, pre)| (core, Some(pre)));
        let mut numbers = [0; 3];
        let mut parts = core.split('.');
        for number in &mut numbers {
            let digits = parts.next()?;
            let plain = digits == "0"
                || (!digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()));
            *number = digits.parse().ok().filter(|_| plain)?;
        }
        let pre_release: Vec<String> = pre_release
            .into_iter()
            .flat_map(|pre| pre.split('.'))
            .map(str::to_owned)
            .collect();
        let is_part = |part: &String| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        (parts.next().is_none() && pre_release.iter().all(is_part)).then_some(Self {
            numbers,
            pre_release,
        })
    }

    /// A leading `v`, missing parts and leading zeros are mended first.
    fn normalized(text: &str) -> Option<Self> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let end = text.find(['-', '+']).unwrap_or(text.len());
        let (core, rest) = text.split_at(end);
        let mut parts: Vec<&str> = core
            .split('.')
            .map(|part| part.trim_start_matches('0'))
            .collect();
        parts.resize(parts.len().max(3), "");
        let parts: Vec<&str> = parts
            .into_iter()
            .map(|part| if part.is_empty() { "0" } else { part })
            .collect();
        Self::parse(&format!("{}{rest}", parts.join(".")))
    }

    fn compare(&self, other: &Self) -> Ordering {
        let release_first = self
            .pre_release
            .is_empty()
            .cmp(&other.pre_release.is_empty());
        let identifiers = || {
            let pairs = self.pre_release.iter().zip(&other.pre_release);
            let different = pairs
                .map(|(left, right)| compare_identifiers(left, right))
                .find(|order| order.is_ne());
            different.unwrap_or(self.pre_release.len().cmp(&other.pre_release.len()))
        };
        self.numbers
            .cmp(&other.numbers)
            .then(release_first)
            .then_with(identifiers)
    }
}

fn compare_identifiers(left: &str, right: &str) -> Ordering {
    match (left.parse::<u64>(), right.parse::<u64>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        _ => left.cmp(right),
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(formatter, "{major}.{minor}.{patch}")?;
        if self.pre_release.is_empty() {
            Ok(())
        } else {
            write!(formatter, "-{}", self.pre_release.join("."))
        }
    }
}

fn parsed(arguments: &[Value<'_>]) -> Result<Option<Version>, Failure> {
    let text = text(arguments, 0)?;
    let normalize = matches!(arguments.get(1), Some(Value::Boolean(true)));
    Ok(if normalize {
        Version::normalized(text)
    } else {
        Version::parse(text)
    })
}

fn part<'v>(arguments: &[Value<'v>], index: usize) -> Result<Value<'v>, Failure> {
    match argument(arguments, 0)? {
        Value::Version(version) => Ok(Value::Integer(
            i64::try_from(version.numbers[index]).unwrap_or(i64::MAX),
        )),
        other => Err(unexpected("version", Some(other))),
    }
}

fn order(arguments: &[Value<'_>]) -> Result<Ordering, Failure> {
    match (argument(arguments, 0)?, argument(arguments, 1)?) {
        (Value::Version(left), Value::Version(right)) => Ok(left.compare(right)),
        _ => Ok(quantity::quantity(arguments, 0)?.cmp(&quantity::quantity(arguments, 1)?)),
    }
}
