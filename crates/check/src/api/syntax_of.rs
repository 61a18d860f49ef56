//! The syntaxes of texts that the tables of demands name.

use serde_json::Value as Json;

use super::special;
use crate::format;
use crate::syntax;

/// The syntax of a text.
#[derive(Clone, Copy)]
pub(super) enum Syntax {
    Label,
    /// A label that begins with a letter.
    Label1035,
    Subdomain,
    /// A subdomain with a dot.
    Domain,
    /// `example.com/name`
    DomainPrefixedPath,
    /// What may stand between two slashes.
    PathSegment,
    /// A path that stays inside of its folder.
    PathInside,
    /// An address of IPv4 or IPv6.
    Address,
    /// An address, or `None`.
    AddressOrNone,
    /// What a limit range limits.
    LimitType,
    QualifiedName,
    /// What a container can ask for.
    ContainerResource,
    /// A qualified name, whatever its case.
    QualifiedNameOfAnyCase,
    /// A port by number or name.
    Port,
    /// A port by number or name, or 0.
    TargetPort,
    PortName,
    LabelValue,
    /// A key of a `ConfigMap` or Secret.
    DataKey,
    Cidr,
    AbsolutePath,
    /// A whole number or a percentage.
    Share,
    OneOf(&'static [&'static str]),
}

impl Syntax {
    /// What the value should be, where it is not.
    pub(super) fn check(self, value: &Json) -> Result<(), String> {
        let text = value.as_str();
        let is = |valid: fn(&str) -> bool, wanted: &str| {
            if text.is_none_or(valid) {
                Ok(())
            } else {
                Err(wanted.to_owned())
            }
        };
        match self {
            Self::Label => is(
                syntax::is_label,
                "name of lower-case letters, digits and `-`, at most 63 characters",
            ),
            Self::Label1035 => is(
                syntax::is_dns_1035_label,
                "name of lower-case letters, digits and `-` that begins with a letter",
            ),
            Self::Subdomain => is(
                syntax::is_subdomain,
                "name of lower-case letters, digits, `-` and `.`",
            ),
            Self::Domain => is(
                |text| syntax::is_subdomain(text) && text.contains('.'),
                "domain with at least one dot",
            ),
            Self::DomainPrefixedPath => is(
                is_domain_prefixed_path,
                "name with a domain in front, such as `example.com/name`",
            ),
            Self::PathSegment => is(syntax::is_path_segment, "name without `/` and `%`"),
            Self::PathInside => is(
                |text| {
                    !text.starts_with('/')
                        && !text.starts_with("..")
                        && text.split('/').all(|part| part != "..")
                },
                "relative path without `..`, also not at its beginning",
            ),
            Self::Address => is(is_address, "address such as `10.1.2.3`"),
            Self::AddressOrNone => is(
                |text| text == "None" || is_address(text),
                "address such as `10.1.2.3`, or `None`",
            ),
            Self::LimitType => is(
                |text| {
                    matches!(text, "Container" | "Pod" | "PersistentVolumeClaim")
                        || (text.contains('/') && syntax::is_qualified_name(text))
                },
                "type of limit: Container, Pod, PersistentVolumeClaim",
            ),
            Self::QualifiedName => is(
                syntax::is_qualified_name,
                "qualified name such as `example.com/name`",
            ),
            Self::ContainerResource => is(
                special::is_container_resource,
                "resource of a container such as `cpu`",
            ),
            Self::QualifiedNameOfAnyCase => is(
                |text| syntax::is_qualified_name(&text.to_ascii_lowercase()),
                "qualified name such as `example.com/name`",
            ),
            Self::PortName => is(is_port_name, PORT_NAME),
            Self::LabelValue => is(
                syntax::is_label_value,
                "label value: letters, digits, `-`, `_` and `.`, at most 63 characters",
            ),
            Self::DataKey => is(
                syntax::is_data_key,
                "key: letters, digits, `-`, `_` and `.`, at most 253 characters",
            ),
            Self::Cidr => is(format::is_cidr, "network such as `10.0.0.0/16`"),
            Self::AbsolutePath => is(|text| text.starts_with('/'), "path that begins with `/`"),
            Self::Share
                if value
                    .as_i64()
                    .is_some_and(|number| i32::try_from(number).is_err() || number < 0) =>
            {
                Err("whole number from 0 on, or percentage".to_owned())
            }
            Self::Share => is(is_percentage, "whole number or percentage"),
            // Without a number, the port itself is meant.
            Self::TargetPort if value.as_i64() == Some(0) => Ok(()),
            Self::Port | Self::TargetPort => match value.as_i64() {
                Some(number) if !(1..=65535).contains(&number) => {
                    Err("port: 1 to 65535".to_owned())
                }
                Some(_) => Ok(()),
                None => is(is_port_name, PORT_NAME),
            },
            Self::OneOf(values) => match text {
                Some(text) if !values.contains(&text) => {
                    Err(format!("allowed value; allowed are {}", values.join(", ")))
                }
                _ => Ok(()),
            },
        }
    }
}

const PORT_NAME: &str =
    "port name: at most 15 lower-case letters, digits and single `-`, one letter at least";

/// `example.com/name`
pub(super) fn is_domain_prefixed_path(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte);
    text.split_once('/').is_some_and(|(domain, path)| {
        syntax::is_subdomain(domain) && !path.is_empty() && path.bytes().all(allowed)
    })
}

pub(super) fn is_address(text: &str) -> bool {
    format::is_valid("ipv4", text) || format::is_valid("ipv6", text)
}

pub(super) fn is_port_name(text: &str) -> bool {
    text.len() <= 15
        && syntax::is_label(text)
        && !text.contains("--")
        && text.bytes().any(|byte| byte.is_ascii_lowercase())
}

fn is_percentage(text: &str) -> bool {
    text.strip_suffix('%').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
