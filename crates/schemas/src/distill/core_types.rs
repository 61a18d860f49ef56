//! Which subtrees of custom resources repeat a core type, so that generated Rust can use the core
//! type's struct.
//!
//! Generators of CRDs write out whatever a Go type embeds: the pod template of a Rollout is a
//! thousand lines that say what `PodTemplateSpec` says. A subtree repeats a core type if
//! - it has the same fields, or most of them (an older release's); fewer than three only where they
//!   cannot be taken for something else;
//! - every field has the same type, all the way down, and nothing inside it is unknown to the core
//!   type, nor is more than half of it missing;
//! - whatever the core type always writes, the subtree demands.
//!
//! Then each value of the struct that keeps to the subtree's fields is a value of the subtree. What
//! a subtree demands beyond the core type (patterns, enums, rules) stays with the validator, which
//! uses the subtree. Where two core types are equally good, the name of the field decides
//! (`SecretKeySelector`, `ConfigMapKeySelector`), then the more general one (`Toleration`, not
//! `DeviceToleration`); else none is taken.

use std::collections::BTreeMap;

use crate::facts::{Facts, Minor};
use crate::model::{MapType, Schema, SchemaType};

/// The minor whose core types are meant: the one whose k8s-openapi types the generated Rust refers
/// to.
pub(crate) const CORE_MINOR: &str = "1.35";

/// The only core type that a subtree may say nothing about: generators leave the metadata of
/// templates out.
const OBJECT_META: &str = super::custom_resource::OBJECT_META;

/// Marks every subtree of every custom kind anew; without the facts of the minor none is marked.
pub(crate) fn mark(facts: &mut Facts) {
    let core = facts.minors.get(CORE_MINOR).map(CoreTypes::new);
    for kind in facts.groups.values_mut().flat_map(BTreeMap::values_mut) {
        clear(&mut kind.schema);
        if let Some(core) = &core {
            for (name, property) in kind.schema.properties.iter_mut() {
                core.mark(property, name);
            }
        }
    }
}

fn clear(schema: &mut Schema) {
    schema.core_type = None;
    schema.children_mut().for_each(clear);
}

/// The core types that a subtree may repeat.
struct CoreTypes<'a> {
    definitions: &'a BTreeMap<String, Schema>,
    /// Types with fields that [`is_for_all`].
    candidates: Vec<(&'a str, &'a Schema)>,
}

impl<'a> CoreTypes<'a> {
    fn new(minor: &'a Minor) -> Self {
        let candidates = minor
            .definitions
            .iter()
            .filter(|(name, schema)| !schema.properties.is_empty() && is_for_all(name));
        Self {
            definitions: &minor.definitions,
            candidates: candidates
                .map(|(name, schema)| (name.as_str(), schema))
                .collect(),
        }
    }

    /// Marks the subtree, or what is inside it; `field` is the name of the field it is the value,
    /// or in the value, of.
    fn mark(&self, schema: &mut Schema, field: &str) {
        schema.core_type = self.repeated(schema, field).map(str::to_owned);
        if schema.core_type.is_some() {
            return;
        }
        for (name, property) in schema.properties.iter_mut() {
            self.mark(property, name);
        }
        for inside in [&mut schema.items, &mut schema.additional_properties]
            .into_iter()
            .flatten()
        {
            self.mark(inside, field);
        }
    }

    /// The core type that the subtree repeats.
    fn repeated(&self, schema: &Schema, field: &str) -> Option<&'a str> {
        let count = schema.properties.len();
        let mut best: Vec<(&'a str, usize)> = Vec::new();
        for (name, core) in &self.candidates {
            let total = core.properties.len();
            let enough = total == count || (count >= 3 && count * 10 >= total * 6);
            let better = best.first().is_none_or(|(_, fewest)| total <= *fewest);
            if total >= count
                && enough
                && better
                && (count >= 3 || self.is_telling(schema, core) || is_named_for(field, name))
                && self.object_fits(schema, core)
            {
                best.retain(|(_, known)| *known == total);
                best.push((name, total));
            }
        }
        named_like(field, &best)
    }

