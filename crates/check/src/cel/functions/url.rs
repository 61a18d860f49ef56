//! URLs as Go reads them in requests: absolute, or an absolute path.

use std::fmt::Write;

use std::rc::Rc;

use super::{Function, Value, argument, owned, text, unexpected};
use crate::cel::Failure;
use crate::cel::evaluate::Outcome;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::global("url", 1, |_, arguments| {
        let url =
            Url::parse(text(arguments, 0)?).ok_or_else(|| Failure::new("the value is no URL"))?;
        Ok(Value::Url(Rc::new(url)))
    }),
    Function::global("isURL", 1, |_, arguments| {
        Ok(Value::Boolean(Url::parse(text(arguments, 0)?).is_some()))
    }),
    Function::member("getScheme", 1, |_, arguments| {
        part(arguments, |url| url.scheme.clone())
    }),
    Function::member("getHost", 1, |_, arguments| {
        part(arguments, |url| url.host.clone())
    }),
    Function::member("getHostname", 1, |_, arguments| {
        part(arguments, |url| url.split_host().0.to_owned())
    }),
    Function::member("getPort", 1, |_, arguments| {
        part(arguments, |url| url.split_host().1.to_owned())
    }),
    Function::member("getEscapedPath", 1, |_, arguments| {
        part(arguments, |url| escaped(&url.path))
    }),
    Function::member("getQuery", 1, |_, arguments| query(arguments)),
];

fn url<'a>(arguments: &'a [Value<'_>]) -> Result<&'a Url, Failure> {
    match argument(arguments, 0)? {
        Value::Url(url) => Ok(url),
        other => Err(unexpected("URL", Some(other))),
    }
}

fn part<'v>(arguments: &[Value<'v>], take: fn(&Url) -> String) -> Outcome<'v> {
    url(arguments).map(|url| owned(take(url)))
}

/// The path as Go writes it: as it was given, or escaped anew where something in it cannot stand there.
fn escaped(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@".contains(&byte);
    let is_valid = |byte: u8| is_plain(byte) || b"!'()*[]%".contains(&byte);
    if path.bytes().all(is_valid) {
        return path.to_owned();
    }
    let mut text = String::new();
    for byte in unescape(path).bytes() {
        if is_plain(byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

fn query<'v>(arguments: &[Value<'v>]) -> Outcome<'v> {
    let mut groups: Vec<(String, Vec<Value<'v>>)> = Vec::new();
    for pair in url(arguments)?
        .query
        .split('&')
        .filter(|pair| !pair.is_empty())
    {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, value) = (unescape(key), owned(unescape(value)));
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    let entries = groups
        .into_iter()
        .map(|(key, values)| (owned(key), Value::List(Rc::new(values))));
    Ok(Value::Map(Rc::new(entries.collect())))
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let digits = tail
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match (
            first,
            digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()),
        ) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = tail;
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A URL in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Url {
    whole: String,
    scheme: String,
    /// With the port.
    host: String,
    path: String,
    query: String,
}

impl Url {
    /// Reads a URL; `None` where Go's `url.ParseRequestURI` refuses it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || text.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
            return None;
        }
        let (scheme, rest) = split_scheme(text)?;
        let (before_query, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut url = Self {
            whole: text.to_owned(),
            scheme: scheme.to_ascii_lowercase(),
            host: String::new(),
            path: before_query.to_owned(),
            query: query.to_owned(),
        };
        if !before_query.starts_with('/') {
            // `mailto:x` has no path; without a scheme only `*` may stand there.
            let opaque = !scheme.is_empty();
            if opaque {
                url.path.clear();
            }
            return (opaque || text == "*").then_some(url);
        }
        if let Some(authority) = before_query
            .strip_prefix("//")
            .filter(|_| !scheme.is_empty())
        {
            let length = authority.find('/').unwrap_or(authority.len());
            let (authority, path) = authority.split_at(length);
            let host = authority
                .rsplit_once('@')
                .map_or(authority, |(_, host)| host);
            if !is_host(host) {
                return None;
            }
            host.clone_into(&mut url.host);
            path.clone_into(&mut url.path);
        }
        is_escaped_well(&url.path).then_some(url)
    }

    /// The URL as it was written.
    pub(crate) fn text(&self) -> &str {
        &self.whole
    }

    /// Host name without brackets, and port.
    fn split_host(&self) -> (&str, &str) {
        let (name, port) = match self.host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, port),
            _ => (self.host.as_str(), ""),
        };
        (
            name.strip_prefix('[')
                .and_then(|name| name.strip_suffix(']'))
                .unwrap_or(name),
            port,
        )
    }
}

/// The scheme, empty where there is none, and what follows; `None` for a colon at the start.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    for (index, character) in text.char_indices() {
        match character {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if index > 0 => {}
            ':' if index == 0 => return None,
            ':' => return Some((&text[..index], &text[index + 1..])),
            _ => break,
        }
    }
    Some(("", text))
}

fn is_host(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let Some((address, port)) = rest.split_once(']') else {
                return false;
            };
            (address, port)
        }
        None => host
            .find(':')
            .map_or((host, ""), |colon| host.split_at(colon)),
    };
    let is_port = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let is_plain = |byte: u8| {
        !byte.is_ascii()
            || byte.is_ascii_alphanumeric()
            || b"-_.~!$&'()*+,;=:[]<>\"%".contains(&byte)
    };
    is_port && name.bytes().all(is_plain)
}

/// Every percent sign is followed by two digits.
fn is_escaped_well(path: &str) -> bool {
    path.split('%').skip(1).all(|part| {
        part.as_bytes()
            .get(..2)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::Url;

    #[test]
    fn the_parts_of_a_url_are_told_apart() {
        let url = Url::parse("HTTPS://user@[::1]:8443/a%20b?x=1").unwrap();
        assert_eq!(
            (url.scheme.as_str(), url.host.as_str(), url.path.as_str()),
            ("https", "[::1]:8443", "/a%20b")
        );
        assert_eq!(url.split_host(), ("::1", "8443"));
    }

    #[test]
    fn what_go_refuses_is_no_url() {
        for text in [
            "",
            "example.com",
            "charts/x",
            "://x",
            "http://a b/",
            "http://a:x/",
            "http://a/%zz",
            "1http://a",
            "http://[::1",
        ] {
            assert!(Url::parse(text).is_none(), "{text}");
        }
        for text in [
            "/path",
            "*",
            "mailto:a",
            "oci://registry.example.com/charts",
            "http://",
        ] {
            assert!(Url::parse(text).is_some(), "{text}");
        }
    }
}
