//! The named formats that the API server enforces on strings.

pub(crate) mod byte;
pub(crate) mod duration;
pub(crate) mod time;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::cel::functions::url::Url;

/// Whether a string has this format; formats that the server does not know allow everything.
pub(crate) fn is_valid(format: &str, text: &str) -> bool {
    match format {
        "date-time" | "datetime" => time::is_rfc3339(text),
        "date" => time::is_date(text),
        "duration" => duration::lenient(text).is_some(),
        "byte" => byte::decode(text).is_some(),
        "ipv4" => text.contains('.') && text.parse::<IpAddr>().is_ok(),
        "ipv6" => text.contains(':') && text.parse::<Ipv6Addr>().is_ok(),
        "cidr" => is_cidr(text),
        "uri" => Url::parse(text).is_some(),
        "email" => is_email(text),
        "hostname" => is_hostname(text),
        "uuid" | "uuid3" | "uuid4" | "uuid5" => is_uuid(format, text),
        "mac" => is_mac(text),
        "hexcolor" => is_hex_color(text),
        "bsonobjectid" => text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        _ => true,
    }
}

/// What people call the format.
pub(crate) fn title(format: &str) -> &str {
    match format {
        "byte" => "base64 text",
        "date-time" | "datetime" => "point in time (RFC 3339)",
        "cidr" => "network (CIDR)",
        "ipv4" => "IPv4 address",
        "ipv6" => "IPv6 address",
        "uri" => "URI",
        "mac" => "MAC address",
        other => other,
    }
}

/// What a valid value looks like, for messages.
pub(crate) fn example(format: &str) -> &'static str {
    match format {
        "date-time" | "datetime" => "2026-01-31T08:00:00Z",
        "date" => "2026-01-31",
        "duration" => "1h30m",
        "byte" => "aGVsbG8=",
        "ipv4" => "10.0.0.1",
        "ipv6" => "2001:db8::1",
        "cidr" => "10.0.0.0/16",
        "uri" => "https://example.com/path",
        "email" => "someone@example.com",
        "hostname" => "www.example.com",
        "mac" => "00:00:5e:00:53:01",
        "quantity" => "250m",
        "hexcolor" => "#1f77b4",
        _ => "123e4567-e89b-42d3-a456-426614174000",
    }
}

/// An address and a prefix length; bits behind the prefix may be set.
pub(crate) fn is_cidr(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else {
        return false;
    };
    let plain =
        !length.is_empty() && length.len() <= 3 && length.bytes().all(|byte| byte.is_ascii_digit());
    let widest = match (address.parse::<Ipv4Addr>(), address.parse::<Ipv6Addr>()) {
        (Ok(_), _) => 32,
        (_, Ok(_)) => 128,
        _ => return false,
    };
    plain && length.parse::<u16>().is_ok_and(|length| length <= widest)
}

fn is_email(text: &str) -> bool {
    let address = match text.strip_suffix('>') {
        Some(named) => named.rsplit_once('<').map_or("", |(_, address)| address),
        None => text,
    };
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom.chars().all(|character| {
                character.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character)
            })
    };
    local.split('.').all(is_atom) && domain.split('.').all(is_atom)
}

fn is_hostname(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|character| character.is_alphanumeric() || character == '-')
    };
    let top_is_letters = labels.len() == 1
        || labels
            .last()
            .is_some_and(|top| top.chars().count() >= 2 && top.chars().all(char::is_alphabetic));
    text.len() <= 255 && labels.iter().all(is_label) && top_is_letters
}

fn is_uuid(format: &str, text: &str) -> bool {
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'-').collect();
    let dashes_in_place = text
        .bytes()
        .enumerate()
        .all(|(index, byte)| byte != b'-' || text.len() != 36 || matches!(index, 8 | 13 | 18 | 23));
    let version = match format {
        "uuid3" => digits.get(12) == Some(&b'3'),
        "uuid4" => digits.get(12) == Some(&b'4'),
        "uuid5" => digits.get(12) == Some(&b'5'),
        _ => true,
    };
    digits.len() == 32
        && text.len() <= 36
        && dashes_in_place
        && version
        && digits.iter().all(u8::is_ascii_hexdigit)
}

fn is_mac(text: &str) -> bool {
    let separator = if text.contains('-') { '-' } else { ':' };
    let groups: Vec<&str> = text.split(separator).collect();
    let is_group =
        |group: &&str| group.len() == 2 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
    matches!(groups.len(), 6 | 8 | 20) && groups.iter().all(is_group)
}

fn is_hex_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or(text);
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::{example, is_valid};

    #[test]
    fn the_example_of_each_format_is_valid() {
        for format in [
            "date-time",
            "date",
            "duration",
            "byte",
            "ipv4",
            "ipv6",
            "cidr",
            "uri",
            "email",
            "hostname",
            "mac",
            "hexcolor",
            "uuid",
        ] {
            assert!(is_valid(format, example(format)), "{format}");
        }
    }

    #[test]
    fn what_does_not_have_the_format_is_refused() {
        for (format, text) in [
            ("ipv4", "10.0.0.256"),
            ("ipv6", "10.0.0.1"),
            ("cidr", "10.0.0.0/33"),
            ("cidr", "10.0.0.0"),
            ("uri", "example"),
            ("email", "someone"),
            ("hostname", "-x.example"),
            ("uuid", "123"),
            ("mac", "00:00"),
            ("hexcolor", "#12"),
        ] {
            assert!(!is_valid(format, text), "{format} {text}");
        }
        assert!(is_valid("unheard-of", "anything"));
    }
}
