//! Names of resources at AWS.

use crate::rules::split;
use crate::text::text;

text! {
    /// An Amazon Resource Name: partition, service, region, account and resource.
    Arn {
        kind: "ARN",
        maximum: 2048,
        rule: is_arn,
        expected: "`arn:`, partition, service, region, account of 12 digits and resource, joined by colons",
        example: "arn:aws:iam::123456789012:role/external-dns",
    }
}

impl Arn {
    /// The partition: `aws`, `aws-cn`, `aws-us-gov`.
    pub fn partition(&self) -> &str {
        self.part(1)
    }

    /// The service, such as `iam` or `kms`.
    pub fn service(&self) -> &str {
        self.part(2)
    }

    /// The region; none for global services.
    pub fn region(&self) -> Option<&str> {
        Some(self.part(3)).filter(|region| !region.is_empty())
    }

    /// The account; none for resources such as buckets, and `aws` for what AWS itself provides.
    pub fn account(&self) -> Option<&str> {
        Some(self.part(4)).filter(|account| !account.is_empty())
    }

    /// The resource, such as `role/external-dns`.
    pub fn resource(&self) -> &str {
        self.part(5)
    }

    fn part(&self, index: usize) -> &str {
        self.as_str().splitn(6, ':').nth(index).unwrap_or("")
    }
}

const fn is_arn(text: &[u8]) -> bool {
    let (b"arn", Some(rest)) = split(text, b':') else {
        return false;
    };
    let (partition, Some(rest)) = split(rest, b':') else {
        return false;
    };
    let (service, Some(rest)) = split(rest, b':') else {
        return false;
    };
    let (region, Some(rest)) = split(rest, b':') else {
        return false;
    };
    let (account, Some(resource)) = split(rest, b':') else {
        return false;
    };
    matches!(
        partition,
        b"aws"
            | b"aws-cn"
            | b"aws-us-gov"
            | b"aws-eusc"
            | b"aws-iso"
            | b"aws-iso-b"
            | b"aws-iso-e"
            | b"aws-iso-f"
    ) && crate::rules::is_label(service)
        && (region.is_empty() || is_region(region))
        && (matches!(account, b"" | b"aws") || is_account(account))
        && text.len() <= 2048
        && is_resource(resource)
}

/// As in `eu-central-1`.
const fn is_region(text: &[u8]) -> bool {
    crate::rules::is_service_label(text)
        && crate::rules::find(text, b'-').is_some()
        && text[text.len() - 1].is_ascii_digit()
}

const fn is_account(text: &[u8]) -> bool {
    let mut index = 0;
    while index < text.len() {
        if !text[index].is_ascii_digit() {
            return false;
        }
        index += 1;
    }
    text.len() == 12
}

const fn is_resource(text: &[u8]) -> bool {
    let mut index = 0;
    while index < text.len() {
        if !text[index].is_ascii_graphic() {
            return false;
        }
        index += 1;
    }
    !text.is_empty()
}
