//! The shapes of well-known tokens and keys, and the place of one in a text.

/// How a kind of token is written: a beginning that nothing else has, and so many characters of an alphabet.
struct Shape {
    title: &'static str,
    begins: &'static str,
    letters: fn(u8) -> bool,
    at_least: usize,
}

const fn shape(
    title: &'static str,
    begins: &'static str,
    letters: fn(u8) -> bool,
    at_least: usize,
) -> Shape {
    Shape {
        title,
        begins,
        letters,
        at_least,
    }
}

fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn dashed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn dotted(byte: u8) -> bool {
    dashed(byte) || byte == b'.'
}

fn slashed(byte: u8) -> bool {
    dashed(byte) || byte == b'/'
}

/// The shapes, from the providers' documentation and from what their own scanners look for.
static SHAPES: [Shape; 35] = [
    shape("an AWS access key", "AKIA", upper, 16),
    shape("a temporary AWS access key", "ASIA", upper, 16),
    shape("a Google API key", "AIza", dashed, 35),
    shape("a Google OAuth client secret", "GOCSPX-", dashed, 24),
    shape("a Google OAuth token", "ya29.", dashed, 20),
    shape("a GitHub token", "ghp_", plain, 36),
    shape("a GitHub token", "gho_", plain, 36),
    shape("a GitHub token", "ghu_", plain, 36),
    shape("a GitHub token", "ghs_", plain, 36),
    shape("a GitHub token", "ghr_", plain, 36),
    shape("a GitHub token", "github_pat_", dashed, 50),
    shape("a GitLab token", "glpat-", dashed, 20),
    shape("a Slack token", "xoxb-", dashed, 20),
    shape("a Slack token", "xoxp-", dashed, 20),
    shape("a Slack token", "xoxa-", dashed, 20),
    shape("a Slack token", "xoxr-", dashed, 20),
    shape("a Slack token", "xoxs-", dashed, 20),
    shape("a Slack token", "xapp-", dashed, 20),
    shape("a Slack webhook", "hooks.slack.com/services/T", slashed, 30),
    shape("a Stripe key", "sk_live_", plain, 20),
    shape("a Stripe key", "rk_live_", plain, 20),
    shape("a SendGrid key", "SG.", dotted, 60),
    shape("an npm token", "npm_", plain, 36),
    shape("a PyPI token", "pypi-AgEIcHlwaS5vcmc", dashed, 40),
    shape("a Docker Hub token", "dckr_pat_", dashed, 27),
    shape("a Hugging Face token", "hf_", plain, 34),
    shape("an OpenAI key", "sk-proj-", dashed, 40),
    shape("an Anthropic key", "sk-ant-", dashed, 40),
    shape("a DigitalOcean token", "dop_v1_", plain, 64),
    shape("a Vault token", "hvs.", dashed, 24),
    shape("a Terraform Cloud token", "atlasv1.", dashed, 60),
    shape(
        "a Databricks token",
        "dapi",
        |byte| byte.is_ascii_hexdigit(),
        32,
    ),
    shape("a New Relic key", "NRAK-", upper, 27),
    shape("a Grafana token", "glsa_", dashed, 32),
    shape("a Grafana token", "glc_", dashed, 32),
];

/// What may begin at a byte, so that most bytes are passed over at once.
static BEGINNINGS: [Beginning; 256] = {
    let mut table = [Beginning::Nothing; 256];
    let mut next = 0;
    while next < SHAPES.len() {
        table[SHAPES[next].begins.as_bytes()[0] as usize] = Beginning::Word;
        next += 1;
    }
    table[b'e' as usize] = Beginning::Word;
    table[b'-' as usize] = Beginning::Key;
    table[b':' as usize] = Beginning::Url;
    table
};

#[derive(Clone, Copy)]
enum Beginning {
    Nothing,
    /// A token, at the start of a word.
    Word,
    /// The line above a key.
    Key,
    /// What stands behind the scheme of a URL.
    Url,
}

/// The fewest bytes that hold anything: a URL with a password of one letter.
const SHORTEST: usize = 9;
/// The fewest letters of a token.
const SHORTEST_WORD: usize = 20;

/// What a text holds that must not be read by others; `None` for most texts.
pub(crate) fn token(text: &str) -> Option<&'static str> {
    let bytes = text.as_bytes();
    if bytes.len() < SHORTEST {
        return None;
    }
    let mut before = b' ';
    bytes.iter().copied().enumerate().find_map(|(place, byte)| {
        let previous = std::mem::replace(&mut before, byte);
        match BEGINNINGS[usize::from(byte)] {
            Beginning::Nothing => None,
            Beginning::Word if plain(previous) || previous == b'_' => None,
            Beginning::Word => known(bytes.get(place..)?),
            Beginning::Key => private_key(bytes.get(place..)?),
            Beginning::Url => password_in_url(bytes, place),
        }
    })
}

