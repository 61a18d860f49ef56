//! Absolute paths inside a container or on a node.

use std::borrow::Cow;

use names::DataKey;

use crate::text::text_type;

text_type! {
    /// An absolute path of harmless characters, so that it means the same in every file format, in a
    /// shell and in a connection string.
    FilePath, "path", is_path,
    "an absolute path of letters, digits and `._@+-`, without `//`, `.`, `..` and a slash at the end",
    "/var/lib/postgresql/data"
}

impl FilePath {
    /// The file that a key of a mounted ConfigMap or Secret becomes below this directory.
    pub fn file(&self, key: &DataKey) -> Self {
        Self(Cow::Owned(format!("{self}/{key}")))
    }

    /// The entry of this directory with the name of a literal, which must be a path when a slash
    /// stands before it.
    pub fn join(&self, name: &'static str) -> Self {
        debug_assert!(is_path(format!("/{name}").as_bytes()), "not a path: {name}");
        Self(Cow::Owned(format!("{self}/{name}")))
    }
}

/// Whether every segment after the leading slash is a plain name.
const fn is_path(path: &[u8]) -> bool {
    if path.len() < 2 || path[0] != b'/' || path[path.len() - 1] == b'/' {
        return false;
    }
    let mut segment = 1;
    let mut at = 1;
    while at <= path.len() {
        if at == path.len() || path[at] == b'/' {
            let length = at - segment;
            if length == 0
                || (path[segment] == b'.'
                    && (length == 1 || (length == 2 && path[segment + 1] == b'.')))
            {
                return false;
            }
            segment = at + 1;
        } else if !(path[at].is_ascii_alphanumeric()
            || matches!(path[at], b'.' | b'_' | b'@' | b'+' | b'-'))
        {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::FilePath;

    #[test]
    fn plain_absolute_paths_are_accepted() {
        for path in [
            "/a",
            "/var/lib/postgresql/data",
            "/etc/tls..d/ca.crt",
            "/a/.hidden",
            "/run/secrets/..data",
        ] {
            assert_eq!(
                path.parse::<FilePath>().map(|path| path.to_string()),
                Ok(path.to_owned())
            );
        }
    }

    #[test]
    fn everything_that_a_shell_or_a_reader_could_take_for_something_else_is_refused() {
        for path in [
            "", "/", "a", "a/b", "/a/", "/a//b", "/a/../b", "/a/.", "/a b", "/a'b", "/a$b", "/ä",
            "/a\n", "/a:b", "/a*",
        ] {
            assert!(path.parse::<FilePath>().is_err(), "{path:?}");
        }
    }
}
