//! Which Kubernetes type a schema is: the path of a definition in k8s-openapi, and the scalars with a type of their own.

use schemas::{Schema, SchemaType};

use crate::shape::Type;

/// A date and time (RFC 3339).
const TIME: &str = "k8s_openapi::apimachinery::pkg::apis::meta::v1::Time";
/// A value of bytes, base64 in YAML.
const BYTES: &str = "k8s_openapi::ByteString";
/// An integer or a string.
const INT_OR_STRING: &str = "k8s_openapi::apimachinery::pkg::util::intstr::IntOrString";
/// An amount with a unit, `250m` or `1Gi`.
const QUANTITY: &str = "k8s_openapi::apimachinery::pkg::api::resource::Quantity";
/// The metadata of every object.
pub(crate) const OBJECT_META: &str = "k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta";

/// Definitions that k8s-openapi writes as something else than a struct of that name.
const NOT_STRUCTS: [(&str, Type); 2] = [
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON",
        Type::Any,
    ),
    ("io.k8s.apimachinery.pkg.runtime.RawExtension", Type::Any),
];

/// Types of k8s-openapi without `Default`: those of a time, and those that always hold one.
const WITHOUT_DEFAULT: [&str; 4] = [
    TIME,
    "k8s_openapi::api::events::v1::EventSeries",
    "k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition",
    "k8s_openapi::apimachinery::pkg::apis::meta::v1::MicroTime",
];

/// The start of the pattern that controller-gen gives to every `resource.Quantity`.
const QUANTITY_PATTERN: &str = r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))((";

/// The Rust type of the Kubernetes definition of that name (`io.k8s.api.core.v1.PodSpec`).
pub(crate) fn definition(name: &str) -> Option<Type> {
    if let Some((_, type_)) = NOT_STRUCTS.iter().find(|(special, _)| *special == name) {
        return Some(type_.clone());
    }
    let path = name.strip_prefix("io.k8s.")?;
    let path = path.replace('-', "_").replace('.', "::");
    Some(Type::Core(format!("k8s_openapi::{path}")))
}

/// The Rust type of a schema without fields, items or values of its own.
pub(crate) fn scalar(schema: &Schema) -> Type {
    let format = schema.format.as_deref();
    match (schema.type_, format) {
        (SchemaType::Boolean, _) => Type::Boolean,
        (SchemaType::Integer, Some("int32")) => Type::Int32,
        (SchemaType::Integer, _) => Type::Int64,
        (SchemaType::Number, _) => Type::Float,
        (SchemaType::String, Some("date-time")) => Type::Core(TIME.to_owned()),
        (SchemaType::String, Some("byte")) => Type::Core(BYTES.to_owned()),
        (SchemaType::String | SchemaType::IntOrString, _) if is_quantity(schema) => {
            Type::Core(QUANTITY.to_owned())
        }
        (SchemaType::String, _) => Type::Text,
        (SchemaType::IntOrString, _) => Type::Core(INT_OR_STRING.to_owned()),
        (SchemaType::Object | SchemaType::Array | SchemaType::Any, _) => Type::Any,
    }
}

/// Whether `Default` is implemented for the type of k8s-openapi at that path.
pub(crate) fn has_default(path: &str) -> bool {
    !WITHOUT_DEFAULT.contains(&path)
}

fn is_quantity(schema: &Schema) -> bool {
    schema.format.as_deref() == Some("quantity")
        || schema
            .pattern
            .as_deref()
            .is_some_and(|pattern| pattern.starts_with(QUANTITY_PATTERN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_is_a_path_in_k8s_openapi() {
        for (name, expected) in [
            (
                "io.k8s.api.core.v1.PodSpec",
                "k8s_openapi::api::core::v1::PodSpec",
            ),
            (
                "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps",
                "k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::JSONSchemaProps",
            ),
        ] {
            assert_eq!(
                definition(name),
                Some(Type::Core(expected.to_owned())),
                "{name}"
            );
        }
        assert_eq!(definition("com.example.Widget"), None);
    }

    #[test]
    fn an_integer_or_string_with_the_pattern_of_a_quantity_is_one() {
        let mut schema = Schema::of_type(SchemaType::IntOrString);
        assert_eq!(scalar(&schema), Type::Core(INT_OR_STRING.to_owned()));
        schema.pattern = Some(r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$".to_owned());
        assert_eq!(scalar(&schema), Type::Core(QUANTITY.to_owned()));
    }
}
