//! Built-in kinds: the fields that never change.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::difference::{differences, shown};
use super::facts::{Hold, immutable_paths};
use super::normal::Normal;
use super::{claims, jobs, pods, services};
use crate::cluster::text;
use crate::context::Context;
use crate::document::Document;
use crate::format;
use crate::path::Path;
use crate::pointer::Lookup;
use crate::report::Finding;
use crate::rules::change::{definition, immutable};

/// An update of one object.
pub(super) struct Update<'u> {
    new: &'u Document,
    /// The object before, as the server keeps it.
    pub(super) before: Json,
    /// The object after, as the server would keep it.
    pub(super) after: Json,
    /// The values as they were written, before and after.
    pub(super) written: (&'u Json, &'u Json),
    found: &'u mut Vec<Finding>,
}

/// Judges an update of an object of a built-in kind.
pub(super) fn check(
    old: &Document,
    new: &Document,
    context: &Context<'_>,
    found: &mut Vec<Finding>,
) {
    let facts = immutable_paths(new.id.group(), &new.id.kind);
    let differs = |path: &str| old.value.lookup(&pointer(path)) != new.value.lookup(&pointer(path));
    let is_claim = new.id.kind == "PersistentVolumeClaim";
    // Between versions of a kind fields can have other names.
    let is_touched = facts.iter().any(|fact| differs(fact.path)) || (is_claim && !facts.is_empty());
    if !is_touched || old.id.version() != new.id.version() {
        return;
    }
    let minor = context.kubernetes.to_string();
    let normal = Normal {
        store: context.store,
        minor: &minor,
    };
    let mut update = Update {
        new,
        before: normal.object(old),
        after: normal.object(new),
        written: (&old.value, &new.value),
        found,
    };
    if new.id.kind == "Secret" {
        update.before = with_text(&update.before);
        update.after = with_text(&update.after);
    }
    for fact in facts {
        let holds = match fact.hold {
            Hold::Always => true,
            Hold::OnceSet => update.before.lookup(&pointer(fact.path)).is_some(),
            Hold::WhileImmutable => update.before.get("immutable") == Some(&Json::Bool(true)),
            Hold::Partly => false,
        };
        if holds {
            update.keep(fact.path, fact.except);
        }
    }
    match &*new.id.kind {
        "Job" => jobs::check(&mut update),
        "Pod" => pods::check(&mut update),
        "PersistentVolumeClaim" => claims::check(&mut update),
        "PersistentVolume" => claims::volume(&mut update),
        "Service" => services::check(&mut update),
        "ResourceQuota" => scopes(&mut update),
        "ServiceCIDR" => ranges(&mut update),
        "CSINode" => drivers(&mut update),
        "CustomResourceDefinition" => versions(&mut update),
        _ => {}
    }
}

/// `spec.selector` as a JSON pointer.
pub(super) fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}

/// The items of a list at a place in a value; none where there is no list.
pub(super) fn items<'j>(value: &'j Json, pointer: &str) -> &'j [Json] {
    let items = value.lookup(pointer).and_then(Json::as_array);
    items.map_or(&[][..], Vec::as_slice)
}

impl Update<'_> {
    /// A field of the object before.
    pub(super) fn was(&self, path: &str) -> Option<&Json> {
        self.before.lookup(&pointer(path))
    }

    /// A field of the object after.
    pub(super) fn becomes(&self, path: &str) -> Option<&Json> {
        self.after.lookup(&pointer(path))
    }

    /// The field keeps its value, what is excepted below it excepted.
    pub(super) fn keep(&mut self, path: &str, except: &[&str]) {
        let without = |value: Option<&Json>| {
            let mut value = value.cloned();
            if let Some(fields) = value.as_mut().and_then(Json::as_object_mut) {
                fields.retain(|name, _| !except.contains(&name.as_str()));
            }
            value
        };
        let (old, new) = (without(self.was(path)), without(self.becomes(path)));
        self.same(path, old.as_ref(), new.as_ref());
    }

    /// Two values of a field are the same.
    pub(super) fn same(&mut self, path: &str, old: Option<&Json>, new: Option<&Json>) {
        if old == new {
            return;
        }
        for difference in differences(old, new, &Path::Root.field(path)) {
            let written = |value: &Json, normal: Option<&Json>| {
                let place = pointer(&difference.path.replace('[', ".").replace(']', ""));
                shown(value.lookup(&place).or(normal))
            };
            let message = if self.new.id.kind == "Secret" && difference.path != "type" {
                "cannot change any more".to_owned()
            } else {
                let old = written(self.written.0, difference.old);
                let new = written(self.written.1, difference.new);
                format!("cannot change: it is {old}, and would be {new}")
            };
            self.report(&difference.path, message);
        }
    }

    /// The server refuses the change of a field.
    pub(super) fn report(&mut self, path: &str, message: impl Into<String>) {
        let finding = Finding::new(&immutable::RULE, self.new, path, message);
        self.found.push(finding);
    }
}

