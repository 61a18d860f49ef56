//! Talks to a server, by way of curl: many requests in one run of it.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are written and programs are run"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use check::read::read;
use serde_json::{Value, json};

use crate::commands::compare::server::Answer;
use crate::failure::Failure;

/// Who the objects belong to.
const MANAGER: &str = "compare-updates";

/// A request to the server.
pub(super) struct Request {
    method: &'static str,
    /// Path and query.
    address: String,
    kind: &'static str,
    body: Value,
}

impl Request {
    /// Makes an object what it should be.
    pub(super) fn apply(address: &str, body: Value) -> Self {
        let joint = if address.contains('?') { '&' } else { '?' };
        Self {
            method: "PATCH",
            address: format!(
                "{address}{joint}fieldManager={MANAGER}&force=true&fieldValidation=Strict"
            ),
            kind: "application/apply-patch+yaml",
            body,
        }
    }

    /// Puts some fields into an object.
    pub(super) fn merge(address: String, body: Value) -> Self {
        Self {
            method: "PATCH",
            address,
            kind: "application/merge-patch+json",
            body,
        }
    }

    /// Takes an object away.
    pub(super) fn delete(address: String) -> Self {
        Self {
            method: "DELETE",
            address,
            kind: "application/json",
            body: json!({"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 0}),
        }
    }

    /// Replaces a part of an object.
    pub(super) fn put(address: String, body: Value) -> Self {
        Self {
            method: "PUT",
            address,
            kind: "application/json",
            body,
        }
    }
}

/// A server and how to reach it.
pub(super) struct Server {
    address: String,
    authority: String,
    token: String,
    /// Where requests and answers are written.
    folder: PathBuf,
}

impl Server {
    /// The server of the first cluster and user of a kubeconfig.
    pub(super) fn of(kubeconfig: &Path) -> Result<Self, Failure> {
        let unread = |why: &str| Failure::new(format!("{}: {why}", kubeconfig.display()));
        let text = fs::read_to_string(kubeconfig).map_err(|error| unread(&error.to_string()))?;
        let documents = read(&text, "kubeconfig").documents;
        let config = documents
            .first()
            .ok_or_else(|| unread("it is no kubeconfig"))?;
        let part = |pointer: &str| {
            let part = config.value.pointer(pointer).and_then(Value::as_str);
            part.map(str::to_owned)
                .ok_or_else(|| unread(&format!("it has no {pointer}")))
        };
        let folder = std::env::temp_dir().join(format!("compare-updates-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| unread(&error.to_string()))?;
        Ok(Self {
            address: part("/clusters/0/cluster/server")?,
            authority: part("/clusters/0/cluster/certificate-authority")?,
            token: part("/users/0/user/token")?,
            folder,
        })
    }

    /// What the server says to each request, several at a time and in no order; nothing where it gave no answer.
    pub(super) fn ask(&self, requests: &[Request]) -> Result<Vec<Option<Answer>>, Failure> {
        let failure = |error: std::io::Error| Failure::new(format!("curl cannot be run: {error}"));
        let mut answers = Vec::new();
        for (turn, some) in requests.chunks(500).enumerate() {
            let mut config = String::new();
            for (number, request) in some.iter().enumerate() {
                // Between two requests, never behind the last one.
                config.push_str(if number == 0 { "" } else { "next\n" });
                self.write(&mut config, number, request).map_err(failure)?;
            }
            let path = self.folder.join(format!("requests-{turn}"));
            fs::write(&path, config).map_err(failure)?;
            let mut curl = Command::new("curl");
            curl.args(["--silent", "--parallel", "--parallel-max", "8", "--config"]);
            let output = curl.arg(&path).output().map_err(failure)?;
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let mut of_some: Vec<Option<Answer>> = some.iter().map(|_| None).collect();
            for line in text.lines() {
                let (code, file) = line.split_once(' ').unwrap_or((line, ""));
                let number = Path::new(file).file_stem().and_then(|stem| stem.to_str());
                let place = number.and_then(|number| number.parse::<usize>().ok());
                if let Some(answer) = place.and_then(|place| of_some.get_mut(place)) {
                    *answer = self.answer(code, file);
                }
            }
            answers.extend(of_some);
        }
        Ok(answers)
    }

    fn write(&self, config: &mut String, number: usize, request: &Request) -> std::io::Result<()> {
        let body = self.folder.join(format!("{number:06}.json"));
        fs::write(&body, request.body.to_string())?;
        let answer = self.folder.join(format!("{number:06}.answer"));
        let address = &request.address;
        // Writing to a string cannot fail.
        let _ = write!(
            config,
            "url = \"{}{address}\"\nrequest = \"{}\"\ncacert = \"{}\"\nheader = \"Authorization: Bearer {}\"\n\
             header = \"Content-Type: {}\"\ndata-binary = \"@{}\"\noutput = \"{}\"\n\
             write-out = \"%{{http_code}} %{{filename_effective}}\\n\"\n",
            self.address,
            request.method,
            self.authority,
            self.token,
            request.kind,
            body.display(),
            answer.display(),
        );
        Ok(())
    }

    fn answer(&self, code: &str, file: &str) -> Option<Answer> {
        let code: u16 = code.parse().ok()?;
        let text = fs::read_to_string(self.folder.join(file)).unwrap_or_default();
        let message = serde_json::from_str::<Value>(&text).ok()?;
        let message = message["message"].as_str().unwrap_or_default().to_owned();
        match code {
            200..=299 => Some(Answer {
                accepted: true,
                message,
            }),
            // Too many requests, or none of ours: nothing can be learnt from that.
            400 | 403 | 409 | 422 | 500 => Some(Answer {
                accepted: false,
                message,
            }),
            _ => None,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // What cannot be deleted is left in the folder for such things.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
