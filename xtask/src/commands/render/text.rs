//! The answers of `render` for people.

use render::{Drift, Refusal, Summary, WriteError};

use super::answer::{Answer, Done};
use crate::output::line;
use crate::terminal::Paint;

/// How many paths a list names.
const NAMED: usize = 12;

/// What is wrong, for standard error; empty where nothing is.
pub(super) fn problems(answer: &Answer, folder: &str, paint: Paint) -> String {
    let untouched = format!("{folder} was not touched\n");
    match &answer.done {
        Done::Invalid(diagnostics) => {
            format!(
                "{}\n{}; {untouched}",
                diagnostics.render(paint.coloured).trim_end(),
                diagnostics.summary()
            )
        }
        Done::Refused(Refusal::Findings(report)) => {
            let findings = check::text::render(report, paint.coloured);
            format!(
                "{}\n{}; {untouched}",
                findings.trim_end(),
                check::text::summary(report)
            )
        }
        Done::Refused(Refusal::Clashes(clashes)) => {
            let mut lines = String::new();
            for clash in clashes {
                line(&mut lines, &format!("{}: {clash}", paint.red("error")));
            }
            format!("{lines}{untouched}")
        }
        Done::NotWritten(error) => format!("{}{untouched}", write_error(error, paint)),
        Done::Streamed(rendered) | Done::Compared(rendered, _) | Done::Written(rendered, _) => {
            if rendered.report().is_clean() {
                String::new()
            } else {
                check::text::render(rendered.report(), paint.coloured)
            }
        }
    }
}

fn write_error(error: &WriteError, paint: Paint) -> String {
    let help = error
        .help()
        .map(|help| format!("  = help: {help}\n"))
        .unwrap_or_default();
    format!("{}: {error}\n{help}", paint.red("error"))
}

/// What was rendered and what came of it, for standard output.
pub(super) fn summary(answer: &Answer, folder: &str, width: usize, paint: Paint) -> String {
    let Some(rendered) = answer.rendered() else {
        return String::new();
    };
    let name = paint.bold(&format!("{:width$}", answer.name));
    let applications = plural(rendered.applications(), "application");
    let mut text = format!(
        "   {name}  {applications}, {}\n",
        check::text::summary(rendered.report())
    );
    match &answer.done {
        Done::Compared(_, drift) => push_drift(&mut text, drift, &answer.name, folder, paint),
        Done::Written(_, summary) => push_summary(&mut text, summary, folder, paint),
        Done::Streamed(_) | Done::Invalid(_) | Done::Refused(_) | Done::NotWritten(_) => {}
    }
    text
}

fn push_summary(text: &mut String, summary: &Summary, folder: &str, paint: Paint) {
    if summary.is_up_to_date() {
        line(text, &format!("   {folder} is up to date"));
    } else {
        let counts = [
            (&summary.added, "added"),
            (&summary.changed, "changed"),
            (&summary.removed, "removed"),
        ];
        line(text, &format!("   {folder}: {}", counted(&counts)));
        let marked = [
            (&summary.added, paint.green("+")),
            (&summary.changed, paint.yellow("~")),
            (&summary.removed, paint.red("-")),
        ];
        // Of a tree that was not there, the number says it all.
        if summary.added.len() < summary.files {
            push_names(text, &marked);
        }
    }
    if summary.resumed {
        line(
            text,
            "   an earlier run had been stopped half-way; this one finished its work",
        );
    }
    push_note(
        text,
        &summary.edited_by_hand,
        "edited by hand, rendered again:",
    );
    push_note(text, &summary.foreign, "not made by a render, left alone:");
}

fn push_drift(text: &mut String, drift: &Drift, name: &str, folder: &str, paint: Paint) {
    if drift.is_none() {
        return line(text, &format!("   {folder} is up to date"));
    }
    let counts = [
        (&drift.missing, "missing"),
        (&drift.changed, "changed"),
        (&drift.orphaned, "orphaned"),
        (&drift.foreign, "not rendered"),
    ];
    let told = if drift.half_way {
        "a stopped run left it half-way".to_owned()
    } else {
        counted(&counts)
    };
    line(
        text,
        &format!("   {folder} is not what {name} renders to: {told}"),
    );
    let marked = [
        (&drift.missing, paint.red("missing ")),
        (&drift.changed, paint.yellow("changed ")),
        (&drift.orphaned, paint.red("orphaned")),
        (&drift.foreign, paint.red("foreign ")),
    ];
    push_names(text, &marked);
    let removal = if drift.foreign.is_empty() {
        ""
    } else {
        ", after moving the foreign files out of the folder"
    };
    line(
        text,
        &format!("   run `cargo xtask render {name}`{removal}"),
    );
}

