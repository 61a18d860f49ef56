//! Objects and maps.

use schemas::{Schema, SchemaType};
use serde_json::{Map, Value as Json};

use super::shapes::Demanded;
use super::validator::{Mode, Validator};
use crate::path::Path;
use crate::rules::api::{required, size, unknown_field};
use crate::syntax;

/// The fields that every Kubernetes object has, whatever its schema says.
const OF_EVERY_RESOURCE: [&str; 3] = ["apiVersion", "kind", "metadata"];

const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
/// What is demanded of the metadata of the object itself; those inside of templates are judged where they are used.
const OWN_META: &str = "metadata";

impl<'v, 's> Validator<'v, 's, '_> {
    /// The document itself.
    pub(super) fn resource(
        &mut self,
        schema: &'s Schema,
        fields: &'v Map<String, Json>,
        value: &'v Json,
        path: &Path<'_>,
    ) {
        let facts = self.facts;
        if let (Some(meta), Some(schema)) = (
            fields.get("metadata"),
            facts.store.definition(&facts.minor, OBJECT_META),
        ) {
            let path = path.field("metadata");
            if let Some(fields) = meta.as_object() {
                self.native(Demanded::of(OWN_META), schema, fields, &path);
            }
            self.is_custom_meta = !self.is_built_in;
            let built_in = std::mem::replace(&mut self.is_built_in, true);
            let is_free = std::mem::replace(&mut self.is_free, false);
            self.node(schema, meta, &path, Mode::Whole);
            self.is_built_in = built_in;
            self.is_custom_meta = false;
            self.is_free = is_free;
        }
        self.note(schema, value, path);
        self.resource_fields(schema, fields, path);
        self.combinations(schema, value, path);
    }

    /// An object that a schema describes.
    pub(super) fn object(
        &mut self,
        schema: &'s Schema,
        fields: &'v Map<String, Json>,
        path: &Path<'_>,
        mode: Mode,
    ) {
        if schema.embedded_resource && mode == Mode::Whole {
            self.resource_fields(schema, fields, path);
        } else {
            self.fields(schema, fields, path, mode, &[]);
        }
    }

    fn resource_fields(
        &mut self,
        schema: &'s Schema,
        fields: &'v Map<String, Json>,
        path: &Path<'_>,
    ) {
        for name in ["apiVersion", "kind"] {
            if fields
                .get(name)
                .and_then(Json::as_str)
                .is_none_or(str::is_empty)
            {
                self.report(
                    &required::RULE,
                    path,
                    || format!("`{name}` is missing"),
                    || None,
                );
            }
        }
        self.fields(schema, fields, path, Mode::Whole, &OF_EVERY_RESOURCE);
    }

    fn fields(
        &mut self,
        schema: &'s Schema,
        fields: &'v Map<String, Json>,
        path: &Path<'_>,
        mode: Mode,
        known: &[&str],
    ) {
        for name in &schema.required {
            let present = fields
                .get(name)
                .is_some_and(|value| !value.is_null() || self.allows_null(schema, name));
            let defaulted = schema
                .properties
                .get(name)
                .is_some_and(|property| property.default.is_some());
            // The owners of what a template makes are nobody's concern; those of the object are judged elsewhere.
            let is_owner =
                self.is_built_in && schema.properties.get("blockOwnerDeletion").is_some();
            if !present && !defaulted && !is_owner && !self.may_lack(name) {
                self.report(
                    &required::RULE,
                    path,
                    || format!("`{name}` is missing"),
                    || None,
                );
            }
        }
        self.count(schema, fields.len(), path);
        let is_free = mode == Mode::Part || self.is_free || Self::is_shapeless(schema);
        for (name, value) in fields {
            if let Some(property) = schema.properties.get(name) {
                // The document's own metadata is judged against the full definition.
                let is_own_metadata = name == "metadata" && !known.is_empty();
                let is_pruned = value.is_null() && self.prunes_null(property);
                let is_unread = self.is_custom_meta && is_left_unread(name, value);
                let is_status = self.drops_status && name == "status" && matches!(path, Path::Root);
                let is_pruned = is_pruned || (is_status && value.is_null());
                if !is_own_metadata && !is_pruned && !is_unread {
                    let outer = self.is_dropped;
                    self.is_dropped |= is_status;
                    self.node(property, value, &path.field(name), mode);
                    self.is_dropped = outer;
                }
            } else if let Some(values) = &schema.additional_properties {
                if !(value.is_null() && self.prunes_null(values)) {
                    self.node(values, value, &path.key(name), mode);
                }
            } else if !is_free && !known.contains(&name.as_str()) {
                let help = || {
                    let nearest = syntax::nearest(name, schema.properties.keys());
                    nearest.map(|nearest| format!("did you mean `{nearest}`?"))
                };
                self.report(
                    &unknown_field::RULE,
                    &path.field(name),
                    || format!("unknown field `{name}`"),
                    help,
                );
            }
        }
    }

    /// Objects without any shape: raw extensions, managed fields, and those of custom resources of which a definition
    /// says no more than that they are objects.
    fn is_shapeless(schema: &Schema) -> bool {
        schema.type_ == SchemaType::Any
            || (schema.properties.is_empty() && schema.additional_properties.is_none())
    }

    /// Fields that the documents call required, and that the server fills in or takes as zero.
    fn may_lack(&self, name: &str) -> bool {
        let kind = self.kind();
        // Of a header or a kernel setting: without it, the empty one.
        let is_value = name == "value" && kind != "HorizontalPodAutoscaler";
        self.is_built_in
            && (is_value
                || matches!(
                    (kind, name),
                    ("ResourceClaim" | "ResourceClaimTemplate" | "DeviceClass", "spec")
                    | ("LimitRange", "limits")
                    // Of a hook that sleeps: without it, for no time at all.
                    | (_, "seconds" | "preference")
                    | ("CSIDriver", "spec" | "audience")
                    | ("CSINode", "spec" | "drivers")
                    // What a claim is filled from is dropped where it names nothing that is known.
                    | ("PersistentVolumeClaim", "kind" | "name")
                    | ("Job" | "CronJob", "rules")
                    | ("CustomResourceDefinition", "served" | "storage" | "strategy")
                    // Of the hints of an endpoint: without it, the empty one.
                    | ("EndpointSlice", "name" | "endpoints")
                    | ("ControllerRevision", "revision")
                    | ("RoleBinding" | "ClusterRoleBinding", "apiGroup")
                ))
    }

    fn allows_null(&self, schema: &Schema, name: &str) -> bool {
        !self.is_built_in
            && schema
                .properties
                .get(name)
                .is_some_and(|property| property.nullable || property.type_ == SchemaType::Any)
    }

    /// A null counts as absent in built-in kinds, and where the server puts a default in its place.
    fn prunes_null(&self, schema: &Schema) -> bool {
        self.is_built_in || (!schema.nullable && schema.default.is_some())
    }

    fn count(&mut self, schema: &Schema, length: usize, path: &Path<'_>) {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if let Some(least) = schema.min_properties.filter(|least| length < *least) {
            self.report(
                &size::RULE,
                path,
                || format!("needs at least {least} entries, has {length}"),
                || None,
            );
        }
        if let Some(most) = schema.max_properties.filter(|most| length > *most) {
            self.report(
                &size::RULE,
                path,
                || format!("may have at most {most} entries, has {length}"),
                || None,
            );
        }
    }
}

/// Whether the server drops a field of the metadata of a custom resource when it cannot be read.
fn is_left_unread(name: &str, value: &Json) -> bool {
    match name {
        "creationTimestamp" | "deletionTimestamp" | "time" => {
            value.is_string() || value.is_number()
        }
        "generation" => value.is_number(),
        _ => false,
    }
}
