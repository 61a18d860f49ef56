//! What is read quickly is read as by the reader of all of YAML.

use super::documents;
use crate::read::place::Kept;
use crate::read::{Unreadable, builder};

/// What the reader of all of YAML makes of a text, and what this one does.
fn both(text: &str) -> (String, Option<String>) {
    let (parsed, fault) = builder::documents(text, 1, &mut 0);
    let parsed: Vec<_> = parsed
        .into_iter()
        .filter(|parsed| !parsed.value.is_null())
        .map(|parsed| (parsed.value, parsed.place, parsed.twice))
        .collect();
    let quick = documents::<Kept>(text, 1).map(|parsed| {
        let parsed: Vec<_> = parsed
            .into_iter()
            .map(|(value, place)| (value, place, Vec::<Unreadable>::new()))
            .collect();
        format!("{parsed:?} None")
    });
    (format!("{parsed:?} {fault:?}"), quick)
}

#[test]
fn manifests_are_read_as_by_the_reader_of_all_of_yaml() {
    for text in [
        "apiVersion: v1\nkind: A\nmetadata:\n  name: a\n  labels:\n    a.b/c: \"d e\"\nspec:\n  list:\n  - a\n  - 'b'\n  - name: c\n    port: 80\n    one: x\n",
        "# top\n---\na: 1\n\nb:\n  - x: y\n    z:\n      - 1.5\n      - -1\n---\nc: {}\nd: []\ne:\nf: ~\ng: 1e3\n",
        "data:\n  script: |\n    #!/bin/sh\n\n    if a; then\n      b\n    fi\n  other: |-\n    last\n\n  more: |\n\n    after blank\nend: true\n",
        "a:\n  b:\n  c: d   \n# comment\n  e: f\n",
        "url: https://example.com:8080/a#b\nimage: a:1\ntime: 12:30\ndash: -x\n",
        "a:\n- b: c\n  d:\n  - e\n  - f\ng: h\n",
        "a: |\n  x\nb: y\n---\nc: d",
        "a: ä – ö\n\"k v\": x\n",
        "a: 'it''s'\nb: ''''\nc: '''a'' b'''\nd: \"x\\ny\\t\\\"z\\\"\\\\\"\n",
        "a:\n- 'it''s #1, \"ready\"'\n- \"a\\\\b\"\n- ''\n- \"\"\n",
    ] {
        let (all, quick) = both(text);
        assert_eq!(quick.as_deref(), Some(all.as_str()), "{text}");
    }
}

/// The YAML files below a folder.
#[expect(clippy::disallowed_methods, reason = "the tests read what is there")]
fn files(folder: &std::path::Path, found: &mut Vec<String>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            files(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            found.extend(std::fs::read_to_string(path).ok());
        }
    }
}

#[test]
fn every_file_of_the_project_is_read_alike() {
    let project = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = Vec::new();
    for folder in ["crates/check/tests", "generated", "tests"] {
        files(&project.join(folder), &mut texts);
    }
    let mut quickly = 0;
    for text in &texts {
        let (all, quick) = both(text);
        quickly += usize::from(quick.is_some());
        assert!(quick.is_none_or(|quick| quick == all), "{text}");
    }
    // It would be no help if it read but few.
    assert!(quickly * 2 > texts.len(), "{quickly} of {}", texts.len());
}

#[test]
fn what_is_not_sure_is_left_to_the_other_reader() {
    for text in [
        "a: &x 1\nb: *x\n",
        "a: b\n  c\n",
        "a: [1, 2]\n",
        "a: b # c\n",
        "a: \"\\x41\"\n",
        "a: \"x\\\"\n",
        "a: \"x\\",
        "a: 'b' # 'c'\n",
        "a: 'b' 'c'\n",
        "a: 'b'c'\n",
        "a: '''\n",
        "a: '\n",
        "a: \"b\" # \"c\"\n",
        "a: 'b' # ''\n",
        "a: \"b\\\" # \\\"\"\n",
        "a: 1\na: 2\n",
        "a: \"x\\n\"\n",
        "a: >\n  folded\n",
        "a:\tb\n",
        "1: a\n",
        "yes: a\n",
        "- a\n",
        "a: b: c\n",
        "a:\n  - - b\n",
        "a:\n  -\n    b: c\n",
        "a: !!str 1\n",
        "a: .inf\n",
        "  a: b\n",
        "a: |2\n    x\n",
        "a: b\n c: d\n",
        "a:\n    b: c\n  d: e\n",
        "--- a\n",
        "a: b\n...\n",
        "? a\n: b\n",
        "a: \"b\n  c\"\n",
        "a: @b\n",
        "<<: a\n",
    ] {
        let (all, quick) = both(text);
        assert!(quick.is_none_or(|quick| quick == all), "{text}");
    }
}
