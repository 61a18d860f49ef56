//! The plain data of a schema: what the API server knows about a kind, without any prose.
//!
//! The words are those of Kubernetes' structural schemas and their `x-kubernetes-*` extensions.
//! Built-in kinds and custom resources share the model.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

pub use crate::properties::{Properties, PropertiesIter};

/// One kind in one version, as one Kubernetes minor (built-in kinds) or one
/// `CustomResourceDefinition` (custom kinds) serves it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindSchema {
    /// The kind, `Deployment`.
    pub kind: String,
    /// The version inside the group, `v1`.
    pub version: String,
    /// The API group; empty for the core group.
    pub group: String,
    /// The resource name in URLs and RBAC rules, `deployments`.
    pub plural: String,
    /// Whether objects live in a namespace.
    pub scope: Scope,
    /// Whether an API server answers requests for this version, unless told otherwise: `false` for
    /// alpha and beta versions of built-in kinds. Custom kinds are here in served versions only.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub served: bool,
    /// Whether objects are stored in this version. `false` for built-in kinds, where no document
    /// says it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub storage: bool,
    /// Whether clients are warned off this version.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Which subresources the kind has.
    #[serde(default, skip_serializing_if = "Subresources::is_empty")]
    pub subresources: Subresources,
    /// The schema of the whole object, `apiVersion`, `kind` and `metadata` included.
    pub schema: Schema,
}

impl KindSchema {
    /// `apps/v1`, or `v1` for the core group.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.clone()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }
}

/// Whether objects of a kind live in a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// One namespace each.
    Namespaced,
    /// The whole cluster.
    Cluster,
}

/// The subresources that matter to a manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subresources {
    /// `status` is written through its own endpoint, so a manifest's `status` is ignored.
    #[serde(default, skip_serializing_if = "is_false")]
    pub status: bool,
    /// How an autoscaler reads and writes replica counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
}

impl Subresources {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The `scale` subresource. The paths are JSON paths such as `.spec.replicas`; they are empty for
/// built-in kinds, whose documents do not name them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Where the wanted number of replicas is.
    #[serde(rename = "spec", default, skip_serializing_if = "String::is_empty")]
    pub spec_replicas_path: String,
    /// Where the observed number of replicas is.
    #[serde(rename = "status", default, skip_serializing_if = "String::is_empty")]
    pub status_replicas_path: String,
    /// Where the selector of the pods is, for kinds that have one.
    #[serde(rename = "selector", default, skip_serializing_if = "Option::is_none")]
    pub label_selector_path: Option<String>,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchemaType {
    /// A map with string keys.
    Object,
    /// A list.
    Array,
    /// A string.
    String,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An integer or a string (`x-kubernetes-int-or-string`).
    IntOrString,
    /// The schema names no type. Alone it accepts every value; inside `all_of`, `any_of`, `one_of`
    /// and `not` it leaves the type to the schema around it; beside `reference` it leaves
    /// everything to the definition.
    #[default]
    Any,
}

impl SchemaType {
    /// The name in the text format and in `OpenAPI`, `int-or-string` and `any` excepted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Array => "array",
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::IntOrString => "int-or-string",
            Self::Any => "any",
        }
    }

    /// The type of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "object" => Self::Object,
            "array" => Self::Array,
            "string" => Self::String,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "int-or-string" => Self::IntOrString,
            "any" => Self::Any,
            _ => return None,
        })
    }
}

/// How a list is merged, and what must be unique in it (`x-kubernetes-list-type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ListType {
    /// Replaced as a whole.
    Atomic,
    /// Scalars, each at most once.
    Set,
    /// Objects, told apart by [`Schema::list_map_keys`], each combination at most once.
    Map,
}

/// How a map is merged (`x-kubernetes-map-type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MapType {
    /// Replaced as a whole.
    Atomic,
    /// Merged key by key.
    Granular,
}

