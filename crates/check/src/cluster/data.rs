//! Which `ConfigMaps` and Secrets there will be, and with which keys.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{Cluster, list, namespace_of, text};
use crate::context::ExternalObject;
use crate::document::Document;
use crate::pointer::Lookup;

/// The keys of a `ConfigMap` or Secret; `None` where they are only known at run time.
pub(crate) type Keys<'a> = Option<BTreeSet<&'a str>>;

/// Everything that holds data.
#[derive(Default)]
pub(crate) struct Data<'a> {
    /// By kind, namespace and name.
    known: BTreeMap<&'static str, BTreeMap<&'a str, BTreeMap<&'a str, Keys<'a>>>>,
    /// Namespace and name of the Secrets that a controller keeps up to date.
    renewed: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Data<'a> {
    /// All that the objects are or bring forth.
    pub(super) fn of(cluster: &Cluster<'a>, external: &'a [ExternalObject]) -> Self {
        let mut data = Self::default();
        for object in external {
            let kind = match (object.id.group(), object.id.kind.as_ref()) {
                ("", "ConfigMap") => "ConfigMap",
                ("", "Secret") => "Secret",
                _ => continue,
            };
            let keys =
                (!object.keys.is_empty()).then(|| object.keys.iter().map(String::as_str).collect());
            data.add(
                kind,
                object.id.namespace.as_deref().unwrap_or_default(),
                &object.id.name,
                keys,
            );
        }
        for document in cluster.of_kind("", "ConfigMap") {
            let keys = keys_of(&document.value, &["/data", "/binaryData"]);
            data.add(
                "ConfigMap",
                namespace_of(document),
                &document.id.name,
                Some(keys),
            );
        }
        for (group, kind, secret) in SOURCES {
            for document in cluster.of_kind(group, kind) {
                let (name, keys) = secret(document);
                if matches!(kind, "ExternalSecret" | "Certificate") {
                    data.renewed.insert((namespace_of(document), name));
                }
                data.add("Secret", namespace_of(document), name, keys);
            }
        }
        data
    }

    fn add(&mut self, kind: &'static str, namespace: &'a str, name: &'a str, keys: Keys<'a>) {
        // What two objects write into together has the keys of both.
        let names = self
            .known
            .entry(kind)
            .or_default()
            .entry(namespace)
            .or_default();
        match names.entry(name).or_insert_with(|| Some(BTreeSet::new())) {
            Some(known) if keys.is_some() => known.extend(keys.into_iter().flatten()),
            unknown => *unknown = None,
        }
    }

    /// The keys of an object; `None` if there is none of this name.
    pub(crate) fn keys(
        &self,
        kind: &'static str,
        namespace: &str,
        name: &str,
    ) -> Option<&Keys<'a>> {
        self.known.get(kind)?.get(namespace)?.get(name)
    }

    /// Whether a controller fetches or makes a Secret anew from time to time.
    pub(crate) fn is_renewed(&self, namespace: &str, name: &str) -> bool {
        self.renewed.contains(&(namespace, name))
    }

    /// The names of all objects of a kind in a namespace.
    pub(crate) fn names(
        &self,
        kind: &'static str,
        namespace: &str,
    ) -> impl Iterator<Item = &'a str> {
        self.known
            .get(kind)
            .and_then(|kinds| kinds.get(namespace))
            .into_iter()
            .flat_map(|names| names.keys().copied())
    }
}

fn keys_of<'a>(value: &'a Json, pointers: &[&str]) -> BTreeSet<&'a str> {
    let maps = pointers
        .iter()
        .filter_map(|pointer| value.lookup(pointer))
        .filter_map(Json::as_object);
    maps.flat_map(|map| map.keys().map(String::as_str))
        .collect()
}

/// The name and the keys of the Secret that an object is or brings forth.
type Secret = for<'d> fn(&'d Document) -> (&'d str, Keys<'d>);

/// The kinds that are Secrets or bring them forth.
const SOURCES: [(&str, &str, Secret); 4] = [
    ("", "Secret", |document| {
        // A controller fills in the token.
        let is_token =
            text(&document.value, "/type") == Some("kubernetes.io/service-account-token");
        (
            &document.id.name,
            (!is_token).then(|| keys_of(&document.value, &["/data", "/stringData"])),
        )
    }),
    ("external-secrets.io", "ExternalSecret", |document| {
        let name = text(&document.value, "/spec/target/name").unwrap_or(&document.id.name);
        (name, external_secret_keys(&document.value))
    }),
    ("cert-manager.io", "Certificate", |document| {
        let has_keystores = document.value.lookup("/spec/keystores").is_some();
        let keys = (!has_keystores).then(|| ["tls.crt", "tls.key", "ca.crt"].into());
        (
            text(&document.value, "/spec/secretName").unwrap_or_default(),
            keys,
        )
    }),
    ("bitnami.com", "SealedSecret", |document| {
        (
            &document.id.name,
            Some(keys_of(&document.value, &["/spec/encryptedData"])),
        )
    }),
];

fn external_secret_keys(value: &Json) -> Keys<'_> {
    if value.lookup("/spec/target/template/templateFrom").is_some() {
        return None;
    }
    let merges = text(value, "/spec/target/template/mergePolicy") == Some("Merge");
    let from_template = keys_of(value, &["/spec/target/template/data"]);
    if !from_template.is_empty() && !merges {
        return Some(from_template);
    }
    if list(value, "/spec/dataFrom").next().is_some() {
        return None;
    }
    let fetched = list(value, "/spec/data").filter_map(|(_, entry)| text(entry, "/secretKey"));
    Some(fetched.chain(from_template).collect())
}
