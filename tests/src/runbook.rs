//! The runbook names nothing that is not there: every command of it is taken apart and looked up in the tree.

use manifest::Manifest;
use platform::external_objects;
use render::Objects;
use serde_json::Value;

use crate::workspace::environments;

/// Commands that take a kind and a name, or `kind/name`.
const VERBS: [&str; 8] = [
    "get", "describe", "patch", "delete", "scale", "annotate", "create", "wait",
];

/// An object as a command names it: its kind in small letters without its group, its namespace and its name.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    kind: String,
    namespace: Option<String>,
    name: String,
}

/// The commands of all code blocks, with lines that go on joined.
fn commands(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut commands = Vec::new();
    for line in text.replace("\\\n", " ").lines() {
        if let Some(language) = line.strip_prefix("```") {
            inside = language == "sh";
        } else if inside && !line.trim().is_empty() {
            commands.push(line.trim().to_owned());
        }
    }
    commands
}

/// Whether the reader is to put something in its place.
fn is_placeholder(word: &str) -> bool {
    word.chars().any(|letter| letter.is_ascii_uppercase()) || word.contains('$')
}

fn flag<'a>(words: &[&'a str], names: [&str; 2]) -> Option<&'a str> {
    let at = words.iter().position(|word| names.contains(word))?;
    words.get(at + 1).copied()
}

/// `kind/name`, also where it is the value of a flag.
fn slashed(word: &str) -> Option<(&str, &str)> {
    let word = word.strip_prefix("--from=").unwrap_or(word);
    let (kind, name) = word.split_once('/')?;
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
    };
    (plain(kind) && plain(name) && !word.starts_with('-')).then_some((kind, name))
}

fn named(command: &str) -> Vec<Named> {
    let words: Vec<&str> = command.split_whitespace().collect();
    if words.first() != Some(&"kubectl") {
        return Vec::new();
    }
    let namespace = flag(&words, ["-n", "--namespace"]).map(str::to_owned);
    let named = |kind: &str, name: &str| Named {
        kind: kind.split('.').next().unwrap_or(kind).to_owned(),
        namespace: namespace.clone(),
        name: name.to_owned(),
    };
    let before_options: Vec<&str> = words[1..]
        .iter()
        .take_while(|word| **word != "--")
        .copied()
        .collect();
    let origins = before_options
        .iter()
        .filter(|word| word.starts_with("--from="))
        .copied();
    let mut found: Vec<Named> = without_flags(&before_options)
        .into_iter()
        .chain(origins)
        .filter_map(slashed)
        .map(|(kind, name)| named(kind, name))
        .collect();
    let is_verb = |word: &&str| VERBS.contains(word);
    if let Some(at) = before_options.iter().position(is_verb) {
        let rest: Vec<&str> = without_flags(&before_options[at + 1..]);
        if let [kind, name, ..] = rest.as_slice()
            && !kind.contains('/')
        {
            found.push(named(kind, name));
        }
    }
    if let ["argo", "rollouts", _, rest @ ..] = before_options.as_slice() {
        let rest = without_flags(rest);
        found.extend(rest.last().map(|name| named("rollout", name)));
    }
    found.retain(|named| !is_placeholder(&named.name) && !is_placeholder(&named.kind));
    found
}

/// The words that are neither a flag nor the value of one.
fn without_flags<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut kept = Vec::new();
    let mut skip = false;
    for word in words {
        if std::mem::take(&mut skip) {
            continue;
        }
        if word.starts_with('-') {
            skip = !word.contains('=')
                && matches!(*word, "-n" | "-o" | "-l" | "-p" | "-L" | "-c" | "--type");
        } else {
            kept.push(*word);
        }
    }
    kept
}

fn spellings(kind: &str) -> Vec<String> {
    let kind = kind.to_ascii_lowercase();
    let stem = kind.strip_suffix('y').map(|stem| format!("{stem}ies"));
    vec![
        stem.unwrap_or_else(|| format!("{kind}s")),
        format!("{kind}es"),
        kind,
    ]
}

/// An environment, what was made for it, and what is there of which a command may speak.
struct Tree {
    name: String,
    objects: Objects,
    runbook: String,
    there: Vec<Named>,
}

fn trees() -> Vec<Tree> {
    let environments = environments().unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let trees = environments.into_iter().map(|(name, environment)| {
        let objects = Objects::of(&name, &environment);
        let placed = objects.placed().expect("each object has its file");
        let made = placed.iter().flat_map(|placed| {
            let id = placed.manifest.id();
            spelled(&id.kind, id.namespace.as_deref(), &id.name)
        });
        let external = external_objects(&environment);
        let external = external
            .iter()
            .flat_map(|object| spelled(object.kind, object.namespace.as_deref(), &object.name));
        let granted = placed.iter().flat_map(|placed| granted(placed.manifest));
        let there = made.chain(external).chain(granted).collect();
        Tree {
            runbook: objects.runbook(&name, &environment),
            name,
            objects,
            there,
        }
    });
    trees.collect()
}

