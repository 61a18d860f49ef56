//! How the values of `names` are written inside files: that crate has no serde of its own.

use std::fmt::Display;

use serde::Serializer;

/// A value in its own text form.
pub(crate) fn display<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// A value in its own text form, or nothing; with `skip_serializing_if = "Option::is_none"`.
pub(crate) fn display_option<T: Display, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

/// A list of values, each in its own text form.
pub(crate) fn display_list<T: Display, S: Serializer>(values: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(ToString::to_string))
}

/// A flag that is written only where it is set, for `skip_serializing_if`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out a reference")]
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}
