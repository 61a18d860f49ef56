//! Reads lists, sets, maps with typed keys, what may be absent, and values that know their place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::decode::{Context, Value};
use crate::origin::Located;
use crate::scalar::MapKey;
use crate::schema::Definitions;
use crate::tree::{Content, Node};

/// The items with their nodes; a mistake in one does not hide those of the others.
fn items<'a, T: Value>(
    node: &'a Node,
    context: &mut Context,
    expected: &str,
) -> Option<Vec<(&'a Node, T)>> {
    let Content::Sequence(items) = &node.content else {
        let help = matches!(node.content, Content::Scalar(_))
            .then(|| "a list is written `[first, second]`".to_owned());
        context.mismatch(node, expected).maybe_help(help);
        return None;
    };
    let mut values = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        if context.diagnostics().are_too_many() {
            return None;
        }
        values.push(
            context
                .inside_item(index, |context| T::decode(item, context))
                .map(|value| (item, value)),
        );
    }
    values.into_iter().collect()
}

impl<T: Value> Value for Vec<T> {
    fn expected() -> String {
        format!("a list, each item {}", T::expected())
    }

    fn decode(node: &Node, context: &mut Context) -> Option<Self> {
        let items = items(node, context, &Self::expected())?;
        Some(items.into_iter().map(|(_, value)| value).collect())
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({ "type": "array", "items": T::schema(definitions) })
    }
}

impl<T: Value + Ord> Value for BTreeSet<T> {
    fn expected() -> String {
        format!("a list without repetition, each item {}", T::expected())
    }

    fn decode(node: &Node, context: &mut Context) -> Option<Self> {
        let mut seen: BTreeMap<T, &Node> = BTreeMap::new();
        let mut complete = true;
        for (item, value) in items::<T>(node, context, &Self::expected())? {
            if let Some(first) = seen.get(&value) {
                let first = first.origin;
                context
                    .error(&item.origin, "the list holds this item twice")
                    .label(&first, "here for the first time");
                complete = false;
            } else {
                seen.insert(value, item);
            }
        }
        complete.then(|| seen.into_keys().collect())
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({ "type": "array", "items": T::schema(definitions), "uniqueItems": true })
    }
}

impl<K: MapKey, T: Value> Value for BTreeMap<K, T> {
    fn expected() -> String {
        format!("a mapping, each value {}", T::expected())
    }

    fn decode(node: &Node, context: &mut Context) -> Option<Self> {
        let Content::Mapping(entries) = &node.content else {
            context.mismatch(node, "a mapping");
            return None;
        };
        let mut values = Self::new();
        let mut complete = true;
        for (key, item) in entries {
            if context.diagnostics().are_too_many() {
                return None;
            }
            let typed = K::decode_key(key, context);
            let value = context.inside_key(key, |context| T::decode(item, context));
            match (typed, value) {
                (Some(typed), Some(value)) => {
                    if values.insert(typed, value).is_some() {
                        context.error(
                            &key.origin,
                            format!("`{}` is another way to write a key above", key.text),
                        );
                        complete = false;
                    }
                }
                _ => complete = false,
            }
        }
        complete.then_some(values)
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({
            "type": "object",
            "propertyNames": K::key_schema(),
            "additionalProperties": definitions.value_of::<T>(),
        })
    }
}

impl<T: Value> Value for Option<T> {
    fn expected() -> String {
        T::expected()
    }

    fn decode(node: &Node, context: &mut Context) -> Option<Self> {
        T::decode(node, context).map(Some)
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        T::schema(definitions)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Value> Value for Located<T> {
    fn expected() -> String {
        T::expected()
    }

    fn decode(node: &Node, context: &mut Context) -> Option<Self> {
        let origin = context.pointer(node);
        Some(Self {
            value: T::decode(node, context)?,
            origin,
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        T::schema(definitions)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::implied)
    }
}
