//! Which type stands in which module under which name.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::idents::{self, Scope};
use crate::shape::{Field, Object, Place, Shape, ShapeId, Shapes, Type};

/// How many letters the name of a type may have before fields are left out of it.
const LONGEST: usize = 56;

/// One version of a group, as a module.
#[derive(Debug)]
pub(crate) struct Module {
    /// The version, `v1beta1`.
    pub(crate) version: String,
    /// Types of the same shape in more stable versions, by module: they are imported.
    pub(crate) imports: BTreeMap<String, BTreeSet<String>>,
    /// The names of the kinds, in the order in which they were given.
    pub(crate) kinds: Vec<String>,
    /// The types of this module, in the order of the places that name them.
    pub(crate) types: Vec<(String, ShapeId)>,
    /// Further names of types, for places of the same shape.
    pub(crate) aliases: BTreeMap<String, ShapeId>,
    /// How the module refers to each type it uses.
    references: BTreeMap<ShapeId, String>,
    /// The names that fields have for their types, by type and field.
    fields: BTreeMap<(String, String), String>,
}

/// The kinds of one version with their fields, to be named.
#[derive(Debug)]
pub(crate) struct Unnamed<'a> {
    pub(crate) version: &'a str,
    pub(crate) kinds: Vec<(&'a str, &'a Object)>,
}

/// Sorts versions as Kubernetes does: stable ones, beta, alpha, each with the highest number first.
pub(crate) fn stability(version: &str) -> (u8, Reverse<u32>, Reverse<u32>, String) {
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let body = version.strip_prefix('v').unwrap_or(version);
    let (stage, major, minor) = if let Some((major, minor)) = body.split_once("beta") {
        (1, number(major), number(minor))
    } else if let Some((major, minor)) = body.split_once("alpha") {
        (2, number(major), number(minor))
    } else {
        (0, number(body), 0)
    };
    (stage, Reverse(major), Reverse(minor), version.to_owned())
}

/// Names every shape; `versions` are in the order of [`stability`].
pub(crate) fn modules(versions: &[Unnamed<'_>], shapes: &Shapes) -> Vec<Module> {
    let mut planner = Planner {
        versions,
        shapes,
        homes: BTreeMap::new(),
    };
    (0..versions.len())
        .map(|index| planner.module(index))
        .collect()
}

/// Names the types of one version after the other.
struct Planner<'a> {
    versions: &'a [Unnamed<'a>],
    shapes: &'a Shapes,
    /// The version that has the type, and its name there.
    homes: BTreeMap<ShapeId, (usize, String)>,
}

impl Planner<'_> {
    fn module(&mut self, index: usize) -> Module {
        let version = &self.versions[index];
        let mut scope = Scope::of_types();
        let name = |kind: &str| [kind.to_owned(), format!("{kind}Object")];
        let mut module = Module {
            version: version.version.to_owned(),
            imports: BTreeMap::new(),
            kinds: version
                .kinds
                .iter()
                .map(|(kind, _)| scope.take(&name(kind)))
                .collect(),
            types: Vec::new(),
            aliases: BTreeMap::new(),
            references: BTreeMap::new(),
            fields: BTreeMap::new(),
        };
        self.import(&mut module, version, &mut scope);
        self.define(&mut module, index, &mut scope);
        self.name_fields(&mut module, index, &mut scope);
        module
    }

    /// Brings in the types that a more stable version has already.
    fn import(&self, module: &mut Module, version: &Unnamed<'_>, scope: &mut Scope) {
        let mut reached = BTreeSet::new();
        for (_, object) in &version.kinds {
            self.reach(object, &mut reached);
        }
        for id in reached {
            let Some((home, name)) = self.homes.get(&id) else {
                continue;
            };
            let home = idents::module(self.versions[*home].version);
            if scope.is_free(name) {
                scope.take(std::slice::from_ref(name));
                module.imports.entry(home).or_default().insert(name.clone());
                module.references.insert(id, name.clone());
            } else {
                module
                    .references
                    .insert(id, format!("super::{home}::{name}"));
            }
        }
    }

    fn reach(&self, object: &Object, reached: &mut BTreeSet<ShapeId>) {
        for id in object.fields.iter().filter_map(|field| field.type_.shape()) {
            if reached.insert(id)
                && let Shape::Object(inner) = self.shapes.get(id)
            {
                self.reach(inner, reached);
            }
        }
    }

    /// Names the shapes whose first place is in this version.
    fn define(&mut self, module: &mut Module, index: usize, scope: &mut Scope) {
        let shapes = self.shapes;
        let mut own: Vec<(&Place, ShapeId)> = shapes
            .iter()
            .filter(|(_, _, place)| place.version == index)
            .map(|(id, _, place)| (place, id))
            .collect();
        own.sort();
        for (place, id) in &own {
            let name = scope.take(&candidates(place));
            self.homes.insert(*id, (index, name.clone()));
            module.references.insert(*id, name);
        }
        own.sort_by_key(|(place, _)| (&place.kind, &place.path));
        module.types = own
            .iter()
            .filter_map(|(_, id)| Some((module.references.get(id)?.clone(), *id)))
            .collect();
    }

    /// Gives the type of each field the name of that place, beside the one it has from another.
    fn name_fields(&self, module: &mut Module, index: usize, scope: &mut Scope) {
        let kinds = self.versions[index].kinds.iter().zip(&module.kinds);
        let kinds =
            kinds.map(|((kind, object), name)| (Place::root(index, kind), name.clone(), *object));
        let inner = module
            .types
            .iter()
            .filter_map(|(name, id)| match self.shapes.get(*id) {
                Shape::Object(object) => {
                    Some((self.shapes.place(*id)?.clone(), name.clone(), object))
                }
                Shape::Choice(_) => None,
            });
        let mut owners: Vec<(Place, String, &Object)> = kinds.chain(inner).collect();
        owners.sort_by(|(left, ..), (right, ..)| left.cmp(right));
        for (place, owner, object) in owners {
            for field in &object.fields {
                let Some(id) = field.type_.shape() else {
                    continue;
                };
                let names = candidates(&place.field(&field.wire, &field.word));
                let name = module.name_or_alias(id, &names, scope);
                module
                    .fields
                    .insert((owner.clone(), field.wire.clone()), name);
            }
        }
    }
}

