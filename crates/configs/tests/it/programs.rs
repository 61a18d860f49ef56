//! Running other programs in the tests that need them; those are ignored unless asked for with
//! `--ignored`.

use std::process::Command;

/// Runs a command and gives its output; a failure is the test's failure, with everything that the
/// program said.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.status.success(),
        "{command:?}: {}\n{said}",
        output.status
    );
    said
}
