//! Words of an API name: how `podCIDRs`, `httpGet` and `x-rule_set` fall into words, and how words become Rust names.

/// Acronyms of mixed case, and how they are written so that they stay one word.
const ACRONYMS: [(&str, &str); 2] = [("IPv4", "Ipv4"), ("IPv6", "Ipv6")];

/// Words that end in `s` and are not a plural.
const SINGULARS: [&str; 15] = [
    "alias", "aws", "canvas", "cors", "dns", "dos", "ebs", "efs", "eks", "fips", "https", "kms",
    "nfs", "os", "series",
];

/// Plurals that the endings alone do not tell.
const PLURALS: [(&str, &str); 7] = [
    ("aliases", "alias"),
    ("axes", "axis"),
    ("caches", "cache"),
    ("indices", "index"),
    ("matrices", "matrix"),
    ("statuses", "status"),
    ("vertices", "vertex"),
];

/// Splits a name into its words, in the case that they have.
///
/// A run of capitals is one word up to the capital that begins the next (`kubeAPIServer`), and a small plural `s`
/// belongs to it (`podCIDRs`). Everything that is neither letter nor digit only separates.
pub(crate) fn split(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .flat_map(split_part)
        .collect()
}

fn split_part(part: &str) -> Vec<String> {
    let part = ACRONYMS
        .iter()
        .fold(part.to_owned(), |text, (acronym, word)| {
            text.replace(acronym, word)
        });
    let part = part
        .strip_prefix("mTLS")
        .map_or(part.clone(), |rest| format!("mtls{rest}"));
    let letters = part.as_bytes();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, letter) in part.char_indices() {
        if !word.is_empty() && begins_word(letters, at) {
            words.push(std::mem::take(&mut word));
        }
        word.push(letter);
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// Whether the letter at `at`, which is not the first, begins a word.
fn begins_word(letters: &[u8], at: usize) -> bool {
    let is_small = |at: usize| letters.get(at).is_some_and(u8::is_ascii_lowercase);
    if !letters[at].is_ascii_uppercase() {
        return false;
    }
    if !letters[at - 1].is_ascii_uppercase() {
        return true;
    }
    let plural_follows = letters.get(at + 1) == Some(&b's') && !is_small(at + 2);
    is_small(at + 1) && !plural_follows
}

/// `podCIDRs` → `pod_cidrs`.
pub(crate) fn snake(name: &str) -> String {
    split(name)
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .collect::<Vec<_>>()
        .join("_")
}

/// `podCIDRs` → `PodCidrs`; digits that would touch keep an underscore between them (`TLSV1_3` → `Tlsv1_3`).
pub(crate) fn pascal(name: &str) -> String {
    let mut text = String::new();
    for word in split(name) {
        if text.ends_with(|c: char| c.is_ascii_digit())
            && word.starts_with(|c: char| c.is_ascii_digit())
        {
            text.push('_');
        }
        text.push_str(&capitalised(&word));
    }
    text
}

fn capitalised(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let mut characters = lower.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + characters.as_str()
    })
}

/// The name of one item of a list called `name`, in Pascal case: `policies` → `Policy`, `allowedAddresses` → `AllowedAddress`.
pub(crate) fn singular_pascal(name: &str) -> String {
    let mut words = split(name);
    if let Some(last) = words.last_mut() {
        *last = singular(&last.to_ascii_lowercase());
    }
    pascal(&words.join("_"))
}

fn singular(word: &str) -> String {
    if let Some((_, one)) = PLURALS.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    if SINGULARS.contains(&word)
        || ["ss", "us", "is", "tls"]
            .iter()
            .any(|ending| word.ends_with(ending))
    {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    if ["sses", "xes", "ches", "shes", "zzes"]
        .iter()
        .any(|ending| word.ends_with(ending))
    {
        return word[..word.len() - 2].to_owned();
    }
    word.strip_suffix('s')
        .filter(|stem| stem.len() > 1)
        .unwrap_or(word)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_snake_case_as_a_reader_would_split_them() {
        for (name, expected) in [
            ("hosts", "hosts"),
            ("httpGet", "http_get"),
            ("podCIDRs", "pod_cidrs"),
            ("clusterIPs", "cluster_ips"),
            ("externalIPsPolicy", "external_ips_policy"),
            ("kubeAPIServer", "kube_api_server"),
            (
                "targetCPUUtilizationPercentage",
                "target_cpu_utilization_percentage",
            ),
            ("enableHTTP2", "enable_http2"),
            ("HTTP2Settings", "http2_settings"),
            ("s3Bucket", "s3_bucket"),
            ("IPv6", "ipv6"),
            ("enableIPv6Only", "enable_ipv6_only"),
            ("ipv4Cidr", "ipv4_cidr"),
            ("mTLS", "mtls"),
            ("useMTLS", "use_mtls"),
            ("kube-dns.policy", "kube_dns_policy"),
            ("$ref", "ref"),
            ("x509", "x509"),
            ("AMIId", "ami_id"),
            ("URL", "url"),
            ("k8sURLs", "k8s_urls"),
            ("snake_case", "snake_case"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
    }

    #[test]
    fn names_become_pascal_case() {
        for (name, expected) in [
            ("ISTIO_MUTUAL", "IstioMutual"),
            ("TLSV1_3", "Tlsv1_3"),
            ("TLS_AUTO", "TlsAuto"),
            ("podCIDRs", "PodCidrs"),
            ("ap-southeast-2a", "ApSoutheast2a"),
        ] {
            assert_eq!(pascal(name), expected, "{name}");
        }
    }

    #[test]
    fn the_item_of_a_list_is_named_in_the_singular() {
        for (name, expected) in [
            ("http", "Http"),
            ("servers", "Server"),
            ("policies", "Policy"),
            ("allowedAddresses", "AllowedAddress"),
            ("matches", "Match"),
            ("databases", "Database"),
            ("tls", "Tls"),
            ("ingress", "Ingress"),
            ("aliases", "Alias"),
            ("prefixes", "Prefix"),
            ("timeSeries", "TimeSeries"),
            ("podCIDRs", "PodCidr"),
            ("status", "Status"),
            ("portLevelMtls", "PortLevelMtls"),
            ("analysis", "Analysis"),
        ] {
            assert_eq!(singular_pascal(name), expected, "{name}");
        }
    }
}
