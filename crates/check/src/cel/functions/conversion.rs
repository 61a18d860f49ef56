//! `size`, `type` and the conversions between types.

use super::{Function, Value, argument, count, owned, unexpected};
use crate::cel::Failure;
use crate::cel::evaluate::Outcome;
use crate::format::{duration, time};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::either("size", 1, |_, arguments| size(argument(arguments, 0)?)),
    Function::global("type", 1, |_, arguments| {
        Ok(Value::Type(argument(arguments, 0)?.type_name()))
    }),
    Function::global("dyn", 1, |_, arguments| Ok(argument(arguments, 0)?.clone())),
    Function::global("int", 1, |_, arguments| int(argument(arguments, 0)?)),
    Function::global("uint", 1, |_, arguments| uint(argument(arguments, 0)?)),
    Function::global("double", 1, |_, arguments| double(argument(arguments, 0)?)),
    Function::global("bool", 1, |_, arguments| bool(argument(arguments, 0)?)),
    Function::global("string", 1, |_, arguments| string(argument(arguments, 0)?)),
    Function::global("bytes", 1, |_, arguments| bytes(argument(arguments, 0)?)),
];

fn size<'v>(value: &Value<'v>) -> Outcome<'v> {
    match value {
        Value::Text(text) => Ok(count(text.chars().count())),
        Value::Bytes(bytes) => Ok(count(bytes.len())),
        Value::View(view) => Ok(count(view.len())),
        Value::List(items) => Ok(count(items.len())),
        Value::Map(entries) => Ok(count(entries.len())),
        other => Err(unexpected("string, list or map", Some(other))),
    }
}

fn failed(wanted: &str) -> Failure {
    Failure::new(format!("type conversion error: the value is no {wanted}"))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the range is tested before"
)]
fn int<'v>(value: &Value<'v>) -> Outcome<'v> {
    let converted = match value {
        Value::Integer(value) => Some(*value),
        Value::Unsigned(value) => i64::try_from(*value).ok(),
        Value::Double(value) => (value.abs() < 9.223_372e18).then_some(*value as i64),
        Value::Text(text) => text.parse().ok(),
        Value::Timestamp(nanos) => i64::try_from(nanos.div_euclid(1_000_000_000)).ok(),
        Value::Duration(nanos) => Some(*nanos),
        _ => None,
    };
    converted.map(Value::Integer).ok_or_else(|| failed("int"))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is tested before"
)]
fn uint<'v>(value: &Value<'v>) -> Outcome<'v> {
    let converted = match value {
        Value::Integer(value) => u64::try_from(*value).ok(),
        Value::Unsigned(value) => Some(*value),
        Value::Double(value) => (0.0..1.8e19).contains(value).then_some(*value as u64),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    };
    converted.map(Value::Unsigned).ok_or_else(|| failed("uint"))
}

fn double<'v>(value: &Value<'v>) -> Outcome<'v> {
    let converted = match value {
        Value::Text(text) => text.parse().ok(),
        other => other.double(),
    };
    converted.map(Value::Double).ok_or_else(|| failed("double"))
}

fn bool<'v>(value: &Value<'v>) -> Outcome<'v> {
    match value {
        Value::Boolean(value) => Ok(Value::Boolean(*value)),
        Value::Text(text) => match text.as_ref() {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(Value::Boolean(true)),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(Value::Boolean(false)),
            _ => Err(failed("bool")),
        },
        _ => Err(failed("bool")),
    }
}

fn string<'v>(value: &Value<'v>) -> Outcome<'v> {
    let text = match value {
        Value::Text(_) => return Ok(value.clone()),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Unsigned(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::Bytes(bytes) => std::str::from_utf8(bytes)
            .map_err(|_| failed("string"))?
            .to_owned(),
        Value::Duration(nanos) => seconds(*nanos),
        Value::Timestamp(nanos) => timestamp(*nanos).ok_or_else(|| failed("string"))?,
        Value::Url(url) => url.text().to_owned(),
        Value::Ip(address) => address.to_string(),
        Value::Cidr(address, length) => format!("{address}/{length}"),
        Value::Version(version) => version.to_string(),
        _ => return Err(failed("string")),
    };
    Ok(owned(text))
}

/// CEL writes a duration in seconds.
fn seconds(nanos: i64) -> String {
    let (whole, rest) = (
        nanos / 1_000_000_000,
        (nanos % 1_000_000_000).unsigned_abs(),
    );
    let sign = if nanos < 0 && whole == 0 { "-" } else { "" };
    let fraction = format!("{rest:09}");
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        format!("{sign}{whole}s")
    } else {
        format!("{sign}{whole}.{fraction}s")
    }
}

fn timestamp(nanos: i128) -> Option<String> {
    let parts = time::civil(nanos, 0)?;
    let fraction = format!("{:09}", parts.nano);
    let fraction = match fraction.trim_end_matches('0') {
        "" => String::new(),
        digits => format!(".{digits}"),
    };
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{fraction}Z",
        parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second
    ))
}

fn bytes<'v>(value: &Value<'v>) -> Outcome<'v> {
    match value {
        Value::Bytes(_) => Ok(value.clone()),
        Value::Text(text) => Ok(Value::Bytes(text.as_bytes().into())),
        _ => Err(failed("bytes")),
    }
}

/// `duration(text)`
pub(super) fn to_duration<'v>(value: &Value<'v>) -> Outcome<'v> {
    match value {
        Value::Duration(_) => Ok(value.clone()),
        Value::Text(text) => duration::parse(text)
            .map(Value::Duration)
            .ok_or_else(|| failed("duration")),
        _ => Err(failed("duration")),
    }
}

/// `timestamp(text)`
pub(super) fn to_timestamp<'v>(value: &Value<'v>) -> Outcome<'v> {
    match value {
        Value::Timestamp(_) => Ok(value.clone()),
        Value::Text(text) if time::is_rfc3339(text) => time::parse(text)
            .map(Value::Timestamp)
            .ok_or_else(|| failed("timestamp")),
        Value::Integer(seconds) => Ok(Value::Timestamp(i128::from(*seconds) * 1_000_000_000)),
        _ => Err(failed("timestamp")),
    }
}
