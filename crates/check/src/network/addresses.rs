//! Sets of IP addresses, as the blocks in policies make them.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::intervals::Intervals;

/// A set of IP addresses of both families.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Addresses(Intervals<u128>);

/// Where the IPv4 addresses stand on the line of all addresses: `::ffff:0:0/96`.
const V4: u128 = 0xffff_0000_0000;

/// Blocks that nobody routes in the internet (IANA's registries of special-purpose addresses).
const PRIVATE: [&str; 13] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/3",
    "::/3",
    "fc00::/7",
    "fe80::/10",
];

impl Addresses {
    /// Every address of both families.
    pub fn all() -> Self {
        Self(Intervals::range(0, u128::MAX))
    }

    /// Every IPv4 address.
    pub fn v4() -> Self {
        Self(Intervals::range(V4, V4 | u128::from(u32::MAX)))
    }

    /// A block, `10.0.0.0/8`, or a single address; nothing for any other text. Bits behind the prefix do not count.
    pub fn block(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let (bits, width, offset) = match address.parse::<IpAddr>().ok()? {
            IpAddr::V4(address) => (u128::from(address.to_bits()), 32, V4),
            IpAddr::V6(address) => (address.to_bits(), 128, 0),
        };
        let host = width - prefix.unwrap_or(width).min(width);
        if prefix.is_some_and(|prefix| prefix > width) {
            return None;
        }
        let ones = 1_u128.checked_shl(host).map_or(u128::MAX, |size| size - 1);
        let all = Self(Intervals::range(
            offset | (bits & !ones),
            offset | bits | ones,
        ));
        // All of IPv6 does not mean the addresses of IPv4 that stand among them.
        Some(if offset == 0 {
            all.difference(&Self::v4())
        } else {
            all
        })
    }

    /// What is routed in the internet.
    pub fn public() -> Self {
        PRIVATE
            .iter()
            .filter_map(|block| Self::block(block))
            .fold(Self::all(), |rest, block| rest.difference(&block))
    }

    /// Whether there is no address in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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

    /// Whether an address of the other one is in it; all or none of them are where the other is one of [`parts`].
    pub(super) fn meets(&self, part: &Self) -> bool {
        let first = part.0.ranges().first();
        first.is_some_and(|(first, _)| self.0.contains(*first))
    }
}

/// Cuts all addresses into as few parts as possible, so that every block has all of a part in it or none of it.
pub(super) fn parts(blocks: &[Addresses]) -> Vec<Addresses> {
    // Each block toggles a number of its own where it begins and ends: equal sums mean the same blocks.
    let mut toggles: BTreeMap<u128, u128> = BTreeMap::from([(0, 0)]);
    for (index, block) in blocks.iter().enumerate() {
        let mark = mark(index as u64);
        for (first, last) in block.0.ranges() {
            *toggles.entry(*first).or_default() ^= mark;
            if let Some(next) = last.checked_add(1) {
                *toggles.entry(next).or_default() ^= mark;
            }
        }
    }
    let mut parts: BTreeMap<u128, (usize, Vec<(u128, u128)>)> = BTreeMap::new();
    let starts: Vec<(u128, u128)> = toggles.into_iter().collect();
    let mut sum = 0;
    for (index, (first, toggle)) in starts.iter().enumerate() {
        sum ^= toggle;
        let last = starts
            .get(index + 1)
            .map_or(u128::MAX, |(next, _)| next.saturating_sub(1));
        let seen = parts.len();
        let part = parts.entry(sum).or_insert((seen, Vec::new()));
        part.1.push((*first, last));
    }
    let mut ordered: Vec<_> = parts.into_values().collect();
    ordered.sort_unstable();
    let set = |ranges: Vec<(u128, u128)>| {
        let all = ranges.into_iter();
        all.fold(Intervals::default(), |set, (first, last)| {
            set.union(&Intervals::range(first, last))
        })
    };
    ordered
        .into_iter()
        .map(|(_, ranges)| Addresses(set(ranges)))
        .collect()
}

