//! The corpus before a real API server: what it does with each change, compared with what the review said.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use schemas::{Scope, Store};
use serde_json::{Value as Json, json};

use crate::corpus::{Case, cases, verdict};
use crate::mutation;

/// `kubectl proxy`, which spares the test from certificates.
struct Server {
    proxy: Child,
    address: String,
    /// What was made, in the order in which it was made.
    made: Vec<String>,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop_made(self);
        let _ = self.proxy.kill();
        let _ = self.proxy.wait();
    }
}

impl Server {
    fn start() -> Self {
        let mut proxy = Command::new("kubectl")
            .args(["proxy", "--port=0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("kubectl runs");
        let mut line = String::new();
        let stdout = proxy.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let address = line.trim().rsplit(' ').next().unwrap().to_owned();
        Self {
            proxy,
            address,
            made: Vec::new(),
        }
    }

    /// The status and the body of an answer.
    fn send(&self, method: &str, path: &str, content: &str, body: &Json) -> (u16, Json) {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.0\r\nHost: {}\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap_or_default())
    }

    fn apply(&mut self, object: &Json, namespace: &str) -> (u16, Json) {
        let (path, object) = placed(object, namespace);
        if !self.made.contains(&path) {
            self.made.push(path.clone());
        }
        let url = format!("{path}?fieldManager=review&force=true");
        self.send("PATCH", &url, "application/apply-patch+yaml", &object)
    }
}

/// The path of an object, and the object in its namespace.
fn placed(object: &Json, namespace: &str) -> (String, Json) {
    let text = |pointer: &str| object.pointer(pointer).and_then(Json::as_str).unwrap();
    let api_version = text("/apiVersion");
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    let kind = Store::embedded()
        .kind("1.35", group, version, text("/kind"))
        .unwrap();
    let root = if group.is_empty() { "/api/" } else { "/apis/" };
    let mut object = object.clone();
    let place = match kind.scope {
        Scope::Cluster => String::new(),
        Scope::Namespaced => {
            object["metadata"]["namespace"] = json!(namespace);
            format!("/namespaces/{namespace}")
        }
    };
    let path = format!(
        "{root}{api_version}{place}/{}/{}",
        kind.plural,
        text("/metadata/name")
    );
    (path, object)
}

/// Whether anything is known of the kind of an object.
fn is_served(object: &Json) -> bool {
    let text = |name: &str| object[name].as_str().unwrap_or_default();
    let (group, version) = text("apiVersion")
        .split_once('/')
        .unwrap_or(("", text("apiVersion")));
    Store::embedded()
        .kind("1.35", group, version, text("kind"))
        .is_some()
}

/// What stays of an object when all is taken away that the server counts and dates.
fn content(object: &Json) -> Json {
    let mut object = object.clone();
    object["status"].take();
    if let Some(metadata) = object["metadata"].as_object_mut() {
        for field in [
            "managedFields",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "uid",
        ] {
            metadata.remove(field);
        }
    }
    object
}

fn template(object: &Json) -> Json {
    let template = object.pointer("/spec/template");
    template
        .filter(|template| template.pointer("/spec/containers").is_some())
        .or_else(|| object.pointer("/spec/containers"))
        .cloned()
        .unwrap_or_default()
}

/// What the server does with a case; `None` where it is as the review says.
fn disagreement(server: &mut Server, case: &Case, namespace: &str) -> Option<String> {
    let space = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
    server.apply(&space, namespace);
    for object in &case.around {
        server.apply(object, namespace);
    }
    let (status, before) = server.apply(&case.before, namespace);
    if !(200..300).contains(&status) {
        return Some(format!(
            "the server refuses the base: {status} {}",
            before["message"]
        ));
    }
    if case.before["kind"] == "PersistentVolumeClaim" {
        let (path, _) = placed(&case.before, namespace);
        let bound = json!({"status": {"phase": "Bound", "capacity": {"storage": "10Gi"}}});
        server.send(
            "PATCH",
            &format!("{path}/status"),
            "application/merge-patch+json",
            &bound,
        );
    }
    let (path, _) = placed(&case.before, namespace);
    if case.before["kind"] == "CustomResourceDefinition" {
        established(server, &path);
    }
    let (_, before) = server.send("GET", &path, "application/json", &Json::Null);
    let (status, after) = if case.by_put {
        let (path, object) = placed(&case.after, namespace);
        server.send("PUT", &path, "application/json", &object)
    } else {
        server.apply(&case.after, namespace)
    };
    compared(&verdict(case), status, &before, &after)
}

/// Where the server's answer to a change is not what the review says of it.
fn compared(said: &(String, bool), status: u16, before: &Json, after: &Json) -> Option<String> {
    let refused = !(200..300).contains(&status);
    let (effect, says_refused) = said;
    if refused != *says_refused {
        return Some(format!(
            "refused: {refused} ({status} {}), the review says {effect}, refused: {says_refused}",
            after["message"]
        ));
    }
    if refused {
        return None;
    }
    let is_same = content(before) == content(after);
    let same_template = template(before) == template(after);
    let generation = |object: &Json| object["metadata"]["generation"].clone();
    let same_generation = generation(before) == generation(after);
    match effect.as_str() {
        "nothing" if !is_same || !same_generation => Some(format!(
            "another object is stored (generation {} → {}):\n{}\n{}",
            generation(before),
            generation(after),
            content(before),
            content(after)
        )),
        "in-place" if is_same => Some("the same object is stored, which is nothing".to_owned()),
        "in-place" | "nothing" if !same_template => Some("the pod template changes".to_owned()),
        // Of a kind without a template its operator decides.
        "restart" if same_template && !template(before).is_null() => {
            Some("the pod template is the same".to_owned())
        }
        _ => None,
    }
}

#[test]
#[ignore = "needs an API server in KUBECONFIG with the custom kinds, and kubectl"]
fn the_server_does_what_the_review_says() {
    let mut server = Server::start();
    let cases = cases();
    let asked: Vec<&Case> = cases
        .iter()
        .filter(|case| case.not_asked.is_none())
        .collect();
    let mut wrong = Vec::new();
    for (number, case) in asked.iter().enumerate() {
        let namespace = format!("review-{number}-{}", std::process::id());
        if let Some(how) = disagreement(&mut server, case, &namespace) {
            wrong.push(format!("{}: {how}", case.name));
        }
        // Objects of the whole cluster would be in the way of the next case.
        drop_made(&mut server);
    }
    assert!(asked.len() >= 60, "only {} cases were asked", asked.len());
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        asked.len(),
        wrong.join("\n")
    );
}

