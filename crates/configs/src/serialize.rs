//! How the values of `names` are written inside files: that crate has no serde of its own.

use std::fmt::Display;

use names::{Bytes, Duration};
use serde::Serializer;

/// A value in its own text form.
pub(crate) fn display<T: Display, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// A list of values, each in its own text form.
pub(crate) fn display_list<T: Display, S: Serializer>(
    values: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(ToString::to_string))
}

/// A length of time as Prometheus reads it.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
pub(crate) fn prometheus_duration<S: Serializer>(
    duration: &Duration,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&duration.prometheus())
}

/// A length of time as Prometheus reads it, or nothing; with `skip_serializing_if =
/// "Option::is_none"`.
#[expect(clippy::ref_option, reason = "serde hands out a reference")]
pub(crate) fn prometheus_duration_option<S: Serializer>(
    duration: &Option<Duration>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match duration {
        Some(duration) => serializer.serialize_str(&duration.prometheus()),
        None => serializer.serialize_none(),
    }
}

/// An amount of storage as Prometheus reads it: its `GB` is 1024³ bytes.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
pub(crate) fn prometheus_size<S: Serializer>(
    size: &Bytes,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    const UNITS: [(&str, u64); 4] = [
        ("TB", 1 << 40),
        ("GB", 1 << 30),
        ("MB", 1 << 20),
        ("KB", 1 << 10),
    ];
    match UNITS
        .iter()
        .find(|(_, unit)| size.get().is_multiple_of(*unit))
    {
        Some((suffix, unit)) => {
            serializer.collect_str(&format_args!("{}{suffix}", size.get() / unit))
        }
        None => serializer.collect_str(&format_args!("{}B", size.get())),
    }
}

/// A flag that is written only where it is set, for `skip_serializing_if`.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

/// No time at all, for `skip_serializing_if`.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
pub(crate) fn is_zero(duration: &Duration) -> bool {
    duration.is_zero()
}
