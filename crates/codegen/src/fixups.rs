//! Named deviations from what a schema says. One that changes nothing any more is an error, so that the table stays true.

use schemas::{KindSchema, Schema, SchemaType};

use crate::error::Error;

/// A deviation from the schema of one kind, in all its versions.
#[derive(Clone, Copy, Debug)]
pub struct Fixup {
    /// What it is called in errors.
    pub name: &'static str,
    /// The API group of the kind.
    pub group: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// The field, `spec.http[].route`; `[]` leads to the items of a list, `{}` to the values of a map. Empty for the
    /// object itself.
    pub path: &'static str,
    /// What is done there.
    pub change: Change,
}

/// What a [`Fixup`] does.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    /// Adds an optional field that may hold anything, where the schema names none and allows all.
    AddField(&'static str),
    /// Says which Kubernetes definition (`io.k8s.api.core.v1.PodSpec`) the value is.
    CoreType(&'static str),
    /// Makes the value any JSON value, where the fields of the schema are of no use to whoever writes it.
    Untyped,
}

/// The deviations that hold for what this project imports.
pub const FIXUPS: &[Fixup] = &[
    // The schema is an object that may have any field (https://github.com/istio/istio/blob/1.23.6/manifests/charts/istio-operator/crds/crd-operator.yaml),
    // while `istioctl` reads `spec` and nothing else beside the metadata.
    Fixup {
        name: "istio-operator-spec",
        group: "install.istio.io",
        kind: "IstioOperator",
        path: "",
        change: Change::AddField("spec"),
    },
];

/// The kinds with the fixups of each applied.
pub(crate) fn applied(kinds: &mut [KindSchema], fixups: &[Fixup]) -> Result<(), Error> {
    for fixup in fixups {
        let of_kind = kinds
            .iter_mut()
            .filter(|kind| kind.group == fixup.group && kind.kind == fixup.kind);
        let mut changed = false;
        for kind in of_kind {
            changed |= at_path(&mut kind.schema, fixup.path)
                .is_some_and(|schema| fixup.change.apply(schema));
        }
        if !changed {
            return Err(Error::StaleFixup {
                name: fixup.name,
                kind: format!("{} {}", fixup.group, fixup.kind),
                path: fixup.path,
            });
        }
    }
    Ok(())
}

impl Change {
    /// Whether anything is different afterwards.
    fn apply(self, schema: &mut Schema) -> bool {
        match self {
            Self::AddField(name) => {
                !schema.properties.contains_key(name)
                    && schema
                        .properties
                        .insert(name, Schema::of_type(SchemaType::Any))
                        .is_none()
            }
            Self::CoreType(name) => {
                schema.core_type.replace(name.to_owned()).as_deref() != Some(name)
            }
            Self::Untyped => {
                let untyped = Schema::of_type(SchemaType::Any);
                std::mem::replace(schema, untyped.clone()) != untyped
            }
        }
    }
}

fn at_path<'a>(schema: &'a mut Schema, path: &str) -> Option<&'a mut Schema> {
    let mut at = schema;
    for step in path.split('.').filter(|step| !step.is_empty()) {
        let name = step.trim_end_matches(['[', ']', '{', '}']);
        at = at.properties.get_mut(name)?;
        for mark in step.as_bytes()[name.len()..].chunks(2) {
            let inside = if mark == b"[]" {
                &mut at.items
            } else {
                &mut at.additional_properties
            };
            at = inside.as_deref_mut()?;
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use schemas::{Scope, Subresources};

    use super::*;

    fn widget() -> KindSchema {
        let item = Schema {
            properties: [("size", Schema::of_type(SchemaType::Integer))].into(),
            ..Schema::of_type(SchemaType::Object)
        };
        let parts = Schema {
            items: Some(Box::new(item)),
            ..Schema::of_type(SchemaType::Array)
        };
        KindSchema {
            group: "example.com".to_owned(),
            version: "v1".to_owned(),
            kind: "Widget".to_owned(),
            plural: "widgets".to_owned(),
            scope: Scope::Namespaced,
            served: true,
            storage: true,
            deprecated: false,
            subresources: Subresources::default(),
            schema: Schema {
                properties: [("parts", parts)].into(),
                ..Schema::of_type(SchemaType::Object)
            },
        }
    }

    fn fixup(path: &'static str, change: Change) -> Fixup {
        Fixup {
            name: "some-fixup",
            group: "example.com",
            kind: "Widget",
            path,
            change,
        }
    }

    #[test]
    fn a_fixup_changes_the_field_at_its_path() {
        let mut kinds = [widget()];
        let core = "io.k8s.api.core.v1.Container";
        applied(
            &mut kinds,
            &[
                fixup("parts[]", Change::CoreType(core)),
                fixup("", Change::AddField("more")),
            ],
        )
        .unwrap();
        let properties = &kinds[0].schema.properties;
        let item = properties.get("parts").unwrap().items.as_deref().unwrap();
        assert_eq!(item.core_type.as_deref(), Some(core));
        assert!(properties.contains_key("more"));
    }

    #[test]
    fn a_fixup_that_changes_nothing_is_an_error() {
        let core = Change::CoreType("io.k8s.api.core.v1.Container");
        for stale in [
            vec![fixup("", Change::AddField("parts"))],
            vec![fixup("parts{}", Change::Untyped)],
            vec![fixup("gone", Change::Untyped)],
            vec![fixup("parts[]", core), fixup("parts[]", core)],
            vec![Fixup {
                kind: "Gadget",
                ..fixup("", Change::Untyped)
            }],
        ] {
            let error = applied(&mut [widget()], &stale).unwrap_err();
            assert!(
                matches!(
                    error,
                    Error::StaleFixup {
                        name: "some-fixup",
                        ..
                    }
                ),
                "{stale:?}"
            );
        }
    }
}
