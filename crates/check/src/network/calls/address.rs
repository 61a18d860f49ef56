//! The addresses of Services in the text of a setting: `http://name.namespace:8080/path`, `name.namespace.svc:8080`.

/// An address inside of the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address<'t> {
    /// The name of the Service.
    pub(super) name: &'t str,
    /// Its namespace; that of the caller where none is given.
    pub(super) namespace: Option<&'t str>,
    pub(super) port: u16,
}

/// Schemes and the ports that they mean.
const SCHEMES: [(&str, u16); 14] = [
    ("http", 80),
    ("https", 443),
    ("ws", 80),
    ("wss", 443),
    ("postgres", 5432),
    ("postgresql", 5432),
    ("mysql", 3306),
    ("redis", 6379),
    ("rediss", 6379),
    ("amqp", 5672),
    ("amqps", 5671),
    ("mongodb", 27017),
    ("nats", 4222),
    ("ldap", 389),
];

/// How much of a setting is looked at.
const LENGTH: usize = 4096;

/// All addresses in a text that could be those of Services.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = Address<'_>> {
    let end = (0..=LENGTH.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    let text = text.get(..end.unwrap_or_default()).unwrap_or_default();
    text.split(|sign: char| {
        sign.is_whitespace() || matches!(sign, ',' | ';' | '"' | '\'' | '(' | ')')
    })
    .filter_map(address)
}

fn address(word: &str) -> Option<Address<'_>> {
    // `--upstream=http://…` and `jdbc:postgresql://…` too.
    let (scheme, rest) = match word.split_once("://") {
        Some((before, rest)) => {
            let start = before.rfind([':', '=', '+']).map_or(0, |place| place + 1);
            (Some(before.get(start..)?), rest)
        }
        None => (None, word.rsplit_once('=').map_or(word, |(_, value)| value)),
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port.parse().ok()?)),
        None => (authority, None),
    };
    let usual = scheme.and_then(|scheme| SCHEMES.iter().find(|(name, _)| *name == scheme));
    let port = port.or_else(|| usual.map(|(_, port)| *port))?;
    let labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    let (name, namespace) = match labels.as_slice() {
        [name] => (name, None),
        [name, namespace]
        | [name, namespace, "svc"]
        | [name, namespace, "svc", "cluster", "local"] => (name, Some(*namespace)),
        _ => return None,
    };
    (!name.is_empty()).then_some(Address {
        name,
        namespace,
        port,
    })
}

#[cfg(test)]
mod tests {
    use super::addresses;

    fn read(text: &str) -> Vec<String> {
        addresses(text)
            .map(|found| {
                format!(
                    "{}/{}:{}",
                    found.namespace.unwrap_or("-"),
                    found.name,
                    found.port
                )
            })
            .collect()
    }

    #[test]
    fn addresses_are_found_in_settings() {
        for (text, expected) in [
            ("http://api", "-/api:80"),
            ("https://api.app/v1?x=http", "app/api:443"),
            (
                "postgres://user:secret@db.data.svc.cluster.local./app",
                "data/db:5432",
            ),
            ("jdbc:postgresql://db.data.svc:5433/app", "data/db:5433"),
            ("redis:6379", "-/redis:6379"),
            ("--upstream=http://api.app.svc:8080", "app/api:8080"),
            ("--listen=redis.app:1", "app/redis:1"),
            ("http://a:1,http://b:2", "-/a:1 -/b:2"),
            ("example.com", ""),
            ("https://api.example.com", ""),
            ("http://", ""),
            ("api", ""),
            ("api:many", ""),
        ] {
            assert_eq!(read(text).join(" "), expected, "{text}");
        }
    }
}
