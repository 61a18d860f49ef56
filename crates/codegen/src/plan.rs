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
    /// The version, `v1beta1`; also the name of the module.
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
    pub(crate) references: BTreeMap<ShapeId, String>,
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

/// Names every shape; `versions` are in the order of [`stability`], each with its kinds and their fields.
pub(crate) fn modules(versions: &[(String, Vec<(String, &Object)>)], shapes: &Shapes) -> Vec<Module> {
    let mut homes: BTreeMap<ShapeId, (usize, String)> = BTreeMap::new();
    let mut modules = Vec::new();
    for (index, (version, kinds)) in versions.iter().enumerate() {
        let mut scope = Scope::of_types();
        let kind_names = kinds.iter().map(|(kind, _)| scope.take(&[kind.clone(), format!("{kind}Object")])).collect();
        let mut module = Module {
            version: version.clone(),
            imports: BTreeMap::new(),
            kinds: kind_names,
            types: Vec::new(),
            aliases: BTreeMap::new(),
            references: BTreeMap::new(),
        };
        import(&mut module, kinds, shapes, &homes, versions, &mut scope);
        define(&mut module, index, shapes, &mut homes, &mut scope);
        alias(&mut module, index, kinds, shapes, &mut scope);
        modules.push(module);
    }
    modules
}

/// Brings in the types that a more stable version has already.
fn import(
    module: &mut Module,
    kinds: &[(String, &Object)],
    shapes: &Shapes,
    homes: &BTreeMap<ShapeId, (usize, String)>,
    versions: &[(String, Vec<(String, &Object)>)],
    scope: &mut Scope,
) {
    let mut reached = BTreeSet::new();
    for (_, object) in kinds {
        reach(object, shapes, &mut reached);
    }
    for id in reached {
        let Some((home, name)) = homes.get(&id) else { continue };
        let home = &versions[*home].0;
        if scope.is_free(name) {
            scope.take(std::slice::from_ref(name));
            module.imports.entry(idents::module(home)).or_default().insert(name.clone());
            module.references.insert(id, name.clone());
        } else {
            module.references.insert(id, format!("super::{}::{name}", idents::module(home)));
        }
    }
}

fn reach(object: &Object, shapes: &Shapes, reached: &mut BTreeSet<ShapeId>) {
    for id in object.fields.iter().filter_map(|field| field.type_.shape()) {
        if reached.insert(id)
            && let Shape::Object(inner) = shapes.get(id)
        {
            reach(inner, shapes, reached);
        }
    }
}

/// Names the shapes whose first place is in this version.
fn define(
    module: &mut Module,
    index: usize,
    shapes: &Shapes,
    homes: &mut BTreeMap<ShapeId, (usize, String)>,
    scope: &mut Scope,
) {
    let mut own: Vec<(&Place, ShapeId)> =
        shapes.iter().filter(|(_, _, place)| place.version == index).map(|(id, _, place)| (place, id)).collect();
    own.sort();
    for (place, id) in &own {
        let name = scope.take(&candidates(place));
        homes.insert(*id, (index, name.clone()));
        module.references.insert(*id, name.clone());
        module.types.push((name, *id));
    }
    let order: BTreeMap<ShapeId, (&str, &str)> =
        own.iter().map(|(place, id)| (*id, (place.kind.as_str(), place.path.as_str()))).collect();
    module.types.sort_by_key(|(_, id)| order.get(id).copied());
}

/// Gives every field whose type has the name of another place a name of its own too.
fn alias(module: &mut Module, index: usize, kinds: &[(String, &Object)], shapes: &Shapes, scope: &mut Scope) {
    let roots = kinds.iter().map(|(kind, object)| (Place::root(index, kind), *object));
    let inner = shapes.iter().filter(|(_, _, place)| place.version == index).filter_map(|(_, shape, place)| match shape {
        Shape::Object(object) => Some((place.clone(), object)),
        Shape::Choice(_) => None,
    });
    for (place, object) in roots.chain(inner).collect::<BTreeMap<_, _>>() {
        for field in &object.fields {
            let Some(id) = field.type_.shape() else { continue };
            let names = candidates(&place.field(&field.wire, &field.word));
            let is_named = module.references.get(&id).is_some_and(|name| names.contains(name));
            if !is_named && !names.iter().any(|name| module.aliases.get(name) == Some(&id)) {
                module.aliases.insert(scope.take(&names), id);
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
    let (last, before) = words.split_last().map_or(("", &[][..]), |(last, before)| (*last, before));
    let short: Vec<&str> = before.iter().copied().filter(|word| *word != "Spec").chain([last]).collect();
    let join = |words: &[&str]| format!("{}{}", place.kind, words.concat());
    let whole = [join(&short), join(&words)];
    if whole[0].len() <= LONGEST {
        return whole.into();
    }
    (2..short.len()).map(|count| join(&short[short.len() - count..])).chain(whole).collect()
}

impl Module {
    /// The name of the Rust module.
    pub(crate) fn name(&self) -> String {
        idents::module(&self.version)
    }

    /// The type of a field.
    pub(crate) fn field_type(&self, field: &Field) -> String {
        let type_ = self.write(&field.type_);
        if field.required { type_ } else { format!("Option<{type_}>") }
    }

    /// The type as it is written in this module.
    pub(crate) fn write(&self, type_: &Type) -> String {
        match type_ {
            Type::Boolean => "bool".to_owned(),
            Type::Int32 => "i32".to_owned(),
            Type::Int64 => "i64".to_owned(),
            Type::Float => "f64".to_owned(),
            Type::Text => "String".to_owned(),
            Type::Any => "serde_json::Value".to_owned(),
            Type::Core(path) => path.clone(),
            Type::List(item) => format!("Vec<{}>", self.write(item)),
            Type::Map(value) => format!("BTreeMap<String, {}>", self.write(value)),
            Type::Shape(id) => self.references.get(id).cloned().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stable_versions_come_first() {
        let mut versions = ["v1alpha1", "v1", "v2beta1", "v1beta2", "v1beta1", "v2"];
        versions.sort_by_key(|version| stability(version));
        assert_eq!(versions, ["v2", "v1", "v2beta1", "v1beta2", "v1beta1", "v1alpha1"]);
    }
}
