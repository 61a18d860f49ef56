//! From the plan of a group to Rust text.

use std::fmt::Write as _;

use crate::core_types;
use crate::group::{Group, Options, Version};
use crate::plan::Module;
use crate::shape::{Choice, Field, Object, Shape, Shapes, Type};

mod serialize;

use serialize::{serialize_kind, serialize_object};

/// What every version of every group begins with.
const IMPORTS: &str = "#[allow(unused_imports)]\nuse std::collections::BTreeMap;\n#[allow(unused_imports)]\nuse serde::ser::SerializeMap as _;\n#[allow(unused_imports)]\nuse serde::ser::SerializeStruct as _;\n";

/// The modules of all versions of a group.
pub(crate) fn group(group: &Group, options: Options) -> String {
    let mut text = format!("// Made by `codegen` from the schemas of `{}`.\n", group.name());
    for (version, module) in group.versions.iter().zip(&group.modules) {
        let emitter = Emitter { group, module, shapes: &group.shapes, options };
        let body = emitter.module(version);
        let _ = write!(text, "\npub mod {} {{\n{}}}\n", module.version, indented(&body));
    }
    text
}

/// Four spaces before each line that has something on it.
fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

/// Writes one version.
struct Emitter<'a> {
    group: &'a Group,
    module: &'a Module,
    shapes: &'a Shapes,
    options: Options,
}

impl Emitter<'_> {
    fn module(&self, version: &Version) -> String {
        let mut text = IMPORTS.to_owned();
        for (home, names) in &self.module.imports {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let _ = write!(text, "pub use super::{home}::{{\n    {},\n}};\n", names.join(",\n    "));
        }
        for (kind, name) in version.kinds.iter().zip(&self.module.kinds) {
            text.push('\n');
            text.push_str(&self.kind(kind, name));
        }
        for (name, id) in &self.module.types {
            text.push('\n');
            match self.shapes.get(*id) {
                Shape::Object(object) => text.push_str(&self.object(object, name)),
                Shape::Choice(choice) => text.push_str(&self.choice(choice, name)),
            }
        }
        for (name, id) in &self.module.aliases {
            let _ = write!(text, "\npub type {name} = {};\n", self.module.write(&Type::Shape(*id)));
        }
        text
    }

    fn kind(&self, kind: &crate::group::Kind, name: &str) -> String {
        let meta = core_types::OBJECT_META;
        let metadata = format!("    pub metadata: {meta},\n");
        let mut text = self.declaration(&kind.object, name, &metadata, kind.object.rest.is_none());
        let api_version = &kind.api_version;
        let scope = if kind.namespaced { "NamespaceResourceScope" } else { "ClusterResourceScope" };
        let _ = write!(
            text,
            "\nimpl k8s_openapi::Resource for {name} {{
    const API_VERSION: &'static str = \"{api_version}\";
    const GROUP: &'static str = \"{}\";
    const KIND: &'static str = \"{}\";
    const VERSION: &'static str = \"{}\";
    const URL_PATH_SEGMENT: &'static str = \"{}\";
    type Scope = k8s_openapi::{scope};
}}

impl k8s_openapi::Metadata for {name} {{
    type Ty = {meta};

    fn metadata(&self) -> &Self::Ty {{
        &self.metadata
    }}

    fn metadata_mut(&mut self) -> &mut Self::Ty {{
        &mut self.metadata
    }}
}}
",
            self.group.name(),
            kind.kind,
            self.module.version,
            kind.plural,
        );
        text.push_str(&serialize_kind(&kind.object, name));
        text
    }

    fn object(&self, object: &Object, name: &str) -> String {
        let mut text = self.declaration(object, name, "", true);
        text.push_str(&serialize_object(object, name));
        text
    }

    /// The struct itself; `first` are the lines of fields before those of the schema.
    fn declaration(&self, object: &Object, name: &str, first: &str, may_deserialize: bool) -> String {
        let default = if self.object_has_default(object) { "Default, " } else { "" };
        let deserialize = self.options.deserialize && may_deserialize;
        let serde = if deserialize { ", serde::Deserialize" } else { "" };
        let derive_ser = if std::env::var("VAR").as_deref() == Ok("derive") { ", serde::Serialize" } else { "" };
        let mut text = format!("#[derive(Clone, Debug, {default}PartialEq{serde}{derive_ser})]\npub struct {name} {{\n{first}");
        for field in &object.fields {
            if deserialize {
                let _ = writeln!(text, "    #[serde(rename = {:?})]", field.wire);
            }
            if derive_ser != "" {
                let sk = if field.required {""} else {", skip_serializing_if = \"Option::is_none\""};
                let _ = writeln!(text, "    #[serde(rename = {:?}{sk})]", field.wire);
            }
            let _ = writeln!(text, "    pub {}: {},", field.rust, self.field_type(field));
        }
        if let Some(rest) = &object.rest {
            if deserialize {
                text.push_str("    #[serde(flatten)]\n");
            }
            let _ = writeln!(text, "    pub {rest}: BTreeMap<String, serde_json::Value>,");
        }
        text.push_str("}\n");
        text
    }

    fn field_type(&self, field: &Field) -> String {
        let type_ = self.module.write(&field.type_);
        if field.required { type_ } else { format!("Option<{type_}>") }
    }

    fn choice(&self, choice: &Choice, name: &str) -> String {
        let serde = if self.options.deserialize { ", serde::Deserialize" } else { "" };
        let mut text = format!("#[derive(Clone, Copy, Debug, Default, Eq, PartialEq{serde})]\npub enum {name} {{\n");
        for (index, (variant, value)) in choice.variants.iter().enumerate() {
            if index == choice.default {
                text.push_str("    #[default]\n");
            }
            if self.options.deserialize {
                let _ = writeln!(text, "    #[serde(rename = {value:?})]");
            }
            let _ = writeln!(text, "    {variant},");
        }
        let _ = write!(text, "}}\n\nimpl {name} {{\n    pub const fn as_str(self) -> &'static str {{\n        match self {{\n");
        for (variant, value) in &choice.variants {
            let _ = writeln!(text, "            Self::{variant} => {value:?},");
        }
        text.push_str("        }\n    }\n}\n");
        text.push_str(&serialize::serialize_choice(name));
        text
    }

    fn object_has_default(&self, object: &Object) -> bool {
        object.fields.iter().filter(|field| field.required).all(|field| self.type_has_default(&field.type_))
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
