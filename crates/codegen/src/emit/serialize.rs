//! The `Serialize` of a generated type, written out: a derive would cost most of the compile time of the output.

use std::fmt::Write as _;

use crate::shape::Object;

pub(super) fn serialize_kind(object: &Object, name: &str) -> String {
    serialize(object, name, "<Self as k8s_openapi::Resource>::KIND", 3, &[("apiVersion", "<Self as k8s_openapi::Resource>::API_VERSION"), ("kind", "<Self as k8s_openapi::Resource>::KIND"), ("metadata", "&self.metadata")])
}

pub(super) fn serialize_object(object: &Object, name: &str) -> String {
    if std::env::var("VAR").as_deref() == Ok("derive") { return String::new(); }
    serialize(object, name, &format!("{name:?}"), 0, &[])
}

pub(super) fn serialize_choice(name: &str) -> String {
    format!("
impl serde::Serialize for {name} {{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
        serializer.serialize_str(self.as_str())
    }}
}}
")
}

fn serialize(object: &Object, name: &str, label: &str, always: usize, first: &[(&str, &str)]) -> String {
    let var = std::env::var("VAR").unwrap_or_default();
    if var == "derive" { return String::new(); }
    let always = always + object.fields.iter().filter(|f| f.required).count();
    let mut length = always.to_string();
    for field in object.fields.iter().filter(|f| !f.required) {
        let _ = match var.as_str() { "v1" => write!(length, " + self.{}.as_ref().map_or(0, |_| 1)", field.rust),
          "nolen" => Ok(()),
          _ => write!(length, " + usize::from(self.{}.is_some())", field.rust) };
    }
    let mut text = format!("
impl serde::Serialize for {name} {{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
        let mut state = serializer.serialize_struct({label}, {length})?;
");
    for (wire, value) in first { let _ = writeln!(text, "        state.serialize_field({wire:?}, {value})?;"); }
    for field in &object.fields {
        let (wire, rust) = (&field.wire, &field.rust);
        let _ = if field.required {
            writeln!(text, "        state.serialize_field({wire:?}, &self.{rust})?;")
        } else if var == "v3" || var == "nolen" {
            writeln!(text, "        crate::optional(&mut state, {wire:?}, &self.{rust})?;")
        } else {
            writeln!(text, "        if let Some(value) = &self.{rust} {{\n            state.serialize_field({wire:?}, value)?;\n        }}")
        };
    }
    text.push_str("        state.end()\n    }\n}\n");
    text
}