/// The first paths of some lists, each with the mark of its list.
fn push_names(text: &mut String, lists: &[(&Vec<String>, String)]) {
    let all = lists
        .iter()
        .flat_map(|(paths, mark)| paths.iter().map(move |path| (mark, path)));
    for (mark, path) in all.clone().take(NAMED) {
        line(text, &format!("     {mark} {path}"));
    }
    if let Some(more) = all.count().checked_sub(NAMED).filter(|more| *more > 0) {
        line(text, &format!("     … and {more} more"));
    }
}

fn push_note(text: &mut String, paths: &[String], what: &str) {
    if let Some(first) = paths.first() {
        let more = if paths.len() > 1 {
            format!(" and {} more", paths.len() - 1)
        } else {
            String::new()
        };
        line(text, &format!("   {what} {first}{more}"));
    }
}

/// `3 added, 1 changed`: the lists that are not empty.
fn counted(lists: &[(&Vec<String>, &str)]) -> String {
    let parts = lists.iter().filter(|(paths, _)| !paths.is_empty());
    let parts: Vec<String> = parts
        .map(|(paths, what)| format!("{} {what}", paths.len()))
        .collect();
    if parts.is_empty() {
        "nothing to change".to_owned()
    } else {
        parts.join(", ")
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Paint = Paint { coloured: false };

    fn paths(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn assert_text(snapshot: &str, text: &str) {
        insta::with_settings!({ prepend_module_to_snapshot => false }, { insta::assert_snapshot!(snapshot, text); });
    }

    #[test]
    fn a_summary_says_what_changed() {
        let summary = Summary {
            files: 9,
            added: paths(&["apps/web/a.yaml"]),
            changed: paths(&["apps/web/b.yaml", "apps/web/c.yaml"]),
            removed: Vec::new(),
            edited_by_hand: paths(&["apps/web/c.yaml"]),
            foreign: paths(&["notes.txt", "todo.txt"]),
            resumed: true,
        };
        let mut text = String::new();
        push_summary(&mut text, &summary, "generated/prod", PLAIN);
        assert_text("render_summary", &text);
    }

    #[test]
    fn a_long_list_is_cut() {
        let added = (0..40).map(|number| format!("{number}.yaml")).collect();
        let mut text = String::new();
        push_summary(
            &mut text,
            &Summary {
                added,
                files: 50,
                ..Summary::default()
            },
            "generated/prod",
            PLAIN,
        );
        assert_eq!(text.lines().count(), 1 + NAMED + 1);
        assert!(text.ends_with("… and 28 more\n"), "{text}");
    }

    #[test]
    fn a_tree_that_was_not_there_is_counted_and_not_listed() {
        let summary = Summary {
            files: 2,
            added: paths(&["a.yaml", "b.yaml"]),
            ..Summary::default()
        };
        let mut text = String::new();
        push_summary(&mut text, &summary, "generated/prod", PLAIN);
        assert_eq!(text, "   generated/prod: 2 added\n");
    }

    #[test]
    fn a_tree_that_is_right_is_said_to_be_in_one_line() {
        let mut text = String::new();
        push_summary(&mut text, &Summary::default(), "generated/prod", PLAIN);
        push_drift(
            &mut text,
            &Drift::default(),
            "prod",
            "generated/prod",
            PLAIN,
        );
        assert_eq!(
            text,
            "   generated/prod is up to date\n   generated/prod is up to date\n"
        );
    }

    #[test]
    fn drift_ends_with_the_command_to_run() {
        let drift = Drift {
            missing: paths(&["apps/web/a.yaml"]),
            changed: paths(&["ledger.json"]),
            orphaned: paths(&["apps/old/b.yaml"]),
            foreign: paths(&["apps/web/by-hand.yaml"]),
            half_way: false,
        };
        let mut text = String::new();
        push_drift(&mut text, &drift, "prod", "generated/prod", PLAIN);
        assert_text("render_drift", &text);
    }
}