    /// Whether a type with one or two fields cannot be mistaken for another: both sides are merged
    /// as a whole, which only types made for references are, or there is structure inside.
    fn is_telling(&self, schema: &Schema, core: &'a Schema) -> bool {
        let is_structure = |property: &'a Schema| {
            let inside = property.items.as_deref().unwrap_or(property);
            self.resolve(inside)
                .is_some_and(|inside| !inside.properties.is_empty())
        };
        (schema.map_type == Some(MapType::Atomic) && core.map_type == schema.map_type)
            || (core.properties.len() > 1 && core.properties.values().any(is_structure))
    }

    fn resolve(&self, schema: &'a Schema) -> Option<&'a Schema> {
        match &schema.reference {
            Some(name) => self.definitions.get(name),
            None => Some(schema),
        }
    }

    /// Whether the core type says all that the subtree says, and writes nothing that the subtree
    /// does not know.
    fn fits(&self, schema: &Schema, core: &'a Schema) -> bool {
        let is_metadata = core.reference.as_deref() == Some(OBJECT_META);
        if accepts_anything(schema) || (is_metadata && is_left_out(schema)) {
            return true;
        }
        let Some(core) = self.resolve(core) else {
            return false;
        };
        match core.type_ {
            SchemaType::Object if !core.properties.is_empty() => {
                let enough = is_metadata || schema.properties.len() * 2 >= core.properties.len();
                enough && self.object_fits(schema, core)
            }
            SchemaType::Object => {
                match (&schema.additional_properties, &core.additional_properties) {
                    (Some(values), Some(core)) => {
                        schema.type_ == SchemaType::Object && self.fits(values, core)
                    }
                    (None, None) => schema.properties.is_empty(),
                    _ => false,
                }
            }
            SchemaType::Array => match (&schema.items, &core.items) {
                (Some(items), Some(core)) => self.fits(items, core),
                _ => false,
            },
            SchemaType::Any if core.format.as_deref() == Some("quantity") => {
                schema.type_ == SchemaType::IntOrString
            }
            SchemaType::Any => schema.type_ == SchemaType::Any,
            SchemaType::Integer => {
                schema.type_ == core.type_
                    && (schema.format.is_none() || schema.format == core.format)
            }
            SchemaType::String => schema.type_ == core.type_ && schema.format == core.format,
            _ => schema.type_ == core.type_,
        }
    }

    fn object_fits(&self, schema: &Schema, core: &'a Schema) -> bool {
        let fields_fit = |(name, property): (&str, &Schema)| {
            core.properties
                .get(name)
                .is_some_and(|core| self.fits(property, core))
        };
        schema.type_ == SchemaType::Object
            && !schema.properties.is_empty()
            && !schema.preserve_unknown_fields
            && schema.additional_properties.is_none()
            && core.required.iter().all(|name| schema.requires(name))
            && schema.properties.iter().all(fields_fit)
    }
}

/// Whether a type is of a stable version and means something outside its own kind: the `Status` of
/// one kind does not, and the only condition that does is the one made for it.
fn is_for_all(name: &str) -> bool {
    let mut names = name.rsplit('.');
    let (short, version) = (
        names.next().unwrap_or_default(),
        names.next().unwrap_or_default(),
    );
    let is_stable = !version.contains("alpha") && !version.contains("beta");
    let of_one_kind = short.ends_with("Status") || short.ends_with("Condition");
    is_stable
        && (name.starts_with("io.k8s.apimachinery.")
            || (name.starts_with("io.k8s.api.") && !of_one_kind))
}

/// Some generators cut off what would make the CRD too large.
fn accepts_anything(schema: &Schema) -> bool {
    schema.type_ == SchemaType::Any
        && schema.preserve_unknown_fields
        && schema.properties.is_empty()
}

fn is_left_out(schema: &Schema) -> bool {
    schema.type_ == SchemaType::Object
        && schema.properties.is_empty()
        && schema.additional_properties.is_none()
}

/// `hostAliases` is named for `HostAlias`, `persistentVolumeClaimRetentionPolicy` for the type with
/// a longer name.
fn is_named_for(field: &str, name: &str) -> bool {
    let field = field.to_lowercase();
    let short = name.rsplit('.').next().unwrap_or(name).to_lowercase();
    field.contains(&short) || (field.len() >= 6 && short.ends_with(&field))
}

/// The only candidate; or the only one with a word of its name in the field's; or the only one that
/// is made for all kinds.
fn named_like<'a>(field: &str, candidates: &[(&'a str, usize)]) -> Option<&'a str> {
    let field = field.to_lowercase();
    let is_alike = |name: &str| {
        let short = name.rsplit('.').next().unwrap_or(name);
        ["Secret", "ConfigMap"]
            .iter()
            .any(|word| short.contains(word) && field.contains(&word.to_lowercase()))
    };
    let is_general = |name: &str| {
        name.starts_with("io.k8s.api.core.") || name.starts_with("io.k8s.apimachinery.")
    };
    only(candidates, |_| true)
        .or_else(|| only(candidates, is_alike))
        .or_else(|| only(candidates, is_general))
}

fn only<'a>(candidates: &[(&'a str, usize)], keep: impl Fn(&str) -> bool) -> Option<&'a str> {
    let mut kept = candidates
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| keep(name));
    kept.next().filter(|_| kept.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minor_is_the_one_whose_types_the_workspace_uses() {
        let workspace = include_str!("../../../../Cargo.toml");
        let feature = format!("features = [\"v{}\"]", CORE_MINOR.replace('.', "_"));
        let line = workspace
            .lines()
            .find(|line| line.starts_with("k8s-openapi = "));
        assert!(line.is_some_and(|line| line.contains(&feature)), "{line:?}");
    }

    #[test]
    fn a_field_is_named_for_a_type_in_full_or_by_its_end() {
        for (field, name, expected) in [
            ("hostAliases", "io.k8s.api.core.v1.HostAlias", true),
            (
                "claimRetentionPolicy",
                "io.k8s.api.apps.v1.StatefulSetClaimRetentionPolicy",
                true,
            ),
            ("spec", "io.k8s.api.apps.v1.DeploymentSpec", false),
            ("option", "io.k8s.api.core.v1.PodDNSConfigOption", true),
            ("args", "io.k8s.api.core.v1.EnvVar", false),
        ] {
            assert_eq!(is_named_for(field, name), expected, "{field} {name}");
        }
    }
}
