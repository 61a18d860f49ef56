//! Questions to the API server of the current context, through `kubectl proxy` on a socket that nobody else can open.
//!
//! There are two questions, and neither changes anything: reading, and a patch as a dry run.

#![expect(
    clippy::disallowed_methods,
    reason = "the socket is a file that has to go again"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value as Json;

use crate::failure::Failure;

/// A running `kubectl proxy`.
pub(super) struct Proxy {
    child: Child,
    folder: PathBuf,
}

/// An answer of the server.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Json,
}

impl Answer {
    /// Whether the server did as asked.
    pub(super) fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What the server says where it did not.
    pub(super) fn message(&self) -> String {
        let message = self.body.get("message").and_then(Json::as_str);
        message.map_or_else(|| format!("status {}", self.status), str::to_owned)
    }
}

/// How a patch is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patch {
    /// The whole object, of which the server merges what it says.
    Apply,
    /// The fields that differ, those to remove as nulls.
    Merge,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(self.socket());
        let _ = std::fs::remove_dir(&self.folder);
    }
}

impl Proxy {
    /// Starts it.
    pub(super) fn start() -> Result<Self, Failure> {
        let failed = |what: String| Failure::new(format!("kubectl proxy: {what}"));
        let folder = std::env::temp_dir().join(format!("review-{}", std::process::id()));
        private_folder(&folder).map_err(|error| failed(error.to_string()))?;
        let socket = folder.join("socket");
        let mut child = Command::new("kubectl")
            .arg("proxy")
            .arg(format!("--unix-socket={}", socket.display()))
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| failed(error.to_string()))?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            // It says a line when it listens.
            let _ = BufReader::new(stdout).read_line(&mut line);
        }
        let proxy = Self { child, folder };
        if line.is_empty() {
            return Err(failed(
                "it did not start; is there a current context?".to_owned(),
            ));
        }
        Ok(proxy)
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    /// Reads an object or a list.
    pub(super) fn get(&self, path: &str) -> Result<Answer, Failure> {
        self.send("GET", path, "application/json", "")
    }

    /// What a patch would make of an object.
    pub(super) fn dry_run(&self, path: &str, how: Patch, body: &Json) -> Result<Answer, Failure> {
        let (content, rest) = match how {
            Patch::Apply => (
                "application/apply-patch+yaml",
                "&fieldManager=argocd-controller&force=true",
            ),
            Patch::Merge => (
                "application/merge-patch+json",
                "&fieldManager=argocd-controller",
            ),
        };
        self.send(
            "PATCH",
            &format!("{path}?dryRun=All{rest}"),
            content,
            &body.to_string(),
        )
    }

    fn send(&self, method: &str, path: &str, content: &str, body: &str) -> Result<Answer, Failure> {
        let failed = |what: String| Failure::new(format!("{method} {path}: {what}"));
        let asked = || -> std::io::Result<Vec<u8>> {
            let mut stream = UnixStream::connect(self.socket())?;
            // HTTP 1.0: the answer ends where the connection does.
            write!(
                stream,
                "{method} {path} HTTP/1.0\r\nHost: localhost\r\nAccept: application/json\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            Ok(answer)
        };
        let answer = asked().map_err(|error| failed(error.to_string()))?;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .ok_or_else(|| failed("no answer".to_owned()))?;
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Ok(Answer {
            status: status.ok_or_else(|| failed("no status".to_owned()))?,
            body: serde_json::from_str(body).unwrap_or_default(),
        })
    }
}

fn private_folder(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(folder)
}
