//! The texts that have no structured format, chiefly shell scripts: minijinja templates, each with
//! its own context type.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use crate::checkpoints;
use crate::elasticsearch;
use crate::pgbouncer;
use crate::postgres::{accounts, archive, scripts};
use crate::{registry, runbook, valkey};

/// The context of one template: what the template may ask for, and nothing else.
pub trait Template: Serialize {
    /// The template's file below `templates/`.
    const PATH: &'static str;
    /// The template's text.
    const SOURCE: &'static str;
}

/// Says which template a context type is for, by the path of its file below `templates/`.
macro_rules! template {
    ($context:ty, $path:literal) => {
        impl crate::templates::Template for $context {
            const PATH: &'static str = $path;
            const SOURCE: &'static str = include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../templates/",
                $path
            ));
        }
    };
}
pub(crate) use template;

/// The files below `templates/`, each with a context type in this crate.
pub const PATHS: &[&str] = &[
    elasticsearch::Script::PATH,
    elasticsearch::Start::PATH,
    elasticsearch::Stop::PATH,
    scripts::Start::PATH,
    scripts::Initialize::PATH,
    scripts::Credentials::PATH,
    scripts::Readiness::PATH,
    scripts::Liveness::PATH,
    accounts::Upkeep::PATH,
    archive::Archive::PATH,
    archive::FetchLog::PATH,
    archive::FetchBase::PATH,
    archive::Recover::PATH,
    archive::Backup::PATH,
    archive::Restore::PATH,
    archive::RestoreTest::PATH,
    pgbouncer::scripts::Start::PATH,
    pgbouncer::scripts::Stop::PATH,
    valkey::scripts::Start::PATH,
    valkey::scripts::Ping::PATH,
    checkpoints::Download::PATH,
    checkpoints::Cluster::PATH,
    checkpoints::Upload::PATH,
    crate::nginx::Snippet::PATH,
    registry::ImageScan::PATH,
    runbook::Overview::PATH,
    runbook::Maintenance::PATH,
    runbook::Services::PATH,
    runbook::Failover::PATH,
    runbook::Restore::PATH,
    runbook::Troubleshooting::PATH,
    runbook::Alerts::PATH,
    runbook::Database::PATH,
    runbook::Coordination::PATH,
    runbook::Checkpoints::PATH,
    runbook::Tenants::PATH,
];

/// A template that does not fit its context.
#[derive(Debug, thiserror::Error)]
#[error("failed to render template {path}")]
pub struct TemplateError {
    /// The template's file below `templates/`.
    pub path: &'static str,
    /// What minijinja found, with the line.
    #[source]
    pub source: minijinja::Error,
}

/// The text of a template. Asking for something that the context does not have is an error, and
/// nothing is escaped.
pub fn render<T: Template>(context: &T) -> Result<String, TemplateError> {
    environment()
        .and_then(|environment| environment.render_named_str(T::PATH, T::SOURCE, Serde(context)))
        .map_err(|source| TemplateError {
            path: T::PATH,
            source,
        })
}

/// The text of a shell script. A template that does not fit its context gives a script that says so
/// and fails, so that the caller needs no error of its own for what the tests of this crate
/// exclude: they render every template, with every branch of it.
pub fn shell_script<T: Template>(context: &T) -> String {
    render(context).unwrap_or_else(|error| {
        let reason = format!("{error}: {}", error.source);
        format!("#!/bin/sh\necho {} >&2\nexit 1\n", quoted(&reason))
    })
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let syntax = SyntaxConfig::builder()
        .keep_trailing_newline(true)
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()?;
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_syntax(syntax);
    environment.add_filter("quote", |text: &str| quoted(text));
    Ok(environment)
}

/// The text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::{Template, quoted, render, shell_script};

    #[derive(Serialize)]
    struct Greeting {
        name: &'static str,
    }

    impl Template for Greeting {
        const PATH: &'static str = "greeting.sh";
        const SOURCE: &'static str = "{% if name %}\necho {{ name | quote }}\n{% endif %}\n";
    }

    #[derive(Serialize)]
    struct Nothing {}

    impl Template for Nothing {
        const PATH: &'static str = "nothing.sh";
        const SOURCE: &'static str = "first\necho {{ nmae }}\n";
    }

    #[test]
    fn values_are_quoted_for_the_shell_and_the_last_line_ends() {
        assert_eq!(
            render(&Greeting { name: "it's <b>" }).unwrap(),
            "echo 'it'\\''s <b>'\n"
        );
    }

    #[test]
    fn an_unknown_variable_is_an_error_with_file_and_line() {
        let error = render(&Nothing {}).unwrap_err();
        assert_eq!(error.to_string(), "failed to render template nothing.sh");
        assert!(
            error.source.to_string().contains("nothing.sh:2"),
            "{}",
            error.source
        );
    }

    #[test]
    fn a_script_that_cannot_be_rendered_fails_when_it_runs() {
        let script = shell_script(&Nothing {});
        assert!(script.ends_with(" >&2\nexit 1\n"), "{script}");
        assert!(
            script.contains("failed to render template nothing.sh"),
            "{script}"
        );
    }

    #[test]
    fn quoting_keeps_one_word() {
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("a b$c"), "'a b$c'");
    }
}