/// One CEL rule (`x-kubernetes-validations`). Its message is prose and not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The CEL expression; `self` is the value the rule stands at.
    pub rule: String,
    /// Whether the rule also runs on creation, with `oldSelf` as an optional value.
    #[serde(rename = "optionalOldSelf", default, skip_serializing_if = "is_false")]
    pub optional_old_self: bool,
    /// The JSON path, relative to where the rule stands, that a violation is reported at.
    #[serde(rename = "fieldPath", default, skip_serializing_if = "Option::is_none")]
    pub field_path: Option<String>,
    /// The machine-readable reason a violation is reported with, `FieldValueInvalid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A structural schema: the facts about one value and what is inside it.
///
/// Everything but [`Schema::type_`] is empty, `None` or `false` where nothing is said. Unknown
/// fields: an object with neither [`Schema::properties`] nor [`Schema::additional_properties`] nor
/// [`Schema::preserve_unknown_fields`] has no fields at all (custom resources are pruned to nothing
/// there). Keys of `properties` win over `additional_properties`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "these are the flags that Kubernetes' schemas have"
)]
pub struct Schema {
    /// The type of the value.
    #[serde(rename = "type", default, skip_serializing_if = "is_default")]
    pub type_: SchemaType,
    /// The name of a definition, to be looked up with [`crate::Store::definition`], that says
    /// everything about the value. `default`, `nullable`, list and map hints may stand beside it.
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// A hint: this subtree is a subset of the core type of that name
    /// (`io.k8s.api.core.v1.PodSpec`), and every value of the core type's Rust struct that stays
    /// within the subtree can be written with it. Whoever validates uses the subtree itself.
    #[serde(rename = "core", default, skip_serializing_if = "Option::is_none")]
    pub core_type: Option<String>,
    /// The fields of an object, sorted by name.
    #[serde(
        rename = "props",
        default,
        skip_serializing_if = "Properties::is_empty"
    )]
    pub properties: Properties,
    /// The names of fields that must be there, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    /// What every value of a map looks like.
    #[serde(rename = "values", default, skip_serializing_if = "Option::is_none")]
    pub additional_properties: Option<Box<Schema>>,
    /// What every item of a list looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Box<Schema>>,
    /// The only values allowed, in the order of the source.
    #[serde(rename = "enum", default, skip_serializing_if = "Vec::is_empty")]
    pub enumeration: Vec<Value>,
    /// How a string or number is to be read: `int32`, `int64`, `double`, `byte` (base64),
    /// `date-time`, `duration`, `cidr`, `ipv4`, `ipv6`, `uri`, `quantity` … Unknown formats are no
    /// constraint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// A regular expression (RE2 syntax, not anchored) that a string must match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The smallest number allowed.
    #[serde(rename = "min", default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    /// The largest number allowed.
    #[serde(rename = "max", default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number>,
    /// Whether `minimum` itself is forbidden.
    #[serde(rename = "exclusiveMin", default, skip_serializing_if = "is_false")]
    pub exclusive_minimum: bool,
    /// Whether `maximum` itself is forbidden.
    #[serde(rename = "exclusiveMax", default, skip_serializing_if = "is_false")]
    pub exclusive_maximum: bool,
    /// The number that the value must be a multiple of.
    #[serde(
        rename = "multipleOf",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub multiple_of: Option<Number>,
    /// The smallest length of a string, in Unicode code points.
    #[serde(rename = "minLength", default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u64>,
    /// The largest length of a string, in Unicode code points.
    #[serde(rename = "maxLength", default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// The smallest number of items of a list.
    #[serde(rename = "minItems", default, skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// The largest number of items of a list.
    #[serde(rename = "maxItems", default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// The smallest number of entries of an object.
    #[serde(rename = "minProps", default, skip_serializing_if = "Option::is_none")]
    pub min_properties: Option<u64>,
    /// The largest number of entries of an object.
    #[serde(rename = "maxProps", default, skip_serializing_if = "Option::is_none")]
    pub max_properties: Option<u64>,
    /// Whether no two items of a list may be equal.
    #[serde(rename = "unique", default, skip_serializing_if = "is_false")]
    pub unique_items: bool,
    /// How the list is merged.
    #[serde(rename = "list", default, skip_serializing_if = "Option::is_none")]
    pub list_type: Option<ListType>,
    /// The fields that tell the items of a [`ListType::Map`] apart, in the order of the source.
    #[serde(rename = "keys", default, skip_serializing_if = "Vec::is_empty")]
    pub list_map_keys: Vec<String>,
    /// The field that strategic merge patches tell items apart by (`x-kubernetes-patch-merge-key`);
    /// built-in kinds only.
    #[serde(rename = "mergeKey", default, skip_serializing_if = "Option::is_none")]
    pub patch_merge_key: Option<String>,
    /// How the map is merged.
    #[serde(rename = "map", default, skip_serializing_if = "Option::is_none")]
    pub map_type: Option<MapType>,
    /// What the API server fills in where the field is missing.
    #[serde(
        default,
        deserialize_with = "some_value",
        skip_serializing_if = "Option::is_none"
    )]
    pub default: Option<Value>,
    /// Whether `null` is allowed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// Whether fields that the schema does not name are kept
    /// (`x-kubernetes-preserve-unknown-fields`).
    #[serde(rename = "preserve", default, skip_serializing_if = "is_false")]
    pub preserve_unknown_fields: bool,
    /// Whether the value is a whole Kubernetes object with `apiVersion`, `kind` and `metadata`.
    #[serde(rename = "embedded", default, skip_serializing_if = "is_false")]
    pub embedded_resource: bool,
    /// The CEL rules that stand at this value, in the order of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Schemas that must all accept the value.
    #[serde(rename = "allOf", default, skip_serializing_if = "Vec::is_empty")]
    pub all_of: Vec<Schema>,
    /// Schemas of which at least one must accept the value.
    #[serde(rename = "anyOf", default, skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Schema>,
    /// Schemas of which exactly one must accept the value.
    #[serde(rename = "oneOf", default, skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<Schema>,
    /// A schema that must not accept the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not: Option<Box<Schema>>,
}

