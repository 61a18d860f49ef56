//! The `Serialize` of a generated type, written out: a derive costs most of the compile time of such code.
//!
//! The text leans on `crate::object`, which the crate around it provides.

use std::fmt::Write as _;

use crate::shape::{Field, Object};

/// The type itself comes first in a kind.
const TYPE_META: [(&str, &str); 3] = [
    ("apiVersion", "<Self as k8s_openapi::Resource>::API_VERSION"),
    ("kind", "<Self as k8s_openapi::Resource>::KIND"),
    ("metadata", "&self.metadata"),
];

pub(super) fn kind(object: &Object, name: &str) -> String {
    implementation(name, &body(object, name, &TYPE_META))
}

pub(super) fn object(object: &Object, name: &str) -> String {
    implementation(name, &body(object, name, &[]))
}

pub(super) fn choice(name: &str) -> String {
    implementation(name, "        serializer.serialize_str(self.as_str())\n")
}

fn implementation(name: &str, body: &str) -> String {
    format!(
        "
impl serde::Serialize for {name} {{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
{body}    }}
}}
"
    )
}

fn body(object: &Object, name: &str, first: &[(&str, &str)]) -> String {
    let (optional, required): (Vec<&Field>, Vec<&Field>) =
        object.fields.iter().partition(|field| !field.required);
    let always = first.len() + required.len();
    let present: Vec<String> = optional
        .iter()
        .map(|field| format!("self.{}.is_some()", field.rust))
        .collect();
    let (type_, label, more) = match &object.rest {
        None => ("Object", format!("{name:?}, "), String::new()),
        Some(rest) => ("OpenObject", String::new(), format!(", &self.{rest}")),
    };
    let (prelude, present) = present_list(&present);
    let new = format!("crate::object::{type_}::new(serializer, {label}{always}, {present}{more})");
    if always == 0 && object.fields.is_empty() && object.rest.is_none() {
        return format!("        {new}.end()\n");
    }
    let mut text = format!("{prelude}        let mut object = {new};\n");
    for (wire, value) in first {
        let _ = writeln!(text, "        object.required({wire:?}, {value});");
    }
    for field in &object.fields {
        let how = if field.required {
            "required"
        } else {
            "optional"
        };
        let _ = writeln!(
            text,
            "        object.{how}({:?}, &self.{});",
            field.wire, field.rust
        );
    }
    text.push_str("        object.end()\n");
    text
}

/// The list as an expression, and the line before it where it would be too long for one.
fn present_list(present: &[String]) -> (String, String) {
    if present.len() <= 2 {
        return (String::new(), format!("&[{}]", present.join(", ")));
    }
    let lines = present.join(",\n            ");
    (
        format!("        let present = [\n            {lines},\n        ];\n"),
        "&present".to_owned(),
    )
}
