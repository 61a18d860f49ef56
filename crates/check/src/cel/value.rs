//! The values that a CEL rule computes with.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::net::IpAddr;
use std::rc::Rc;

use serde_json::Value as Json;

use super::functions::url::Url;
use super::view::View;
use crate::quantity::Quantity;

/// A value; containers of the judged object stay where they are and are looked into on demand.
#[derive(Clone, Debug)]
pub(crate) enum Value<'v> {
    Null,
    Boolean(bool),
    Integer(i64),
    Unsigned(u64),
    Double(f64),
    Text(Cow<'v, str>),
    Bytes(Rc<[u8]>),
    /// Nanoseconds.
    Duration(i64),
    /// Nanoseconds since 1970, UTC.
    Timestamp(i128),
    Quantity(Quantity),
    Url(Rc<Url>),
    Ip(IpAddr),
    Cidr(IpAddr, u8),
    /// A semantic version: major, minor, patch, pre-release.
    Version(Rc<super::functions::version::Version>),
    /// One of Kubernetes' named formats.
    Format(&'static str),
    Type(&'static str),
    Optional(Option<Rc<Value<'v>>>),
    List(Rc<Vec<Value<'v>>>),
    Map(Rc<Vec<(Value<'v>, Value<'v>)>>),
    /// An object or a list of the judged document.
    View(View<'v>),
}

impl<'v> Value<'v> {
    /// Text without a copy.
    pub(crate) fn text(text: &'v str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// The name of the type as CEL writes it.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null_type",
            Self::Boolean(_) => "bool",
            Self::Integer(_) => "int",
            Self::Unsigned(_) => "uint",
            Self::Double(_) => "double",
            Self::Text(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::Duration(_) => "google.protobuf.Duration",
            Self::Timestamp(_) => "google.protobuf.Timestamp",
            Self::Quantity(_) => "kubernetes.Quantity",
            Self::Url(_) => "kubernetes.URL",
            Self::Ip(_) => "net.IP",
            Self::Cidr(..) => "net.CIDR",
            Self::Version(_) => "kubernetes.Semver",
            Self::Format(_) => "kubernetes.NamedFormat",
            Self::Type(_) => "type",
            Self::Optional(_) => "optional_type",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::View(view) => {
                if view.json.is_array() {
                    "list"
                } else {
                    "map"
                }
            }
        }
    }

    /// The elements, where this is a list.
    pub(crate) fn elements(&self) -> Option<Cow<'_, [Value<'v>]>> {
        match self {
            Self::List(items) => Some(Cow::Borrowed(items)),
            Self::View(view) => view.elements().map(Cow::Owned),
            _ => None,
        }
    }

    /// Keys and values, where this is a map or an object.
    pub(crate) fn entries(&self) -> Option<Cow<'_, [(Value<'v>, Value<'v>)]>> {
        match self {
            Self::Map(entries) => Some(Cow::Borrowed(entries)),
            Self::View(View {
                json: Json::Object(_),
                ..
            }) => match self {
                Self::View(view) => view.entries().map(Cow::Owned),
                _ => None,
            },
            _ => None,
        }
    }

    /// Equality as CEL has it: numbers of different types are equal when their values are, other types never.
    pub(crate) fn equals(&self, other: &Value<'v>) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(left), Self::Boolean(right)) => left == right,
            (Self::Text(left), Self::Text(right)) => left == right,
            (Self::Bytes(left), Self::Bytes(right)) => left == right,
            (Self::Duration(left), Self::Duration(right)) => left == right,
            (Self::Timestamp(left), Self::Timestamp(right)) => left == right,
            (Self::Quantity(left), Self::Quantity(right)) => left == right,
            (Self::Url(left), Self::Url(right)) => left == right,
            (Self::Ip(left), Self::Ip(right)) => left == right,
            (Self::Cidr(left, length), Self::Cidr(right, other_length)) => {
                left == right && length == other_length
            }
            (Self::Version(left), Self::Version(right)) => left == right,
            (Self::Format(left), Self::Format(right)) | (Self::Type(left), Self::Type(right)) => {
                left == right
            }
            (Self::Optional(left), Self::Optional(right)) => match (left, right) {
                (Some(left), Some(right)) => left.equals(right),
                (None, None) => true,
                _ => false,
            },
            _ => match (self.elements(), other.elements()) {
                (Some(left), Some(right)) => {
                    same_elements(&left, &right, self.is_unordered() && other.is_unordered())
                }
                (None, None) => match (self.entries(), other.entries()) {
                    (Some(left), Some(right)) => same_entries(&left, &right),
                    _ => self.compare(other) == Some(Ordering::Equal),
                },
                _ => false,
            },
        }
    }

    /// Whether the order of the elements does not count (list types `set` and `map`).
    fn is_unordered(&self) -> bool {
        matches!(self, Self::View(view) if view.is_unordered())
    }

    /// Order, where the two have one.
    pub(crate) fn compare(&self, other: &Value<'v>) -> Option<Ordering> {
        match (self, other) {
            (Self::Boolean(left), Self::Boolean(right)) => Some(left.cmp(right)),
            (Self::Text(left), Self::Text(right)) => Some(left.cmp(right)),
            (Self::Bytes(left), Self::Bytes(right)) => Some(left.cmp(right)),
            (Self::Duration(left), Self::Duration(right)) => Some(left.cmp(right)),
            (Self::Timestamp(left), Self::Timestamp(right)) => Some(left.cmp(right)),
            _ => match (self.whole(), other.whole()) {
                (Some(left), Some(right)) => Some(left.cmp(&right)),
                _ => self.double()?.partial_cmp(&other.double()?),
            },
        }
    }

    /// The value of an integer of either signedness.
    pub(crate) fn whole(&self) -> Option<i128> {
        match self {
            Self::Integer(value) => Some(i128::from(*value)),
            Self::Unsigned(value) => Some(i128::from(*value)),
            _ => None,
        }
    }

    /// The value of any number.
    #[expect(
        clippy::cast_precision_loss,
        reason = "CEL compares integers with doubles as doubles"
    )]
    pub(crate) fn double(&self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(*value as f64),
            Self::Unsigned(value) => Some(*value as f64),
            Self::Double(value) => Some(*value),
            _ => None,
        }
    }
}

fn same_elements<'v>(left: &[Value<'v>], right: &[Value<'v>], unordered: bool) -> bool {
    left.len() == right.len()
        && if unordered {
            left.iter()
                .all(|item| right.iter().any(|other| item.equals(other)))
        } else {
            left.iter()
                .zip(right)
                .all(|(item, other)| item.equals(other))
        }
}

fn same_entries<'v>(left: &[(Value<'v>, Value<'v>)], right: &[(Value<'v>, Value<'v>)]) -> bool {
    left.len() == right.len()
        && left.iter().all(|(key, value)| {
            right
                .iter()
                .any(|(other_key, other)| key.equals(other_key) && value.equals(other))
        })
}
