//! Another reader of YAML understands every rendered file as it was meant.

use serde_json::Value;

use crate::workspace::environments;

#[test]
fn another_yaml_reader_gets_the_same_values() {
    for (name, environment) in environments().unwrap_or_else(|mistakes| panic!("{mistakes}")) {
        let objects = render::Objects::of(&name, &environment);
        for placed in objects.placed().expect("each object has its file") {
            let text = placed.manifest.yaml();
            let read: Value = serde_yaml::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", placed.path));
            assert_eq!(read, placed.manifest.value(), "{name}: {}", placed.path);
        }
    }
}

#[test]
fn a_file_is_one_document_that_begins_with_what_it_is() {
    for (name, environment) in environments().unwrap_or_else(|mistakes| panic!("{mistakes}")) {
        for placed in render::Objects::of(&name, &environment)
            .placed()
            .expect("each object has its file")
        {
            let text = placed.manifest.yaml();
            let keys: Vec<&str> = text
                .lines()
                .filter(|line| !line.starts_with([' ', '-']))
                .collect();
            let keys: Vec<&str> = keys
                .iter()
                .filter_map(|line| Some(line.split_once(':')?.0))
                .collect();
            assert_eq!(
                keys.get(..3),
                Some(&["apiVersion", "kind", "metadata"][..]),
                "{name}: {}",
                placed.path
            );
            assert!(
                text.ends_with('\n') && !text.contains("\n---"),
                "{name}: {}",
                placed.path
            );
        }
    }
}
