//! The macros for enums: one of a set of words, and one of a set of mappings.

/// Makes an enum that is read from one of a closed set of words.
///
/// ```
/// environment::choice! {
///     /// How a new version takes over.
///     pub enum Strategy {
///         /// Pod after pod.
///         Rolling = "rolling",
///         /// A second set of pods, then one switch.
///         BlueGreen = "blue-green",
///     }
/// }
/// assert_eq!(Strategy::BlueGreen.as_str(), "blue-green");
/// ```
#[macro_export]
macro_rules! choice {
    (
        $(#[doc = $enum_doc:literal])+
        $visibility:vis enum $name:ident {
            $($(#[doc = $doc:literal])+ $variant:ident = $word:literal),+ $(,)?
        }
    ) => {
        $(#[doc = $enum_doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility enum $name {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl $name {
            /// Every word of the set, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it is written in an environment.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl $crate::Value for $name {
            fn expected() -> String {
                $crate::macros::one_of(&[$($word),+])
            }

            fn decode(node: &$crate::Node, context: &mut $crate::Context) -> Option<Self> {
                let word = $crate::macros::word(node, &[$($word),+], context)?;
                Self::ALL.iter().copied().find(|candidate| candidate.as_str() == word)
            }

            fn schema(definitions: &mut $crate::Definitions) -> $crate::macros::Json {
                definitions.words::<Self>(
                    stringify!($name),
                    &[$($enum_doc),+],
                    &[$(($word, &[$($doc),+])),+],
                )
            }
        }

        impl $crate::MapKey for $name {
            fn decode_key(key: &$crate::Key, context: &mut $crate::Context) -> Option<Self> {
                let word = $crate::macros::known_word(&key.text, &key.origin, &[$($word),+], context)?;
                Self::ALL.iter().copied().find(|candidate| candidate.as_str() == word)
            }

            fn key_schema() -> $crate::macros::Json {
                $crate::macros::json!({ "enum": [$($word),+] })
            }
        }
    };
}

/// Makes an enum that is read from a mapping with one key, which says what the value is.
///
/// ```
/// environment::record! {
///     /// A cluster on one's own machines.
///     pub struct Machines {
///         /// How many.
///         pub count: u32,
///     }
/// }
/// environment::variant! {
///     /// Who runs the cluster: `provider: { machines: { count: 3 } }`.
///     pub enum Provider {
///         /// Nobody else.
///         Machines(Machines) = "machines",
///     }
/// }
/// ```
#[macro_export]
macro_rules! variant {
    (
        $(#[doc = $enum_doc:literal])+
        $visibility:vis enum $name:ident {
            $($(#[doc = $doc:literal])+ $variant:ident($type:ty) = $word:literal),+ $(,)?
        }
    ) => {
        $(#[doc = $enum_doc])+
        #[derive(Clone, Debug, PartialEq)]
        $visibility enum $name {
            $($(#[doc = $doc])+ $variant($type),)+
        }

        impl $name {
            /// The key that says which one it is.
            pub const fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $word,)+
                }
            }
        }

        impl $crate::Value for $name {
            fn expected() -> String {
                format!("a mapping with one key, {}", $crate::macros::one_of(&[$($word),+]))
            }

            fn decode(node: &$crate::Node, context: &mut $crate::Context) -> Option<Self> {
                const WORDS: &[&str] = &[$($word),+];
                let (key, value) = $crate::macros::only_entry(node, WORDS, context)?;
                let word = $crate::macros::known_word(&key.text, &key.origin, WORDS, context)?;
                context.inside_key(key, |context| match word {
                    $($word => <$type as $crate::Value>::decode(value, context).map(Self::$variant),)+
                    _ => None,
                })
            }

            fn schema(definitions: &mut $crate::Definitions) -> $crate::macros::Json {
                definitions.one_key::<Self>(stringify!($name), &[$($enum_doc),+], |definitions| vec![
                    $(($word, $crate::macros::property::<$type>(definitions, &[$($doc),+]))),+
                ])
            }
        }
    };
}