/// The data of a Secret with what was written as plain text, as the server keeps it: bytes by key.
fn with_text(secret: &Json) -> Json {
    let mut secret = secret.clone();
    let Some(fields) = secret.as_object_mut() else {
        return secret;
    };
    let plain = fields.remove("stringData");
    let mut data = serde_json::Map::new();
    for (key, value) in fields
        .get("data")
        .and_then(Json::as_object)
        .into_iter()
        .flatten()
    {
        let bytes = value.as_str().and_then(format::byte::decode);
        data.insert(key.clone(), bytes.map_or(value.clone(), Json::from));
    }
    for (key, value) in plain
        .as_ref()
        .and_then(Json::as_object)
        .into_iter()
        .flatten()
    {
        let bytes = value.as_str().map(str::as_bytes);
        data.insert(key.clone(), bytes.map_or(value.clone(), Json::from));
    }
    if !data.is_empty() {
        fields.insert("data".to_owned(), Json::Object(data));
    }
    secret
}

/// The scopes of a quota, in any order.
fn scopes(update: &mut Update<'_>) {
    let set = |value: &Json| -> BTreeSet<String> {
        items(value, "/spec/scopes")
            .iter()
            .filter_map(|scope| scope.as_str().map(str::to_owned))
            .collect()
    };
    if set(&update.before) != set(&update.after) {
        let (old, new) = (update.was("spec.scopes"), update.becomes("spec.scopes"));
        let message = format!(
            "cannot change: it is {}, and would be {}",
            shown(old),
            shown(new)
        );
        update.report("spec.scopes", message);
    }
}

/// A second range may be added to the first.
fn ranges(update: &mut Update<'_>) {
    let ranges = |value: &Json| items(value, "/spec/cidrs").to_vec();
    let (old, new) = (ranges(&update.before), ranges(&update.after));
    let is_second = old.len() == 1 && new.len() == 2 && old.first() == new.first();
    if old != new && !is_second {
        let message = "cannot change, but for a second range beside the only one";
        update.report("spec.cidrs", message);
    }
}

/// What a driver says of a node stays, but for how many volumes it can attach.
fn drivers(update: &mut Update<'_>) {
    let drivers = |value: &Json| items(value, "/spec/drivers").to_vec();
    let (old, new) = (drivers(&update.before), drivers(&update.after));
    let without = |driver: &Json| {
        let mut driver = driver.clone();
        if let Some(fields) = driver.as_object_mut() {
            fields.remove("allocatable");
        }
        driver
    };
    for (index, driver) in new.iter().enumerate() {
        let known = old.iter().find(|old| old.get("name") == driver.get("name"));
        if let Some(known) = known {
            let path = format!("spec.drivers[{index}]");
            update.same(&path, Some(&without(known)), Some(&without(driver)));
        }
    }
}

/// The version that objects were stored in stays, for some of them may still be.
fn versions(update: &mut Update<'_>) {
    let old = items(&update.before, "/spec/versions");
    let new = items(&update.after, "/spec/versions");
    let stored = old
        .iter()
        .filter(|version| version.get("storage") == Some(&Json::Bool(true)))
        .filter_map(|version| text(version, "/name"));
    let gone: Vec<String> = stored
        .filter(|name| {
            !new.iter()
                .any(|version| text(version, "/name") == Some(name))
        })
        .map(str::to_owned)
        .collect();
    for name in gone {
        let message = format!("the version {name}, in which objects are stored, is taken away");
        let finding = Finding::new(&definition::RULE, update.new, "spec.versions", message);
        update.found.push(finding);
    }
}