/// The names a type at this place may have, the best first.
///
/// That is the kind and the fields on the way, `spec` only where it is the last of them. What would be longer than
/// [`LONGEST`] keeps the kind and as few of the last fields, two at least, as tell it apart.
fn candidates(place: &Place) -> Vec<String> {
    let words: Vec<&str> = place.words.iter().map(String::as_str).collect();
    let (last, before) = words
        .split_last()
        .map_or(("", &[][..]), |(last, before)| (*last, before));
    let short: Vec<&str> = before
        .iter()
        .copied()
        .filter(|word| *word != "Spec")
        .chain([last])
        .collect();
    let join = |words: &[&str]| format!("{}{}", place.kind, words.concat());
    let whole = [join(&short), join(&words)];
    if whole[0].len() <= LONGEST {
        return whole.into();
    }
    (2..short.len())
        .map(|count| join(&short[short.len() - count..]))
        .chain(whole)
        .collect()
}

impl Module {
    /// The name of the Rust module.
    pub(crate) fn name(&self) -> String {
        idents::module(&self.version)
    }

    /// The name of a type if it is among `names`; else an alias of such a name.
    fn name_or_alias(&mut self, id: ShapeId, names: &[String], scope: &mut Scope) -> String {
        let is_known = |name: &&String| {
            self.references.get(&id) == Some(name) || self.aliases.get(*name) == Some(&id)
        };
        if let Some(name) = names.iter().find(is_known) {
            return name.clone();
        }
        let alias = scope.take(names);
        self.aliases.insert(alias.clone(), id);
        alias
    }

    /// The type of a field of the type called `owner`.
    pub(crate) fn field_type(&self, owner: &str, field: &Field) -> String {
        let named = self.fields.get(&(owner.to_owned(), field.wire.clone()));
        let type_ = write(&field.type_, named.map_or("", String::as_str));
        if field.required {
            type_
        } else {
            format!("Option<{type_}>")
        }
    }

    /// The name of the type that a shape has become.
    pub(crate) fn type_name(&self, id: ShapeId) -> &str {
        self.references.get(&id).map_or("", String::as_str)
    }
}

/// A type as it is written; `shape` is the name of the struct or enum inside.
fn write(type_: &Type, shape: &str) -> String {
    match type_ {
        Type::Boolean => "bool".to_owned(),
        Type::Int32 => "i32".to_owned(),
        Type::Int64 => "i64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Text => "String".to_owned(),
        Type::Any => "serde_json::Value".to_owned(),
        Type::Core(path) => path.clone(),
        Type::List(item) => format!("Vec<{}>", write(item, shape)),
        Type::Map(value) => format!("BTreeMap<String, {}>", write(value, shape)),
        Type::Shape(_) => shape.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stable_versions_come_first() {
        let mut versions = ["v1alpha1", "v1", "v2beta1", "v1beta2", "v1beta1", "v2"];
        versions.sort_by_key(|version| stability(version));
        assert_eq!(
            versions,
            ["v2", "v1", "v2beta1", "v1beta2", "v1beta1", "v1alpha1"]
        );
    }
}