impl Schema {
    /// A schema that says nothing but the type.
    pub fn of_type(type_: SchemaType) -> Self {
        Self {
            type_,
            ..Self::default()
        }
    }

    /// A schema that says nothing but the name of a definition.
    pub fn of_reference(name: impl Into<String>) -> Self {
        Self {
            reference: Some(name.into()),
            ..Self::default()
        }
    }

    /// Every schema directly inside this one.
    pub fn children(&self) -> impl Iterator<Item = &Schema> {
        let boxed = [&self.additional_properties, &self.items, &self.not];
        let junctors = [&self.all_of, &self.any_of, &self.one_of];
        self.properties
            .values()
            .chain(boxed.into_iter().flatten().map(AsRef::as_ref))
            .chain(junctors.into_iter().flatten())
    }

    /// Every schema directly inside this one, to be changed.
    pub fn children_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        let boxed = [
            &mut self.additional_properties,
            &mut self.items,
            &mut self.not,
        ];
        let junctors = [&mut self.all_of, &mut self.any_of, &mut self.one_of];
        self.properties
            .values_mut()
            .chain(boxed.into_iter().flatten().map(AsMut::as_mut))
            .chain(junctors.into_iter().flatten())
    }

    /// The same without the schemas of fields, whose changing would make copies of shared ones.
    pub(crate) fn children_besides_properties_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        let boxed = [
            &mut self.additional_properties,
            &mut self.items,
            &mut self.not,
        ];
        let junctors = [&mut self.all_of, &mut self.any_of, &mut self.one_of];
        let boxed = boxed.into_iter().flatten().map(AsMut::as_mut);
        boxed.chain(junctors.into_iter().flatten())
    }

    /// Whether the field of that name must be there.
    pub fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| required == name)
    }
}

fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
fn is_true(flag: &bool) -> bool {
    *flag
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
fn is_false(flag: &bool) -> bool {
    !*flag
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// `"default": null` is a default, unlike no `default` at all.
fn some_value<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}
