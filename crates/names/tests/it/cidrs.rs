use crate::table::{Numbers, refused};
use names::Cidr;
use std::net::{IpAddr, Ipv4Addr};

fn cidr(text: &str) -> Cidr {
    text.parse().unwrap()
}

#[test]
fn ranges_start_at_their_first_address() {
    for text in [
        "10.0.0.0/16",
        "0.0.0.0/0",
        "10.1.2.3/32",
        "192.168.1.128/25",
        "2001:db8::/32",
        "::/0",
        "fd00::1/128",
        "fd00:10:244::/56",
    ] {
        assert_eq!(cidr(text).to_string(), text);
    }
    assert_eq!(cidr("2001:0DB8:0:0::/32").to_string(), "2001:db8::/32");
    refused::<Cidr>(&[
        "",
        "/",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.1/16",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.0/-1",
        "10.0.0/8",
        "010.0.0.0/8",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        " 10.0.0.0/8",
        "2001:db8::1/32",
        "2001:db8::/129",
        "::ffff:10.0.0.0/104",
        "fe80::%eth0/64",
        "a/8",
        "256.0.0.0/8",
        "10.0.0.0/999",
    ]);
}

#[test]
fn a_range_knows_what_it_holds() {
    let network = cidr("10.0.0.0/16");
    assert!(network.contains(&cidr("10.0.255.0/24")) && network.contains(&network));
    assert!(!network.contains(&cidr("10.0.0.0/15")) && !network.contains(&cidr("10.1.0.0/24")));
    assert!(
        !network.contains(&cidr("::/0"))
            && !Cidr::ANY_V6.contains(&network)
            && Cidr::ANY_V4.contains(&network)
    );
    assert!(network.overlaps(&cidr("10.0.0.0/8")) && cidr("10.0.0.0/8").overlaps(&network));
    assert!(!network.overlaps(&cidr("10.1.0.0/16")) && !network.overlaps(&Cidr::ANY_V6));
    assert!(
        network.contains_address(IpAddr::from([10, 0, 1, 2]))
            && !network.contains_address(IpAddr::from([10, 1, 0, 0]))
    );
    assert!(
        Cidr::ANY_V6.contains(&cidr("2001:db8::/32"))
            && !cidr("2001:db8::/32").contains(&Cidr::ANY_V6)
    );
    assert_eq!(
        (network.prefix(), network.is_v4(), network.network()),
        (16, true, IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)))
    );
    assert_eq!(const { Cidr::v4([10, 0, 0, 0], 16) }, network);
}

#[test]
fn addresses_of_a_range_are_counted() {
    assert_eq!(cidr("10.0.0.0/16").address_count(), 65536);
    assert_eq!(cidr("10.0.0.1/32").address_count(), 1);
    assert_eq!(Cidr::ANY_V4.address_count(), 1 << 32);
    assert_eq!(cidr("fd00::/64").address_count(), 1 << 64);
    assert_eq!(Cidr::ANY_V6.address_count(), u128::MAX);
    assert_eq!(
        cidr("172.20.0.0/16").address(10),
        Some(IpAddr::from([172, 20, 0, 10]))
    );
    assert_eq!(
        cidr("255.255.255.0/24").address(255),
        Some(IpAddr::from([255, 255, 255, 255]))
    );
    assert_eq!(cidr("10.0.0.0/30").address(4), None);
    assert_eq!(cidr("fd00::/64").address(1 << 64), None);
    assert_eq!(
        cidr("fd00::/64")
            .address(10)
            .map(|address| address.to_string()),
        Some("fd00::a".to_owned())
    );
}

#[test]
fn a_range_contains_another_exactly_when_it_contains_its_ends() {
    let mut numbers = Numbers(4);
    let mut range = || {
        let prefix = u8::try_from(20 + numbers.below(13)).unwrap();
        let bits = u32::try_from(numbers.below(1 << 14)).unwrap() | 10 << 24;
        let first = bits >> (32 - prefix) << (32 - prefix);
        cidr(&format!("{}/{prefix}", Ipv4Addr::from_bits(first)))
    };
    let mut contained = 0;
    for _ in 0..5000 {
        let (left, right) = (range(), range());
        let last = right.address(right.address_count() - 1).unwrap();
        let ends = left.contains_address(right.network()) && left.contains_address(last);
        assert_eq!(left.contains(&right), ends, "{left} and {right}");
        assert_eq!(
            left.overlaps(&right),
            right.overlaps(&left),
            "{left} and {right}"
        );
        contained += u32::from(ends);
    }
    assert!(
        contained > 100,
        "the generator must make cases of both kinds, not {contained}"
    );
}
