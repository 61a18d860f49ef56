//! Port numbers and transport protocols.

use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

use crate::error::Invalid;

const KIND: &str = "port";
const EXPECTED: &str = "a whole number from 1 to 65535";
const EXAMPLE: &str = "8080";

/// A port number, 1 to 65535.
///
/// ```text
/// port!(8080)
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port(NonZeroU16);

impl Port {
    /// The port with this number; none for zero.
    pub const fn new(number: u16) -> Option<Self> {
        match NonZeroU16::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// The port of a literal; in a `const` item zero is a compile error.
    #[track_caller]
    pub const fn from_static(number: u16) -> Self {
        assert!(
            number != 0,
            "invalid port: expected a whole number from 1 to 65535, for example `8080`"
        );
        // One and the rest: without a branch that could fail.
        Self(NonZeroU16::MIN.saturating_add(number - 1))
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0.get()
    }

    /// Whether a process without privileges may listen on it (1024 and up).
    pub const fn is_unprivileged(self) -> bool {
        self.get() >= 1024
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Port {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = crate::rules::number(text.as_bytes(), false)
            .and_then(|number| u16::try_from(number).ok());
        number
            .and_then(Self::new)
            .ok_or_else(|| Invalid::new(KIND, text, EXPECTED, EXAMPLE))
    }
}

impl TryFrom<i64> for Port {
    type Error = Invalid;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        let port = u16::try_from(number).ok().and_then(Self::new);
        port.ok_or_else(|| Invalid::new(KIND, number.to_string(), EXPECTED, EXAMPLE))
    }
}

impl From<NonZeroU16> for Port {
    fn from(number: NonZeroU16) -> Self {
        Self(number)
    }
}

impl From<Port> for u16 {
    fn from(port: Port) -> Self {
        port.get()
    }
}

impl From<Port> for i32 {
    fn from(port: Port) -> Self {
        Self::from(port.get())
    }
}

impl From<Port> for i64 {
    fn from(port: Port) -> Self {
        Self::from(port.get())
    }
}

/// A transport protocol as Kubernetes names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// `TCP`, which Kubernetes assumes where none is given.
    #[default]
    Tcp,
    /// `UDP`.
    Udp,
    /// `SCTP`.
    Sctp,
}

impl Protocol {
    /// The name in manifests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
            Self::Sctp => "SCTP",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Protocol {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all = [Self::Tcp, Self::Udp, Self::Sctp];
        all.into_iter()
            .find(|protocol| protocol.as_str() == text)
            .ok_or_else(|| Invalid::new("protocol", text, "one of `TCP`, `UDP` and `SCTP`", "TCP"))
    }
}

impl From<Protocol> for String {
    fn from(protocol: Protocol) -> Self {
        protocol.as_str().to_owned()
    }
}
