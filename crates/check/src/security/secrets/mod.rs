//! What a secret looks like: by the name of what holds it, and by its own shape.

mod tokens;

pub(crate) use self::tokens::token;

/// Parts of names whose values are secrets.
const SECRET_WORDS: [&str; 18] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "bearer",
    "apikey",
    "api_key",
    "access_key",
    "accesskey",
    "private_key",
    "privatekey",
    "account_key",
    "encryption_key",
    "signing_key",
    "client_key",
    "key_content",
    "credential",
];

/// Endings of names that tell about a secret and hold none.
const ABOUT_SECRETS: [&str; 35] = [
    "algorithm",
    "audience",
    "backend",
    "class",
    "count",
    "dir",
    "directory",
    "enabled",
    "encryption",
    "endpoint",
    "engine",
    "expiration",
    "expiry",
    "field",
    "file",
    "format",
    "header",
    "host",
    "id",
    "issuer",
    "length",
    "lifetime",
    "mode",
    "name",
    "namespace",
    "path",
    "policy",
    "prefix",
    "provider",
    "ref",
    "seconds",
    "ttl",
    "type",
    "url",
    "version",
];

/// Whether something of this name holds a secret: `DB_PASSWORD`, but not `DB_PASSWORD_FILE`.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace(['-', '.'], "_");
    let last = name.rsplit('_').next().unwrap_or_default();
    let is_azure_key = name.starts_with("azure_") && last == "key";
    (is_azure_key || SECRET_WORDS.iter().any(|word| name.contains(word)))
        && !ABOUT_SECRETS.contains(&last)
        && !name.ends_with("file")
        && !name.ends_with("path")
        && !name.ends_with("name")
        && !name.ends_with("url")
}

/// Whether a text is a value of its own, and not the place of one, a switch, a number, or a hole for one.
pub(crate) fn is_literal(value: &str) -> bool {
    let value = value.trim();
    let is_switch = matches!(
        value.to_ascii_lowercase().as_str(),
        "" | "true"
            | "false"
            | "yes"
            | "no"
            | "on"
            | "off"
            | "none"
            | "null"
            | "disabled"
            | "enabled"
    );
    !is_switch
        && !has_hole(value)
        && !value.starts_with(['/', '.', '~'])
        && !value.contains("://")
        && value.parse::<f64>().is_err()
        && !is_duration(value)
}

/// Whether something is still to be put into a text.
fn has_hole(value: &str) -> bool {
    value.contains("$(")
        || value.contains("${")
        || value.contains("{{")
        || value.starts_with(['$', '%', '<', '*'])
}

fn is_duration(value: &str) -> bool {
    let number = value.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    number.len() < value.len() && value.len() - number.len() <= 2 && number.parse::<f64>().is_ok()
}

/// Whether a word is more random than words that people write: a key, or a password that a machine made.
pub(crate) fn is_random(value: &str) -> bool {
    let is_word = |byte: u8| {
        byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'(' | b')')
    };
    if value.len() < 12 || value.len() > 200 || !value.bytes().all(is_word) || !is_literal(value) {
        return false;
    }
    let has = |test: fn(&u8) -> bool| value.as_bytes().iter().any(test);
    let kinds = [
        has(u8::is_ascii_lowercase),
        has(u8::is_ascii_uppercase),
        has(u8::is_ascii_digit),
        has(|byte| byte.is_ascii_punctuation() && !matches!(byte, b'-' | b'_' | b'.')),
    ];
    let several = kinds.iter().filter(|kind| **kind).count() >= 3;
    let is_hexadecimal = value.len() >= 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    (several || is_hexadecimal) && entropy(value) >= 3.2
}

/// Bits of information a byte, were each drawn by itself.
fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 128];
    for byte in value.bytes().filter(u8::is_ascii) {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let total = f64::from(u32::try_from(value.len()).unwrap_or(u32::MAX));
    let shares = counts.iter().filter(|count| **count > 0);
    shares
        .map(|count| f64::from(*count) / total)
        .map(|share| -share * share.log2())
        .sum()
}

/// The key of a line that assigns something random to a name for secrets, in any of the usual notations.
pub(crate) fn assigned_secret(line: &str) -> Option<&str> {
    let (key, value) = line.split_once([':', '='])?;
    let key = key
        .trim()
        .trim_start_matches("export ")
        .trim_matches(['"', '\'', '-', ' ']);
    let is_name =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let value = value
        .trim()
        .trim_end_matches([',', ';'])
        .trim_matches(['"', '\'']);
    let fits = !key.is_empty()
        && key.len() <= 64
        && key.chars().all(is_name)
        && is_secret_name(key)
        && is_random(value);
    fits.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::{assigned_secret, is_literal, is_random, is_secret_name};

    #[test]
    fn names_of_secrets_are_told_from_names_about_them() {
        for name in [
            "DB_PASSWORD",
            "password",
            "AWS_SECRET_ACCESS_KEY",
            "azure-batch-key",
            "api-key",
            "OCI_CLI_KEY_CONTENT",
            "GITHUB_TOKEN",
            "clientSecret",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "PASSWORD_FILE",
            "TOKEN_URL",
            "secretName",
            "SECRET_NAMESPACE",
            "token_ttl",
            "passwordPath",
            "HOST",
            "KEY",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn places_switches_and_holes_are_no_values() {
        for value in [
            "/run/secrets/a",
            "true",
            "3600",
            "10m",
            "$(PASSWORD)",
            "${X}",
            "<fill in>",
            "https://a/b",
        ] {
            assert!(!is_literal(value), "{value}");
        }
        assert!(is_literal("hunter2"));
    }

    #[test]
    fn random_words_are_told_from_written_ones() {
        assert!(is_random("kJ8s0dfPq2LmZx7w"));
        assert!(is_random(
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        ));
        for value in [
            "some-service-name",
            "registry.example.com",
            "UPPER_CASE_WORD",
            "scram-sha-256",
            "aaaaaaaaaaaaaaaa",
        ] {
            assert!(!is_random(value), "{value}");
        }
    }

    #[test]
    fn a_line_that_assigns_a_secret_is_found_in_every_notation() {
        for line in [
            "password: kJ8s0dfPq2LmZx7w",
            "  export API_TOKEN=\"kJ8s0dfPq2LmZx7w\"",
            "\"client_secret\": \"kJ8s0dfPq2LmZx7w\",",
        ] {
            assert!(assigned_secret(line).is_some(), "{line}");
        }
        for line in [
            "password: ${PASSWORD}",
            "password_file: /run/kJ8s0dfPq2LmZx7w",
            "host: kJ8s0dfPq2LmZx7w",
        ] {
            assert_eq!(assigned_secret(line), None);
        }
    }
}
