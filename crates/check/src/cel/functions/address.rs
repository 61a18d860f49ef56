//! IP addresses and networks.

use std::net::IpAddr;

use super::{Function, Value, argument, count, owned, text, unexpected};
use crate::cel::Failure;
use crate::cel::evaluate::Outcome;
use crate::format::is_cidr;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::global("ip", 1, |_, arguments| {
        parse(text(arguments, 0)?)
            .map(Value::Ip)
            .ok_or_else(|| Failure::new("the value is no IP address"))
    }),
    Function::global("isIP", 1, |_, arguments| {
        Ok(Value::Boolean(parse(text(arguments, 0)?).is_some()))
    }),
    Function::global("ip.isCanonical", 1, |_, arguments| {
        let written = text(arguments, 0)?;
        let address = parse(written).ok_or_else(|| Failure::new("the value is no IP address"))?;
        Ok(Value::Boolean(address.to_string() == written))
    }),
    Function::member("family", 1, |_, arguments| {
        Ok(Value::Integer(if ip(arguments)?.is_ipv4() { 4 } else { 6 }))
    }),
    Function::member("isUnspecified", 1, |_, arguments| {
        Ok(Value::Boolean(ip(arguments)?.is_unspecified()))
    }),
    Function::member("isLoopback", 1, |_, arguments| {
        Ok(Value::Boolean(ip(arguments)?.is_loopback()))
    }),
    Function::member("isLinkLocalMulticast", 1, |_, arguments| {
        Ok(Value::Boolean(is_link_local_multicast(ip(arguments)?)))
    }),
    Function::member("isLinkLocalUnicast", 1, |_, arguments| {
        Ok(Value::Boolean(is_link_local_unicast(ip(arguments)?)))
    }),
    Function::member("isGlobalUnicast", 1, |_, arguments| {
        Ok(Value::Boolean(is_global_unicast(ip(arguments)?)))
    }),
    Function::global("cidr", 1, |_, arguments| {
        parse_cidr(text(arguments, 0)?)
            .map(|(address, length)| Value::Cidr(address, length))
            .ok_or_else(|| Failure::new("the value is no CIDR"))
    }),
    Function::global("isCIDR", 1, |_, arguments| {
        Ok(Value::Boolean(parse_cidr(text(arguments, 0)?).is_some()))
    }),
    Function::member("containsIP", 2, |_, arguments| contains_ip(arguments)),
    Function::member("containsCIDR", 2, |_, arguments| contains_cidr(arguments)),
    Function::member("ip", 1, |_, arguments| Ok(Value::Ip(cidr(arguments, 0)?.0))),
    Function::member("masked", 1, |_, arguments| {
        let (address, length) = cidr(arguments, 0)?;
        Ok(Value::Cidr(masked(address, length), length))
    }),
    Function::member("prefixLength", 1, |_, arguments| {
        Ok(count(usize::from(cidr(arguments, 0)?.1)))
    }),
    Function::global("ip.toString", 1, |_, arguments| {
        Ok(owned(ip(arguments)?.to_string()))
    }),
];

/// An address; forms that mix both families are refused, as Kubernetes does.
fn parse(text: &str) -> Option<IpAddr> {
    let address: IpAddr = text.parse().ok()?;
    let mapped = matches!(address, IpAddr::V6(six) if six.to_ipv4_mapped().is_some());
    (!mapped).then_some(address)
}

fn parse_cidr(text: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = text.split_once('/').filter(|_| is_cidr(text))?;
    let plain = length == "0" || !length.starts_with('0');
    Some((parse(address)?, length.parse().ok()?)).filter(|_| plain)
}

fn ip(arguments: &[Value<'_>]) -> Result<IpAddr, Failure> {
    match argument(arguments, 0)? {
        Value::Ip(address) => Ok(*address),
        other => Err(unexpected("IP", Some(other))),
    }
}

fn cidr(arguments: &[Value<'_>], position: usize) -> Result<(IpAddr, u8), Failure> {
    match argument(arguments, position)? {
        Value::Cidr(address, length) => Ok((*address, *length)),
        Value::Text(text) => parse_cidr(text).ok_or_else(|| Failure::new("the value is no CIDR")),
        other => Err(unexpected("CIDR", Some(other))),
    }
}

/// The bits of an address, left-aligned in 128.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(four) => u128::from(four.to_bits()) << 96,
        IpAddr::V6(six) => six.to_bits(),
    }
}

fn prefix(address: IpAddr, length: u8) -> u128 {
    bits(address)
        .checked_shr(128 - u32::from(length).min(128))
        .unwrap_or(0)
}

fn masked(address: IpAddr, length: u8) -> IpAddr {
    let kept = prefix(address, length)
        .checked_shl(128 - u32::from(length).min(128))
        .unwrap_or(0);
    match address {
        IpAddr::V4(_) => IpAddr::V4(u32::try_from(kept >> 96).unwrap_or(0).into()),
        IpAddr::V6(_) => IpAddr::V6(kept.into()),
    }
}

fn holds(network: (IpAddr, u8), address: IpAddr) -> bool {
    network.0.is_ipv4() == address.is_ipv4()
        && prefix(network.0, network.1) == prefix(address, network.1)
}

fn contains_ip<'v>(arguments: &[Value<'v>]) -> Outcome<'v> {
    let address = match argument(arguments, 1)? {
        Value::Ip(address) => *address,
        Value::Text(text) => {
            parse(text).ok_or_else(|| Failure::new("the value is no IP address"))?
        }
        other => return Err(unexpected("IP", Some(other))),
    };
    Ok(Value::Boolean(holds(cidr(arguments, 0)?, address)))
}

fn contains_cidr<'v>(arguments: &[Value<'v>]) -> Outcome<'v> {
    let (outer, inner) = (cidr(arguments, 0)?, cidr(arguments, 1)?);
    Ok(Value::Boolean(outer.1 <= inner.1 && holds(outer, inner.0)))
}

fn is_link_local_multicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.octets()[..3] == [224, 0, 0],
        IpAddr::V6(six) => six.segments()[0] & 0xff0f == 0xff02,
    }
}

fn is_link_local_unicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.is_link_local(),
        IpAddr::V6(six) => six.segments()[0] & 0xffc0 == 0xfe80,
    }
}

fn is_global_unicast(address: IpAddr) -> bool {
    let broadcast = matches!(address, IpAddr::V4(four) if four.is_broadcast());
    !broadcast
        && !address.is_unspecified()
        && !address.is_loopback()
        && !address.is_multicast()
        && !is_link_local_unicast(address)
}