/// A claim has to be bound and of a class that is there, which the corpus sees to.
const NOT_ASKED: [&str; 1] = ["PersistentVolumeClaim"];

/// Changes made by chance to the objects of a real tree. What the server would not take as a new object is no change of
/// one that exists, and is passed over.
#[test]
#[ignore = "needs an API server in KUBECONFIG with the custom kinds, and kubectl"]
fn the_server_does_what_the_review_says_of_a_real_tree() {
    let mut server = Server::start();
    let namespace = format!("review-tree-{}", std::process::id());
    let space = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
    server.apply(&space, &namespace);
    let (mut asked, mut wrong) = (0, Vec::new());
    for object in mutation::objects(3).into_iter().filter(|object| {
        let kind = object["kind"].as_str().unwrap_or_default();
        !NOT_ASKED.contains(&kind) && is_served(object)
    }) {
        let (path, object) = placed(&object, &namespace);
        let (status, _) = server.apply(&object, &namespace);
        if !(200..300).contains(&status) {
            continue;
        }
        let (_, before) = server.send("GET", &path, "application/json", &Json::Null);
        for (how, changed) in mutation::changes(&object) {
            let url = format!("{path}?fieldManager=review&force=true&dryRun=All");
            let (status, after) =
                server.send("PATCH", &url, "application/apply-patch+yaml", &changed);
            if !(200..300).contains(&status) {
                let mut fresh = changed.clone();
                fresh["metadata"]["name"] = json!(format!(
                    "{}-fresh",
                    object["metadata"]["name"].as_str().unwrap()
                ));
                let (collection, _) = path.rsplit_once('/').unwrap();
                let url = format!("{collection}?dryRun=All");
                let (status, _) = server.send("POST", &url, "application/json", &fresh);
                if !(200..300).contains(&status) {
                    continue;
                }
            }
            asked += 1;
            let case = Case::of(
                format!("{} {}: {how}", object["kind"], object["metadata"]["name"]),
                object.clone(),
                changed,
            );
            if let Some(how) = compared(&verdict(&case), status, &before, &after) {
                wrong.push(format!("{}: {how}", case.name));
            }
        }
        let _ = server.send("DELETE", &path, "application/json", &Json::Null);
    }
    assert!(asked >= 500, "only {asked} changes were asked");
    assert!(
        wrong.is_empty(),
        "{} of {asked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn drop_made(server: &mut Server) {
    let made = std::mem::take(&mut server.made);
    for path in made.iter().rev() {
        let (_, found) = server.send("DELETE", path, "application/json", &Json::Null);
        let has_finalizers = found.pointer("/metadata/finalizers").is_some()
            || found.pointer("/metadata/deletionTimestamp").is_some();
        if has_finalizers {
            let none = json!({"metadata": {"finalizers": null}});
            server.send("PATCH", path, "application/merge-patch+json", &none);
        }
        if path.starts_with("/api/v1/namespaces/") && path.matches('/').count() == 4 {
            let name = path.rsplit('/').next().unwrap_or_default();
            let empty = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}, "spec": {"finalizers": []}});
            server.send(
                "PUT",
                &format!("{path}/finalize"),
                "application/json",
                &empty,
            );
        }
    }
}

/// Waits until the objects of a definition can be stored: from then on its scope never changes.
fn established(server: &Server, path: &str) {
    for _ in 0..100 {
        let (_, definition) = server.send("GET", path, "application/json", &Json::Null);
        let conditions = definition
            .pointer("/status/conditions")
            .and_then(Json::as_array);
        let is_established = conditions
            .into_iter()
            .flatten()
            .any(|condition| condition["type"] == "Established" && condition["status"] == "True");
        if is_established {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}
