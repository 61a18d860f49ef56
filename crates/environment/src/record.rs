//! The macro for structs: a mapping with named keys.

/// The YAML key of a field, as a constant.
#[doc(hidden)]
#[macro_export]
macro_rules! key_of {
    ($field:ident) => {{
        const LENGTH: usize = $crate::macros::key_length(stringify!($field));
        const BYTES: [u8; LENGTH] = $crate::macros::key_bytes(stringify!($field));
        const KEY: &str = $crate::macros::key_text(&BYTES);
        KEY
    }};
}

/// Makes a struct that is read from a mapping.
///
/// The key of a field is its name in camel case. A field is required unless its type is an `Option` or a default follows
/// its type. Doc comments become the descriptions of the JSON Schema.
///
/// ```
/// environment::record! {
///     /// How a service is scaled.
///     pub struct Replicas {
///         /// Fewest pods.
///         pub min: u32,
///         /// Most pods; as many as `min` where it is not written.
///         pub max: Option<u32>,
///         /// Seconds to wait before scaling down.
///         pub cool_down: u32 = 300,
///     }
/// }
/// ```
#[macro_export]
macro_rules! record {
    (
        $(#[doc = $struct_doc:literal])+
        $struct_visibility:vis struct $name:ident {
            $(
                $(#[doc = $doc:literal])+
                $visibility:vis $field:ident: $type:ty $(= $default:expr)?
            ),* $(,)?
        }
    ) => {
        $(#[doc = $struct_doc])+
        #[derive(Clone, Debug, PartialEq)]
        $struct_visibility struct $name {
            $($(#[doc = $doc])+ $visibility $field: $type,)*
        }

        impl $crate::Value for $name {
            fn expected() -> String {
                "a mapping".to_owned()
            }

            fn decode(node: &$crate::Node, context: &mut $crate::Context) -> Option<Self> {
                const KEYS: &[&str] = &[$($crate::key_of!($field)),*];
                #[allow(unused_mut, reason = "a record may have no fields")]
                let mut fields = $crate::macros::Fields::open(node, KEYS, context)?;
                $(let $field: Option<$type> = $crate::record!(@get fields, context, $field $(, $default)?);)*
                fields.finish(context);
                Some(Self { $($field: $field?),* })
            }

            fn schema(definitions: &mut $crate::Definitions) -> $crate::macros::Json {
                definitions.object::<Self>(stringify!($name), &[$($struct_doc),+], |definitions| vec![
                    $((
                        $crate::key_of!($field),
                        $crate::macros::property::<$type>(definitions, &[$($doc),+]),
                        $crate::record!(@required $type $(, $default)?),
                    )),*
                ])
            }
        }
    };
    (@get $fields:ident, $context:ident, $field:ident) => {
        $fields.get($crate::key_of!($field), $context)
    };
    (@get $fields:ident, $context:ident, $field:ident, $default:expr) => {
        $fields.get_or($crate::key_of!($field), $context, || $default)
    };
    (@required $type:ty) => {
        <$type as $crate::Value>::absent().is_none()
    };
    (@required $type:ty, $default:expr) => {
        false
    };
}
