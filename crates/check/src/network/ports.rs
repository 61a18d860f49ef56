//! Ports of the transport protocols, and sets of them.

use std::fmt;

use names::Protocol;

use super::intervals::Intervals;

/// A port of a transport protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port {
    /// The protocol.
    pub protocol: Protocol,
    /// The number.
    pub number: u16,
}

impl Port {
    /// A TCP port.
    pub const fn tcp(number: u16) -> Self {
        Self {
            protocol: Protocol::Tcp,
            number,
        }
    }

    /// A UDP port.
    pub const fn udp(number: u16) -> Self {
        Self {
            protocol: Protocol::Udp,
            number,
        }
    }

    /// The place of the port on the line of all ports of all protocols.
    fn place(self) -> u32 {
        base(self.protocol) | u32::from(self.number)
    }
}

impl fmt::Display for Port {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.protocol, self.number)
    }
}

/// The protocols that policies know.
pub(super) const PROTOCOLS: [Protocol; 3] = [Protocol::Tcp, Protocol::Udp, Protocol::Sctp];

const fn base(protocol: Protocol) -> u32 {
    match protocol {
        Protocol::Tcp => 0,
        Protocol::Udp => 1 << 16,
        Protocol::Sctp => 2 << 16,
    }
}

/// A set of ports.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ports(Intervals<u32>);

impl Ports {
    /// No port.
    pub fn none() -> Self {
        Self::default()
    }

    /// Every port of every protocol.
    pub fn all() -> Self {
        PROTOCOLS.into_iter().fold(Self::none(), |all, protocol| {
            all.union(&Self::every(protocol))
        })
    }

    /// Every port of a protocol.
    pub fn every(protocol: Protocol) -> Self {
        Self::range(protocol, 1, u16::MAX)
    }

    /// One port.
    pub fn one(port: Port) -> Self {
        Self::range(port.protocol, port.number, port.number)
    }

    /// The ports from `first` to `last`; none where these stand the wrong way round.
    pub fn range(protocol: Protocol, first: u16, last: u16) -> Self {
        let place = |number| Port { protocol, number }.place();
        Self(Intervals::range(place(first), place(last)))
    }

    /// Whether there is no port in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every port of every protocol is in it.
    pub fn is_all(&self) -> bool {
        *self == Self::all()
    }

    /// Whether a port is in it.
    pub fn contains(&self, port: Port) -> bool {
        self.0.contains(port.place())
    }

    /// What is in either.
    pub fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0))
    }

    /// What is in both.
    pub fn intersection(&self, other: &Self) -> Self {
        Self(self.0.intersection(&other.0))
    }

    /// What is in this one and not in the other.
    pub fn difference(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0))
    }

    /// The ranges of ports, in order: protocol, first and last port.
    pub fn ranges(&self) -> impl Iterator<Item = (Protocol, u16, u16)> {
        let number = |place: u32| u16::try_from(place & 0xffff).unwrap_or_default();
        self.0.ranges().iter().filter_map(move |(first, last)| {
            let protocol = PROTOCOLS
                .into_iter()
                .find(|protocol| base(*protocol) == *first & !0xffff)?;
            Some((protocol, number(*first), number(*last)))
        })
    }
}

/// `TCP 80, 8080-8090; UDP 53`, `every port` or `no port`.
impl fmt::Display for Ports {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return formatter.write_str("no port");
        }
        if self.is_all() {
            return formatter.write_str("every port");
        }
        let mut before = None;
        for (protocol, first, last) in self.ranges() {
            match before.replace(protocol) {
                Some(same) if same == protocol => formatter.write_str(", ")?,
                Some(_) => write!(formatter, "; {protocol} ")?,
                None => write!(formatter, "{protocol} ")?,
            }
            match (first, last) {
                (1, u16::MAX) => formatter.write_str("every port")?,
                _ if first == last => write!(formatter, "{first}")?,
                _ => write!(formatter, "{first}-{last}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use names::Protocol;

    use super::{Port, Ports};

    #[test]
    fn ports_are_shown_by_protocol() {
        let web = Ports::one(Port::tcp(80)).union(&Ports::range(Protocol::Tcp, 8080, 8090));
        let both = web.union(&Ports::one(Port::udp(53)));
        assert_eq!(both.to_string(), "TCP 80, 8080-8090; UDP 53");
        assert_eq!(Ports::all().to_string(), "every port");
        assert_eq!(Ports::every(Protocol::Udp).to_string(), "UDP every port");
        assert_eq!(Ports::none().to_string(), "no port");
    }

    #[test]
    fn protocols_stay_apart() {
        let web = Ports::every(Protocol::Tcp);
        assert!(web.contains(Port::tcp(65535)) && !web.contains(Port::udp(1)));
        let rest = Ports::all().difference(&web);
        assert_eq!(rest.to_string(), "UDP every port; SCTP every port");
        assert!(rest.union(&web).is_all());
        assert!(rest.intersection(&web).is_empty());
    }
}
