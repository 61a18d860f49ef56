//! The public surface of a group as a list: one line for each type and field.

use std::fmt::Write as _;

use crate::group::Group;
use crate::plan::Module;
use crate::shape::{Object, Shape};

/// All versions of a group.
pub(crate) fn group(group: &Group) -> String {
    let mut text = String::new();
    for (version, module) in group.versions.iter().zip(&group.modules) {
        for (home, names) in &module.imports {
            for name in names {
                let _ = writeln!(text, "{}::{name} = {home}::{name}", module.version);
            }
        }
        for (kind, name) in version.kinds.iter().zip(&module.kinds) {
            let scope = if kind.namespaced {
                "namespaced"
            } else {
                "cluster"
            };
            let _ = writeln!(
                text,
                "{}::{name}: {} {}, {scope} {}",
                module.version, kind.api_version, kind.name, kind.plural
            );
            object(&mut text, module, &kind.object, name);
        }
        for (name, id) in &module.types {
            match group.shapes.get(*id) {
                Shape::Object(shape) => {
                    let _ = writeln!(text, "{}::{name}: struct", module.version);
                    object(&mut text, module, shape, name);
                }
                Shape::Choice(choice) => {
                    let values: Vec<String> = choice
                        .variants
                        .iter()
                        .map(|(variant, value)| format!("{variant} {value:?}"))
                        .collect();
                    let _ = writeln!(
                        text,
                        "{}::{name}: enum {}",
                        module.version,
                        values.join(" | ")
                    );
                }
            }
        }
        for (name, id) in &module.aliases {
            let _ = writeln!(
                text,
                "{}::{name} = {}",
                module.version,
                module.type_name(*id)
            );
        }
    }
    text
}

fn object(text: &mut String, module: &Module, object: &Object, name: &str) {
    for field in &object.fields {
        let type_ = module.field_type(name, field);
        let _ = writeln!(
            text,
            "{}::{name}.{}: {type_} as {:?}",
            module.version, field.rust, field.wire
        );
    }
    if let Some(rest) = &object.rest {
        let _ = writeln!(
            text,
            "{}::{name}.{rest}: fields that the schema does not name",
            module.version
        );
    }
}
