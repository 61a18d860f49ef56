//! From the plan of a group to Rust text.
//!
//! Types say where in the kind they stand. Fields say nothing: a sentence on each would make equal types differ, and
//! their names are the documentation's.

use std::fmt::Write as _;

use crate::core_types::{self, OBJECT_META};
use crate::group::{Group, Kind, Version};
use crate::plan::Module;
use crate::shape::{Choice, Object, Shape, ShapeId, Shapes, Type};

mod serialize;

/// What every version begins with.
const IMPORTS: &str = "#[allow(unused_imports)]\nuse std::collections::BTreeMap;\n";

/// The modules of all versions of a group.
pub(crate) fn group(group: &Group) -> String {
    let mut text = format!(
        "// Made by `codegen` from the schemas of `{}`.\n",
        group.name()
    );
    for (version, module) in group.versions.iter().zip(&group.modules) {
        let body = Emitter {
            group,
            module,
            shapes: &group.shapes,
        }
        .module(version);
        let (name, version) = (module.name(), &module.version);
        let _ = write!(
            text,
            "\n/// Version `{version}`.\npub mod {name} {{\n{}}}\n",
            indented(&body)
        );
    }
    text
}

/// Four spaces before each line that has something on it.
fn indented(text: &str) -> String {
    text.lines()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("    {line}\n")
            }
        })
        .collect()
}

/// Writes one version.
struct Emitter<'a> {
    group: &'a Group,
    module: &'a Module,
    shapes: &'a Shapes,
}

impl Emitter<'_> {
    fn module(&self, version: &Version) -> String {
        let mut text = IMPORTS.to_owned();
        for (home, names) in &self.module.imports {
            let names = indented(&names.iter().cloned().collect::<Vec<_>>().join(",\n"));
            let _ = write!(
                text,
                "pub use super::{home}::{{\n{},\n}};\n",
                names.trim_end()
            );
        }
        let kinds = version
            .kinds
            .iter()
            .zip(&self.module.kinds)
            .map(|(kind, name)| self.kind(kind, name));
        let types = self
            .module
            .types
            .iter()
            .map(|(name, id)| self.type_(name, *id));
        let aliases = self
            .module
            .aliases
            .iter()
            .map(|(name, id)| self.alias(name, *id));
        for item in kinds.chain(types).chain(aliases) {
            text.push('\n');
            text.push_str(&item);
        }
        text
    }

    fn kind(&self, kind: &Kind, name: &str) -> String {
        let scope = if kind.namespaced {
            "in a namespace"
        } else {
            "for the whole cluster"
        };
        let mut text = format!("/// `{}` of `{}`, {scope}.\n", kind.name, kind.api_version);
        let metadata = format!("    pub metadata: {OBJECT_META},\n");
        text.push_str(&self.declaration(&kind.object, name, &metadata));
        text.push_str(&self.resource(kind, name));
        text.push_str(&serialize::kind(&kind.object, name));
        text
    }

    fn resource(&self, kind: &Kind, name: &str) -> String {
        let scope = if kind.namespaced {
            "NamespaceResourceScope"
        } else {
            "ClusterResourceScope"
        };
        format!(
            "
impl k8s_openapi::Resource for {name} {{
    const API_VERSION: &'static str = {:?};
    const GROUP: &'static str = {:?};
    const KIND: &'static str = {:?};
    const VERSION: &'static str = {:?};
    const URL_PATH_SEGMENT: &'static str = {:?};
    type Scope = k8s_openapi::{scope};
}}

impl k8s_openapi::Metadata for {name} {{
    type Ty = {OBJECT_META};

    fn metadata(&self) -> &Self::Ty {{
        &self.metadata
    }}

    fn metadata_mut(&mut self) -> &mut Self::Ty {{
        &mut self.metadata
    }}
}}
",
            kind.api_version,
            self.group.name(),
            kind.name,
            self.module.version,
            kind.plural,
        )
    }

    fn type_(&self, name: &str, id: ShapeId) -> String {
        let place = self
            .shapes
            .place(id)
            .map(|place| format!("`{}` of `{}`", place.path, place.kind))
            .unwrap_or_default();
        match self.shapes.get(id) {
            Shape::Object(object) => {
                let declaration = self.declaration(object, name, "");
                format!(
                    "/// {place}.\n{declaration}{}",
                    serialize::object(object, name)
                )
            }
            Shape::Choice(choice) => Self::choice(choice, name, &place),
        }
    }

    fn alias(&self, name: &str, id: ShapeId) -> String {
        format!("pub type {name} = {};\n", self.module.type_name(id))
    }

    /// The struct itself; `first` are the lines of fields before those of the schema.
    fn declaration(&self, object: &Object, name: &str, first: &str) -> String {
        let default = if self.object_has_default(object) {
            "Default, "
        } else {
            ""
        };
        let mut text = format!("#[derive(Clone, Debug, {default}PartialEq)]\npub struct {name} {{");
        if first.is_empty() && object.fields.is_empty() && object.rest.is_none() {
            return text + "}\n";
        }
        text.push('\n');
        text.push_str(first);
        for field in &object.fields {
            let type_ = self.module.field_type(name, field);
            let _ = writeln!(text, "    pub {}: {type_},", field.rust);
        }
        if let Some(rest) = &object.rest {
            let _ = writeln!(text, "    pub {rest}: BTreeMap<String, serde_json::Value>,");
        }
        text.push_str("}\n");
        text
    }

    fn choice(choice: &Choice, name: &str, place: &str) -> String {
        let default = choice.variants.get(choice.default);
        let default = default.map_or("", |(_, value)| value);
        let mut text = format!("/// {place}; `Default` is {default:?}.\n");
        text.push_str("#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]\n");
        let _ = writeln!(text, "pub enum {name} {{");
        let mut arms = String::new();
        for (index, (variant, value)) in choice.variants.iter().enumerate() {
            if index == choice.default {
                text.push_str("    #[default]\n");
            }
            let _ = writeln!(text, "    {variant},");
            let _ = writeln!(arms, "            Self::{variant} => {value:?},");
        }
        let _ = write!(
            text,
            "}}

impl {name} {{
    /// The value in YAML.
    pub const fn as_str(self) -> &'static str {{
        match self {{
{arms}        }}
    }}
}}
"
        );
        text.push_str(&serialize::choice(name));
        text
    }

    fn object_has_default(&self, object: &Object) -> bool {
        object
            .fields
            .iter()
            .filter(|field| field.required)
            .all(|field| self.type_has_default(&field.type_))
    }

    fn type_has_default(&self, type_: &Type) -> bool {
        match type_ {
            Type::Core(path) => core_types::has_default(path),
            Type::Shape(id) => match self.shapes.get(*id) {
                Shape::Object(object) => self.object_has_default(object),
                Shape::Choice(_) => true,
            },
            _ => true,
        }
    }
}
