//! Facts out of upstream documents: what they say about values is kept, what they say to people is
//! not.

#![cfg_attr(
    not(feature = "import"),
    expect(
        dead_code,
        reason = "definitions have fewer problems than other documents"
    )
)]

#[cfg(feature = "import")]
pub(crate) mod core_types;
pub(crate) mod custom_resource;
#[cfg(feature = "import")]
pub(crate) mod json_schema;
pub(crate) mod node;
#[cfg(feature = "import")]
pub(crate) mod openapi;
#[cfg(feature = "import")]
pub(crate) mod openapi_v2;
#[cfg(feature = "import")]
pub(crate) mod openapi_v3;

use std::fmt;

/// Why no facts can be taken from a document, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place, outermost name first.
    at: Vec<String>,
    what: What,
}

/// What is wrong at the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum What {
    #[error("`{keyword}` is missing")]
    Missing { keyword: String },
    #[error("`{keyword}` should be {expected}")]
    WrongShape {
        keyword: String,
        expected: &'static str,
    },
    #[error("keyword `{keyword}` is not known, so what it demands would be lost")]
    UnknownKeyword { keyword: String },
    #[error("version {version} has no schema (`schema.openAPIV3Schema`)")]
    NoSchema { version: String },
    #[error("no version is served")]
    NothingServed,
    #[error("the CustomResourceDefinition is {found}, only apiextensions.k8s.io/v1 is read")]
    OldDefinition { found: String },
    #[error("definition {name} is referred to, but not there")]
    NoDefinition { name: String },
}

impl Problem {
    fn new(what: What) -> Self {
        Self {
            at: Vec::new(),
            what,
        }
    }

    pub(crate) fn missing(keyword: &str) -> Self {
        Self::new(What::Missing {
            keyword: keyword.to_owned(),
        })
    }

    pub(crate) fn wrong_shape(keyword: &str, expected: &'static str) -> Self {
        Self::new(What::WrongShape {
            keyword: keyword.to_owned(),
            expected,
        })
    }

    pub(crate) fn unknown_keyword(keyword: &str) -> Self {
        Self::new(What::UnknownKeyword {
            keyword: keyword.to_owned(),
        })
    }

    pub(crate) fn no_schema(version: &str) -> Self {
        Self::new(What::NoSchema {
            version: version.to_owned(),
        })
    }

    pub(crate) fn nothing_served() -> Self {
        Self::new(What::NothingServed)
    }

    pub(crate) fn old_definition(found: &str) -> Self {
        Self::new(What::OldDefinition {
            found: found.to_owned(),
        })
    }

    pub(crate) fn no_definition(name: &str) -> Self {
        Self::new(What::NoDefinition {
            name: name.to_owned(),
        })
    }

    /// The same problem, seen from one step further out.
    pub(crate) fn inside(mut self, name: &str) -> Self {
        self.at.insert(0, name.to_owned());
        self
    }
}

/// Whether the text is made of letters, digits and `-`, with single dots between: what names of
/// groups, versions, kinds and definitions are made of. They become names of files and heads of
/// lines, so nothing else may be in them.
pub(crate) fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.split('.').all(is_label)
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.at.is_empty() {
            write!(formatter, "at {}: ", self.at.join("."))?;
        }
        self.what.fmt(formatter)
    }
}

impl std::error::Error for Problem {}
