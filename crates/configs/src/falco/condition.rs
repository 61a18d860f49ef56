//! Conditions: tests of an event's fields, put together, in Falco's own language.

use std::fmt;

/// A field of an event or of the process, file and container around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field(&'static str);

impl Field {
    /// The system call.
    pub const EVENT: Self = Self("evt.type");
    /// Whether a file is opened for writing.
    pub const OPENED_FOR_WRITING: Self = Self("evt.is_open_write");
    /// Whether a file is opened for reading.
    pub const OPENED_FOR_READING: Self = Self("evt.is_open_read");
    /// The kind of a descriptor by one letter: `f` for files, `4` and `6` for sockets.
    pub const DESCRIPTOR_KIND: Self = Self("fd.typechar");
    /// The number of a descriptor; below zero where the call failed.
    pub const DESCRIPTOR: Self = Self("fd.num");
    /// The path of a file, or both ends of a connection.
    pub const DESCRIPTOR_NAME: Self = Self("fd.name");
    /// The server's address.
    pub const SERVER_ADDRESS: Self = Self("fd.sip");
    /// The server's address as a member of networks.
    pub const SERVER_NETWORK: Self = Self("fd.snet");
    /// The name of the process.
    pub const PROCESS: Self = Self("proc.name");
    /// The command line of the process.
    pub const COMMAND: Self = Self("proc.cmdline");
    /// The terminal of the process; zero without one.
    pub const TERMINAL: Self = Self("proc.tty");
    /// The number of the process inside its container.
    pub const PROCESS_IN_CONTAINER: Self = Self("proc.vpid");
    /// The container, or `host`.
    pub const CONTAINER: Self = Self("container.id");
    /// Whether the container is privileged.
    pub const PRIVILEGED: Self = Self("container.privileged");
    /// The image without its tag.
    pub const IMAGE: Self = Self("container.image.repository");
    /// The namespace of the pod.
    pub const NAMESPACE: Self = Self("k8s.ns.name");
}

/// A list of values under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    pub(super) name: &'static str,
    pub(super) items: Vec<String>,
}

impl List {
    /// A list; its name must differ from those of Falco's own rules, which it would replace otherwise.
    pub fn new(name: &'static str, items: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            name,
            items: items.into_iter().map(Into::into).collect(),
        }
    }
}

/// A condition under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Macro {
    pub(super) name: &'static str,
    pub(super) condition: Condition,
}

impl Macro {
    /// A macro; its name must differ from those of Falco's own rules, which it would replace otherwise.
    pub const fn new(name: &'static str, condition: Condition) -> Self {
        Self { name, condition }
    }
}

/// What has to be true of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The field has the value.
    Is(Field, &'static str),
    /// The field has another value.
    IsNot(Field, &'static str),
    /// The field, a number, is at least this.
    AtLeast(Field, i64),
    /// The text contains this one.
    Contains(Field, &'static str),
    /// The value is one of the list, or lies in one of its networks.
    In(Field, List),
    /// The path lies below one of the list.
    Below(Field, List),
    /// The value begins with one of the list.
    StartsWithAny(Field, List),
    /// The macro holds.
    Holds(Box<Macro>),
    /// It does not hold.
    Not(Box<Condition>),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
}

impl Condition {
    /// The macro holds.
    pub fn holds(known: &Macro) -> Self {
        Self::Holds(Box::new(known.clone()))
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// All of them hold; there is one at least, because the language has no empty condition.
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self::All(conditions.into_iter().collect())
    }

    /// The conditions directly inside, and the list or macro that is used.
    pub(super) fn parts(&self) -> (&[Self], Option<&List>, Option<&Macro>) {
        match self {
            // The items of the last are written out where they are used.
            Self::Is(..)
            | Self::IsNot(..)
            | Self::AtLeast(..)
            | Self::Contains(..)
            | Self::StartsWithAny(..) => (&[], None, None),
            Self::In(_, list) | Self::Below(_, list) => (&[], Some(list), None),
            Self::Holds(known) => (&[], None, Some(known)),
            Self::Not(inner) => (std::slice::from_ref(inner), None, None),
            Self::All(inner) | Self::Any(inner) => (inner, None, None),
        }
    }
}

/// A value as a condition takes it: bare where it is one word or a whole number, in double quotes otherwise.
pub(super) fn value(text: &str) -> String {
    let is_word = |character: char| character.is_ascii_alphanumeric() || "_-./".contains(character);
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    // An address is no number, and no word either.
    let is_bare = is_number || !text.starts_with(|first: char| first.is_ascii_digit());
    if !text.is_empty() && is_bare && text.chars().all(is_word) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |formatter: &mut fmt::Formatter<'_>, parts: &[Self], word: &str| {
            formatter.write_str("(")?;
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    write!(formatter, " {word} ")?;
                }
                write!(formatter, "{part}")?;
            }
            formatter.write_str(")")
        };
        match self {
            Self::Is(field, text) => write!(formatter, "{field} = {}", value(text)),
            Self::IsNot(field, text) => write!(formatter, "{field} != {}", value(text)),
            Self::AtLeast(field, number) => write!(formatter, "{field} >= {number}"),
            Self::Contains(field, text) => write!(formatter, "{field} contains {}", value(text)),
            Self::In(field, list) => write!(formatter, "{field} in ({})", list.name),
            Self::Below(field, list) => write!(formatter, "{field} pmatch ({})", list.name),
            Self::StartsWithAny(field, list) => {
                let tests: Vec<_> = list
                    .items
                    .iter()
                    .map(|item| format!("{field} startswith {}", value(item)))
                    .collect();
                write!(formatter, "({})", tests.join(" or "))
            }
            Self::Holds(known) => formatter.write_str(known.name),
            Self::Not(inner) => write!(formatter, "not {inner}"),
            Self::All(parts) => joined(formatter, parts, "and"),
            Self::Any(parts) => joined(formatter, parts, "or"),
        }
    }
}
