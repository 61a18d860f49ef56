//! The ingress controller's cache: the snippet as a snapshot, and nginx itself, which accepts it.

#![expect(
    clippy::disallowed_methods,
    reason = "nginx reads its configuration from a file"
)]

use std::fs;
use std::process::Command;

use configs::nginx::StaticCache;
use names::{Bytes, Duration, PathPrefix, name};

use crate::programs::run;
use crate::snapshots;

fn cache() -> StaticCache {
    StaticCache {
        size: Bytes::gibi(2),
        keep: Duration::days(7),
        paths: vec![
            name!(PathPrefix, "/_next/static"),
            name!(PathPrefix, "/img.v2"),
        ],
    }
}

#[test]
fn snippet_of_two_paths() {
    snapshots().bind(|| insta::assert_snapshot!("ingress_static_cache", cache().http_snippet()));
}

#[test]
#[ignore = "needs nginx"]
fn nginx_accepts_the_snippet() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().to_str().unwrap();
    let snippet = cache().http_snippet().replace("/var/cache/nginx", root);
    let text = format!(
        "pid {root}/nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{snippet}\nserver {{\nlisten 127.0.0.1:18943;\nlocation / {{ proxy_pass http://127.0.0.1:9; }}\n}}\n}}\n"
    );
    let path = directory.path().join("nginx.conf");
    fs::write(&path, text).unwrap();
    let log = format!("{root}/error.log");
    run(Command::new("nginx")
        .args(["-t", "-e", &log, "-p", root, "-c"])
        .arg(&path));
}