/// A number that looks like no sum of others (the mixing of `SplitMix64`, twice).
fn mark(index: u64) -> u128 {
    let mix = |seed: u64| {
        let mut value = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    };
    u128::from(mix(index * 2 + 1)) << 64 | u128::from(mix(index * 2 + 2))
}

fn address(bits: u128) -> IpAddr {
    match u32::try_from(bits.wrapping_sub(V4)) {
        Ok(bits) => IpAddr::V4(Ipv4Addr::from_bits(bits)),
        Err(_) => IpAddr::V6(Ipv6Addr::from_bits(bits)),
    }
}

/// Blocks where they are blocks, else first and last address; each family by itself.
impl fmt::Display for Addresses {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let v4 = self.intersection(&Self::v4());
        let v6 = self.difference(&Self::v4());
        let ranges = v4.0.ranges().iter().chain(v6.0.ranges());
        for (index, (first, last)) in ranges.enumerate() {
            if index > 0 {
                formatter.write_str(", ")?;
            }
            let (from, to) = (address(*first), address(*last));
            let width = if from.is_ipv4() { 32 } else { 128 };
            let host = (last - first)
                .checked_add(1)
                .map_or(128, u128::trailing_zeros);
            let is_block = (last - first).count_ones() == host && first.trailing_zeros() >= host;
            match (first == last, is_block) {
                (true, _) => write!(formatter, "{from}")?,
                (_, true) => write!(formatter, "{from}/{}", width - host)?,
                _ => write!(formatter, "{from}-{to}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Addresses, parts};

    fn block(text: &str) -> Addresses {
        Addresses::block(text).expect("a block")
    }

    #[test]
    fn blocks_are_read_as_the_server_reads_them() {
        assert_eq!(block("10.1.2.3/8").to_string(), "10.0.0.0/8");
        assert_eq!(block("0.0.0.0/0"), Addresses::v4());
        assert_eq!(block("2001:db8::/32").to_string(), "2001:db8::/32");
        assert_eq!(block("10.0.0.1").to_string(), "10.0.0.1");
        let both = block("0.0.0.0/8").union(&block("::/3"));
        assert!(both.to_string().starts_with("0.0.0.0/8, ::-"), "{both}");
        for bad in ["", "10.0.0.0/33", "app", "10.0.0/8", "10.0.0.0/-1"] {
            assert_eq!(Addresses::block(bad), None, "{bad}");
        }
        assert!(block("::/0").intersection(&Addresses::v4()).is_empty());
        let rest = block("0.0.0.0/0").difference(&block("10.0.0.0/8"));
        assert_eq!(
            rest.to_string(),
            "0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255"
        );
    }

    #[test]
    fn parts_are_whole_in_every_block() {
        let blocks = [
            block("10.0.0.0/8"),
            block("10.1.0.0/16"),
            block("192.168.0.0/16"),
        ];
        let shown: Vec<String> = parts(&blocks[..2])
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(shown.len(), 3);
        assert_eq!(shown[1], "10.0.0.0/16, 10.2.0.0-10.255.255.255");
        assert_eq!(shown[2], "10.1.0.0/16");
        let all = parts(&blocks);
        assert_eq!(all.len(), 4);
        let together = all
            .iter()
            .fold(Addresses::default(), |all, part| all.union(part));
        assert_eq!(together, Addresses::all());
        for part in &all {
            for block in &blocks {
                let common = block.intersection(part);
                assert!(common.is_empty() || common == *part);
                assert_eq!(block.meets(part), !common.is_empty());
            }
        }
    }

    #[test]
    fn private_addresses_are_not_public() {
        let public = Addresses::public();
        for (address, so) in [
            ("1.1.1.1", true),
            ("10.0.0.1", false),
            ("2606:4700::1", true),
            ("fd00::1", false),
        ] {
            assert_eq!(public.meets(&block(address)), so, "{address}");
        }
    }
}
