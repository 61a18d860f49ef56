//! Directives of nginx for the ingress controller, which has no setting of its own for them.

use names::{Bytes, Duration, PathPrefix};
use serde::Serialize;

use crate::templates::{TemplateError, render, template};

/// What the ingress controller keeps of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticCache {
    /// The most that is kept on disk.
    pub size: Bytes,
    /// How long an answer is kept that nobody asks for.
    pub keep: Duration,
    /// The paths whose answers are kept, each with everything below it.
    pub paths: Vec<PathPrefix>,
}

/// The context of the snippet.
#[derive(Debug, Serialize)]
pub(crate) struct Snippet {
    size: u64,
    keep: u64,
    paths: Vec<String>,
}

template!(Snippet, "ingress/static-cache.conf");

impl StaticCache {
    /// The directives of the `http` block; a template that does not fit its context, which the tests of this crate
    /// exclude, gives a text that nginx refuses with the reason in it.
    pub fn http_snippet(&self) -> String {
        self.render()
            .unwrap_or_else(|error| format!("template_does_not_fit \"{error}\";\n"))
    }

    fn render(&self) -> Result<String, TemplateError> {
        render(&Snippet {
            size: self.size.as_mebi().max(1),
            keep: self.keep.as_seconds(),
            paths: self.paths.iter().map(literal).collect(),
        })
    }
}

/// The path as a regular expression that matches nothing else; what a path may hold beside letters and digits is
/// escaped.
fn literal(path: &PathPrefix) -> String {
    let mut text = String::new();
    for character in path.as_str().trim_end_matches('/').chars() {
        if !(character.is_ascii_alphanumeric() || matches!(character, '/' | '_' | '-')) {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use names::{Bytes, Duration, PathPrefix, name};

    use super::{StaticCache, literal};

    #[test]
    fn the_template_fits() {
        let cache = StaticCache {
            size: Bytes::gibi(1),
            keep: Duration::days(7),
            paths: vec![name!(PathPrefix, "/static")],
        };
        assert!(cache.render().is_ok());
    }

    #[test]
    fn a_path_stands_for_itself() {
        assert_eq!(literal(&name!(PathPrefix, "/a.b/_next")), "/a\\.b/_next");
    }
}
