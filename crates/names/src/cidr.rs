//! Ranges of IP addresses.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::error::Invalid;
use crate::rules;

/// A range of IP addresses, such as `10.0.0.0/16` or `2001:db8::/32`. The address is the first of
/// the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cidr {
    network: IpAddr,
    prefix: u8,
}

impl Cidr {
    /// All IPv4 addresses.
    pub const ANY_V4: Self = Self::v4([0; 4], 0);
    /// All IPv6 addresses.
    pub const ANY_V6: Self = Self {
        network: IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        prefix: 0,
    };

    /// A range of IPv4 addresses: `const PODS: Cidr = Cidr::v4([10, 0, 0, 0], 8);`; in a `const`
    /// item a bad one is a compile error.
    #[track_caller]
    pub const fn v4(network: [u8; 4], prefix: u8) -> Self {
        assert!(
            prefix <= 32,
            "invalid CIDR: expected a prefix of at most 32 bits, for example `10.0.0.0/16`"
        );
        let host_bits = u32::from_be_bytes(network) as u64 & ((1 << (32 - prefix)) - 1);
        assert!(
            host_bits == 0,
            "invalid CIDR: expected the first address of the range, for example `10.0.0.0/16`"
        );
        Self {
            network: IpAddr::V4(Ipv4Addr::from_octets(network)),
            prefix,
        }
    }

    /// The range that holds this address alone.
    pub const fn host(address: IpAddr) -> Self {
        Self {
            network: address,
            prefix: if address.is_ipv4() { 32 } else { 128 },
        }
    }

    /// The first address.
    pub const fn network(&self) -> IpAddr {
        self.network
    }

    /// The number of leading bits that all addresses share.
    pub const fn prefix(&self) -> u8 {
        self.prefix
    }

    /// Whether it is a range of IPv4 addresses.
    pub const fn is_v4(&self) -> bool {
        self.network.is_ipv4()
    }

    /// How many addresses the range has; one less than the truth for all of IPv6, which does not
    /// fit.
    pub const fn address_count(&self) -> u128 {
        match 1_u128.checked_shl((self.width() - self.prefix) as u32) {
            Some(count) => count,
            None => u128::MAX,
        }
    }

    /// The address `index` places after the first one, if the range has it.
    pub fn address(&self, index: u128) -> Option<IpAddr> {
        if index >= self.address_count() {
            return None;
        }
        match self.network {
            IpAddr::V4(first) => Some(IpAddr::V4(Ipv4Addr::from_bits(
                first.to_bits().checked_add(u32::try_from(index).ok()?)?,
            ))),
            IpAddr::V6(first) => Some(IpAddr::V6(Ipv6Addr::from_bits(
                first.to_bits().checked_add(index)?,
            ))),
        }
    }

    /// Whether every address of `other` is in this range.
    pub fn contains(&self, other: &Self) -> bool {
        self.is_v4() == other.is_v4()
            && self.prefix <= other.prefix
            && self.masked(other.network) == bits(self.network)
    }

    /// Whether the address is in this range.
    pub fn contains_address(&self, address: IpAddr) -> bool {
        self.contains(&Self::host(address))
    }

    /// Whether an address is in both ranges.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// Bits of an address of this family.
    const fn width(&self) -> u8 {
        if self.is_v4() { 32 } else { 128 }
    }

    /// The bits of `address` with those after the prefix cleared.
    fn masked(&self, address: IpAddr) -> u128 {
        let host = u32::from(self.width() - self.prefix);
        bits(address)
            .checked_shr(host)
            .and_then(|kept| kept.checked_shl(host))
            .unwrap_or(0)
    }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.prefix)
    }
}

impl FromStr for Cidr {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = |expected| Invalid::new("CIDR", text, expected, "10.0.0.0/16");
        let form = "an IPv4 or IPv6 address, a slash and the number of prefix bits";
        let (address, prefix) = text.split_once('/').ok_or_else(|| invalid(form))?;
        let network = address.parse::<IpAddr>().map_err(|_| invalid(form))?;
        if matches!(network, IpAddr::V6(address) if address.to_ipv4_mapped().is_some()) {
            return Err(invalid("an IPv4 address in its own notation"));
        }
        let prefix = rules::number(prefix.as_bytes(), false)
            .and_then(|prefix| u8::try_from(prefix).ok())
            .ok_or_else(|| invalid(form))?;
        let range = Self { network, prefix };
        if prefix > range.width() {
            return Err(invalid("at most 32 prefix bits for IPv4 and 128 for IPv6"));
        }
        if range.masked(network) != bits(network) {
            return Err(invalid(
                "the first address of the range, with every bit after the prefix zero",
            ));
        }
        Ok(range)
    }
}

impl From<Cidr> for String {
    fn from(range: Cidr) -> Self {
        range.to_string()
    }
}
