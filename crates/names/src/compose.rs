//! Names made from other names.

use std::fmt::Write as _;

use crate::error::InvalidName;
use crate::text::Name;
use crate::{
    ApplicationName, ClaimName, ComponentName, ConfigMapName, ContainerName, DataKey, LabelValue,
    NamespaceName, ObjectName, PortName, PriorityClassName, RoleName, SecretName,
    ServiceAccountName, ServiceName, StorageClassName, SubsetName, VolumeName, WorkloadName,
};

/// Characters of the hash that stands for what was cut off.
const HASH_LENGTH: usize = 8;

/// Joins `parts` with dashes: `join::<ServiceName>(&["redis", "headless"])` is `redis-headless`.
pub fn join<T: Name>(parts: &[&str]) -> Result<T, InvalidName> {
    parts.join("-").parse()
}

/// A kind of name that `with_suffix` can make: its rule accepts every RFC 1035 label with single
/// dashes that is short enough.
pub trait Composable: Name {}

macro_rules! composable {
    ($($name:ident),+ $(,)?) => {
        $(
            const _: () = assert!(<$name as Name>::MAXIMUM_LENGTH > HASH_LENGTH + 2, "no room for a hash");

            impl Composable for $name {}

            impl $name {
                /// This name followed by `suffix`, as a name of the kind `T`; it cannot fail.
                ///
                /// When the text as it stands breaks the rule of `T`, mostly because it is too
                /// long, the base is shortened and followed by a dash and eight hexadecimal digits
                /// of the FNV-1a hash of the whole, and every character that `T` may not allow
                /// becomes a dash. The same input gives the same name for ever.
                pub fn with_suffix<T: Composable>(&self, suffix: &'static str) -> T {
                    T::trusted(compose(self.as_str(), suffix, T::MAXIMUM_LENGTH, T::accepts).into())
                }
            }
        )+
    };
}

composable!(
    ApplicationName,
    ClaimName,
    ComponentName,
    ConfigMapName,
    ContainerName,
    DataKey,
    LabelValue,
    NamespaceName,
    ObjectName,
    PortName,
    PriorityClassName,
    RoleName,
    SecretName,
    ServiceAccountName,
    ServiceName,
    StorageClassName,
    SubsetName,
    VolumeName,
    WorkloadName,
);

/// `first`, `link` and `second` as one name of the kind `T`, shortened like
/// [`with_suffix`](ObjectName::with_suffix) where it would be too long; it cannot fail.
pub fn linked<T: Composable>(first: &str, link: &'static str, second: &str) -> T {
    let base = format!("{first}{link}{second}");
    T::trusted(compose(&base, "", T::MAXIMUM_LENGTH, T::accepts).into())
}

/// `base` and `suffix` in one, made to fit into `maximum` bytes if `accepts` refuses the plain
/// text.
fn compose(base: &str, suffix: &str, maximum: usize, accepts: fn(&str) -> bool) -> String {
    let plain = format!("{base}{suffix}");
    if accepts(&plain) {
        return plain;
    }
    let mut hash = String::with_capacity(HASH_LENGTH);
    // Writing to a string does not fail.
    let _ = write!(hash, "{:08x}", fnv1a(&[base.as_bytes(), suffix.as_bytes()]));
    let tail = dashed(suffix);
    // The base keeps at least one character, and a dash stands before the hash and before the tail.
    let beside = HASH_LENGTH + 1 + if tail.is_empty() { 0 } else { tail.len() + 1 };
    if beside >= maximum {
        return format!("{}-{hash}", head(&plain, maximum - HASH_LENGTH - 1));
    }
    let head = head(base, maximum - beside);
    if tail.is_empty() {
        format!("{head}-{hash}")
    } else {
        format!("{head}-{hash}-{tail}")
    }
}

/// The start of `text` in at most `length` bytes, made of lowercase letters, digits and single
/// dashes, with a letter first.
fn head(text: &str, length: usize) -> String {
    let mut head = dashed(text);
    if !head.starts_with(|first: char| first.is_ascii_lowercase()) {
        head.insert(0, 'x');
    }
    head.truncate(length);
    head.truncate(head.trim_end_matches('-').len());
    head
}

/// `text` in lowercase, with one dash for each run of anything but letters and digits, and none at
/// the ends.
fn dashed(text: &str) -> String {
    let words = text
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// FNV-1a with 32 bits over the parts, each closed by a zero byte.
fn fnv1a(parts: &[&[u8]]) -> u32 {
    let bytes = parts
        .iter()
        .flat_map(|part| part.iter().copied().chain([0]));
    bytes.fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