/// What an account may make and change by name: it is there once its owner runs, a lease for instance.
fn granted(manifest: &Manifest) -> Vec<Named> {
    let id = manifest.id();
    if id.kind != "Role" {
        return Vec::new();
    }
    let value = manifest.value();
    let texts = |rule: &Value, key: &str| -> Vec<String> {
        let items = rule[key].as_array().into_iter().flatten();
        items
            .filter_map(|item| Some(item.as_str()?.to_owned()))
            .collect()
    };
    let rules = value["rules"].as_array().into_iter().flatten();
    rules
        .flat_map(|rule| {
            let allowed = texts(rule, "resourceNames");
            texts(rule, "resources")
                .into_iter()
                .flat_map(move |resource| {
                    let kind = resource.strip_suffix('s').unwrap_or(&resource).to_owned();
                    let allowed = allowed.clone().into_iter();
                    allowed.flat_map(move |name| spelled(&kind, id.namespace.as_deref(), &name))
                })
        })
        .collect()
}

fn spelled(kind: &str, namespace: Option<&str>, name: &str) -> Vec<Named> {
    spellings(kind)
        .into_iter()
        .map(|kind| Named {
            kind,
            namespace: namespace.map(str::to_owned),
            name: name.to_owned(),
        })
        .collect()
}

#[test]
fn every_object_that_a_command_names_is_there() {
    for tree in trees() {
        let commands = commands(&tree.runbook);
        assert!(commands.len() > 10, "{}", tree.name);
        for command in &commands {
            for named in named(command) {
                assert!(
                    tree.there.contains(&named),
                    "{}: {command}: there is no {named:?}",
                    tree.name
                );
            }
            let words: Vec<&str> = command.split_whitespace().collect();
            if let Some(namespace) = flag(&words, ["-n", "--namespace"])
                && !is_placeholder(namespace)
            {
                let [_, _, kind] = spelled("Namespace", None, namespace)
                    .try_into()
                    .expect("three spellings");
                assert!(
                    tree.there.contains(&kind),
                    "{}: {command}: there is no namespace {namespace}",
                    tree.name
                );
            }
        }
    }
}

#[test]
fn a_command_is_taken_apart() {
    let one = |command: &str| {
        let found = named(command);
        assert_eq!(found.len(), 1, "{command}: {found:?}");
        let Named {
            kind,
            namespace,
            name,
        } = found.into_iter().next().unwrap();
        (kind, namespace.unwrap_or_default(), name)
    };
    let expected = |kind: &str, namespace: &str, name: &str| {
        (kind.to_owned(), namespace.to_owned(), name.to_owned())
    };
    assert_eq!(
        one("kubectl create job --from=cronjob/backup restore-$(date +%s) -n data"),
        expected("cronjob", "data", "backup")
    );
    assert_eq!(
        one("kubectl delete lease leader -n platform"),
        expected("lease", "platform", "leader")
    );
    assert_eq!(
        one("kubectl argo rollouts abort web -n shop"),
        expected("rollout", "shop", "web")
    );
    assert_eq!(
        one("kubectl get virtualservices.networking.istio.io -n shop web-vs -o yaml"),
        expected("virtualservices", "shop", "web-vs")
    );
    assert_eq!(
        one("kubectl exec -n data statefulset/postgres -- psql -c 'select a/b'"),
        expected("statefulset", "data", "postgres")
    );
    assert!(named("kubectl drain NODE --timeout=15m").is_empty());
}

#[test]
fn every_link_of_an_alert_leads_to_a_heading() {
    for tree in trees() {
        let anchors: Vec<String> = tree
            .runbook
            .lines()
            .filter_map(|line| line.strip_prefix("###"))
            .map(|heading| heading.trim().to_ascii_lowercase().replace(' ', "-"))
            .collect();
        let mut links = 0;
        for placed in tree.objects.placed().expect("each object has its file") {
            for line in placed.manifest.yaml().lines() {
                if let Some(link) = line.trim().strip_prefix("runbook: ") {
                    links += 1;
                    assert!(
                        anchors.iter().any(|anchor| anchor == link),
                        "{}: no heading for {link}",
                        tree.name
                    );
                }
            }
        }
        assert!(links > 0, "{}", tree.name);
    }
}
