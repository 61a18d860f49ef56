//! The registry's cleanup policies, and the scan of images, whose script runs here with a scanner that only answers.

#![expect(
    clippy::disallowed_methods,
    reason = "the script is run in a folder of its own"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use configs::FilePath;
use configs::registry::{CleanupPolicies, FINDINGS_TEMPLATE, FOUND, ImageScan, Kept, image_list};
use names::{Duration, ImageReference};

use crate::snapshots;

fn images() -> Vec<ImageReference> {
    [
        "europe-west4-docker.pkg.dev/example/shop/basket:v1.2.0",
        "europe-west4-docker.pkg.dev/example/shop/till:v0.9.1",
    ]
    .map(|image| image.parse().unwrap())
    .to_vec()
}

const KEPT: Kept = Kept {
    untagged: Duration::days(7),
    unused: Duration::days(30),
    newest: 10,
};

#[test]
fn images_are_deleted_by_age_but_not_while_they_are_used() {
    snapshots().bind(|| {
        insta::assert_snapshot!(
            "registry__cleanup_policies",
            CleanupPolicies::new(KEPT, &images()).to_text()
        );
    });
}

#[test]
fn a_repository_without_an_image_in_use_keeps_none_by_name() {
    let text = CleanupPolicies::new(KEPT, []).to_text();
    assert!(!text.contains("keep-in-use"), "{text}");
}

fn scan(directory: &Path, unfixed: bool) -> ImageScan {
    let file =
        |name: &str| -> FilePath { format!("{}/{name}", directory.display()).parse().unwrap() };
    ImageScan::new(
        &file("images"),
        &file("findings.tpl"),
        ["HIGH", "CRITICAL"],
        unfixed,
        Duration::minutes(15),
    )
}

#[test]
fn the_script_and_the_form_of_its_findings() {
    let script = scan(Path::new("/etc/image-scan"), false).script();
    snapshots().bind(|| {
        insta::assert_snapshot!("registry__scan", script);
    });
    assert!(
        !scan(Path::new("/etc/image-scan"), true)
            .script()
            .contains("--ignore-unfixed")
    );
    assert_eq!(FINDINGS_TEMPLATE.matches("toJson").count(), 1);
}

/// Runs the script with a scanner that ends as the image's tag says, and gives what it wrote and its status.
fn run(tags: &[&str]) -> (String, Option<i32>) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    let scanner = path.join("trivy");
    fs::write(
        &scanner,
        "#!/bin/sh\nfor last; do :; done\ncase $last in *:vulnerable) exit 10 ;; *:broken) exit 1 ;; esac\n",
    )
    .unwrap();
    fs::set_permissions(&scanner, fs::Permissions::from_mode(0o755)).unwrap();
    let list: Vec<ImageReference> = tags
        .iter()
        .map(|tag| {
            format!("registry.example.com/shop/basket:{tag}")
                .parse()
                .unwrap()
        })
        .collect();
    fs::write(path.join("images"), image_list(&list)).unwrap();
    let script = path.join("scan.sh");
    fs::write(&script, scan(path, false).script()).unwrap();
    let output = Command::new("/bin/sh")
        .arg(&script)
        .env("PATH", format!("{}:/usr/bin:/bin", path.display()))
        .output()
        .unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        output.status.code(),
    )
}

#[test]
fn a_scan_of_sound_images_succeeds() {
    let (said, status) = run(&["sound"]);
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(
        said,
        "{\"event\":\"scan\",\"images\":1,\"vulnerable\":0,\"failed\":0}\n"
    );
}

#[test]
fn a_vulnerable_image_fails_the_scan_after_all_were_looked_at() {
    let (said, status) = run(&["sound", "vulnerable", "worse"]);
    assert_eq!(status, Some(FOUND), "{said}");
    assert!(
        said.contains("basket:vulnerable\",\"result\":\"vulnerable\""),
        "{said}"
    );
    assert!(
        said.ends_with("{\"event\":\"scan\",\"images\":3,\"vulnerable\":1,\"failed\":0}\n"),
        "{said}"
    );
}

#[test]
fn an_image_that_cannot_be_scanned_asks_for_another_attempt() {
    let (said, status) = run(&["broken", "vulnerable"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("\"result\":\"not scanned\",\"status\":1"),
        "{said}"
    );
}