fn known(bytes: &[u8]) -> Option<&'static str> {
    let word = bytes.iter().take(SHORTEST_WORD);
    if word
        .take_while(|byte| dotted(**byte) || **byte == b'/')
        .count()
        < SHORTEST_WORD
    {
        return None;
    }
    if bytes.starts_with(b"eyJ") {
        return json_web_token(bytes);
    }
    let shape = SHAPES.iter().find(|shape| {
        bytes
            .strip_prefix(shape.begins.as_bytes())
            .is_some_and(|body| {
                let body = body.iter().take_while(|byte| (shape.letters)(**byte));
                body.count() >= shape.at_least
            })
    })?;
    // What the providers themselves print in their documentation.
    let word = bytes.iter().take_while(|byte| dashed(**byte));
    let is_example = String::from_utf8_lossy(&word.copied().collect::<Vec<u8>>())
        .to_ascii_uppercase()
        .contains("EXAMPLE");
    (!is_example).then_some(shape.title)
}

/// Three parts in base64, two of which are objects of JSON.
fn json_web_token(bytes: &[u8]) -> Option<&'static str> {
    let word = bytes.iter().take_while(|byte| dotted(**byte)).count();
    let mut parts = bytes.get(..word)?.split(|byte| *byte == b'.');
    let is_object = |part: &[u8]| part.starts_with(b"eyJ") && part.len() >= 12;
    let fits = is_object(parts.next()?) && is_object(parts.next()?) && parts.next()?.len() >= 10;
    fits.then_some("a JSON Web Token")
}

fn private_key(bytes: &[u8]) -> Option<&'static str> {
    if !bytes.starts_with(b"-BEGIN ") {
        return None;
    }
    let line = bytes.get(..bytes.len().min(60))?;
    let line = line.split(|byte| *byte == b'\n').next()?;
    let is_private = line.windows(12).any(|part| part == b"PRIVATE KEY-");
    is_private.then_some("a private key")
}

/// `scheme://user:password@host`, seen from the colon after the scheme.
fn password_in_url(bytes: &[u8], colon: usize) -> Option<&'static str> {
    let rest = bytes.get(colon..)?.strip_prefix(b"://")?;
    let authority = rest.iter().take(300).take_while(|byte| {
        !matches!(
            byte,
            b'/' | b'?' | b'#' | b'"' | b'\'' | b' ' | b'\n' | b'`' | b','
        )
    });
    let authority: Vec<u8> = authority.copied().collect();
    let end = authority.iter().rposition(|byte| *byte == b'@')?;
    let user = authority.get(..end)?;
    let between = user.iter().position(|byte| *byte == b':')?;
    let password = user.get(between + 1..)?;
    let is_hole = password.is_empty()
        || password.iter().any(|byte| {
            matches!(
                byte,
                b'$' | b'{' | b'}' | b'<' | b'>' | b'*' | b'%' | b'[' | b'('
            )
        });
    (!is_hole && colon > 0).then_some("a URL with a password")
}

#[cfg(test)]
mod tests {
    use super::token;

    /// The second half of a token, so that no scanner takes the test for a leak.
    fn joined(begin: &str, rest: &str) -> String {
        format!("key={begin}{rest} and more")
    }

    #[test]
    fn well_known_tokens_are_known_by_their_shape() {
        let body = "Q7fK2mX9pL4vT8sR1wZ6yB3nH5jD0gCaEuIoNkPt";
        for (begin, rest, title) in [
            ("AKIA", "Q7FK2MX9PL4VT8SR", "an AWS access key"),
            ("AIza", &body[..35], "a Google API key"),
            ("ghp_", &body[..36], "a GitHub token"),
            ("xoxb-", "1234567890-abcdefghij", "a Slack token"),
            ("glpat-", &body[..20], "a GitLab token"),
            ("-----BEGIN RSA ", "PRIVATE KEY-----", "a private key"),
            ("postgres://app:", "hunter2@db/app", "a URL with a password"),
        ] {
            assert_eq!(token(&joined(begin, rest)), Some(title));
        }
        let jwt = format!("eyJ{body}.eyJ{body}.{body}");
        assert_eq!(token(&jwt), Some("a JSON Web Token"));
    }

    #[test]
    fn what_only_begins_alike_is_none() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_short",
            "https://user@host/path",
            "https://user:$(PASSWORD)@host",
            "postgres://app:${PASSWORD}@db",
            "-----BEGIN CERTIFICATE-----",
            "http://a:8080/b@c",
            "xeyJabc",
        ] {
            assert_eq!(token(text), None, "{text}");
        }
    }
}
