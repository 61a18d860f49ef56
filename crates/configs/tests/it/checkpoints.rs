//! The scripts that copy what vertical scaling has learnt: shellcheck, and their work against a real API server.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests hand files to other programs"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use configs::FilePath;
use configs::checkpoints::{Recommender, Scripts};
use names::{Duration, NamespaceName, WorkloadName, name};

use crate::programs::run;
use crate::snapshots;

fn scripts(root: &Path, remotes: Vec<String>) -> Scripts {
    let path = |name: &str| -> FilePath { root.join(name).to_str().unwrap().parse().unwrap() };
    Scripts {
        remotes,
        keep: Duration::days(1),
        work_directory: path("work"),
        point_in_time_file: path("restore/pointInTime"),
        recommender: Recommender {
            namespace: name!(NamespaceName, "kube-system"),
            name: name!(WorkloadName, "recommender-of-the-round-trip"),
        },
    }
}

#[test]
fn scripts_are_as_reviewed() {
    let remotes = ["one", "two"]
        .map(|account| format!(":azureblob,account={account},env_auth=true:checkpoints/shop"));
    snapshots().bind(|| {
        for (key, text) in scripts(Path::new("/volumes"), remotes.into()).files() {
            let name = key.as_str().replace('.', "_");
            insta::assert_snapshot!(format!("checkpoints__{name}"), text);
        }
    });
}

fn written(root: &Path) {
    let remotes = ["one", "two"].map(|name| format!(":local:{}", root.join(name).display()));
    let folder = root.join("scripts");
    fs::create_dir_all(&folder).unwrap();
    fs::create_dir_all(root.join("restore")).unwrap();
    for (key, text) in scripts(root, remotes.into()).files() {
        fs::write(folder.join(key.as_str()), text).unwrap();
    }
}

#[test]
#[ignore = "needs shellcheck"]
fn scripts_have_no_findings() {
    let root = tempfile::tempdir().unwrap();
    written(root.path());
    for key in [Scripts::DOWNLOAD, Scripts::CLUSTER, Scripts::UPLOAD] {
        run(Command::new("shellcheck").arg(root.path().join("scripts").join(key.as_str())));
    }
}

/// Named so that those who have no server leave it out: `--skip api_server`.
#[test]
#[ignore = "needs an API server in KUBECONFIG, kubectl, jq and rclone"]
fn api_server_gets_back_what_was_backed_up() {
    let root = tempfile::tempdir().unwrap();
    written(root.path());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checkpoints/round_trip.sh");
    let said = run(Command::new("bash").arg(script).arg(root.path()));
    assert!(said.contains("all is well\n"), "{said}");
}
