//! Keys: always one line, and always strings.

use serde::Serialize;
use serde::ser::{Impossible, Serializer};

use crate::collection::indent;
use crate::error::Error;
use crate::scalar;

/// What readers accept of a key before they stop looking for its colon, with room for escapes.
const LONGEST_SIMPLE_KEY: usize = 1000;

/// Appends `key:`, the key standing at `column`, where the text already is.
#[inline]
pub(crate) fn write(out: &mut String, column: usize, key: &str) {
    let start = out.len();
    scalar::write_key(out, key);
    if out.len() - start > LONGEST_SIMPLE_KEY {
        out.insert_str(start, "? ");
        out.push('\n');
        indent(out, column);
    }
    out.push(':');
}

/// Appends `key:` for a key of any type that has a text.
pub(crate) fn serialize<T: Serialize + ?Sized>(
    out: &mut String,
    column: usize,
    key: &T,
) -> Result<(), Error> {
    key.serialize(Key {
        take: |text: &str| write(out, column, text),
    })
}

/// The text of a key.
pub(crate) fn text<T: Serialize + ?Sized>(key: &T) -> Result<String, Error> {
    let mut found = String::new();
    key.serialize(Key {
        take: |text: &str| found.push_str(text),
    })?;
    Ok(found)
}

/// A serializer that hands the text of a scalar on, and refuses everything else.
struct Key<F: FnOnce(&str)> {
    take: F,
}

impl<F: FnOnce(&str)> Key<F> {
    fn displayed(self, value: impl std::fmt::Display) {
        (self.take)(&value.to_string());
    }
}

macro_rules! displayed {
    ($($method:ident: $type:ty),*) => {$(
        fn $method(self, value: $type) -> Result<(), Error> {
            self.displayed(value);
            Ok(())
        }
    )*};
}

type Never = Impossible<(), Error>;

impl<F: FnOnce(&str)> Serializer for Key<F> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    displayed!(
        serialize_bool: bool, serialize_char: char,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_f32: f32, serialize_f64: f64
    );

    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Error> {
        (self.take)(value);
        Ok(())
    }

    fn serialize_bytes(self, _value: &[u8]) -> Result<(), Error> {
        Err(Error::Key)
    }

    fn serialize_none(self) -> Result<(), Error> {
        Err(Error::Key)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        Err(Error::Key)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Error> {
        Err(Error::Key)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result<(), Error> {
        Err(Error::Key)
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Never, Error> {
        Err(Error::Key)
    }

    fn serialize_tuple(self, _length: usize) -> Result<Never, Error> {
        Err(Error::Key)
    }

    fn serialize_tuple_struct(self, _name: &'static str, _length: usize) -> Result<Never, Error> {
        Err(Error::Key)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Never, Error> {
        Err(Error::Key)
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Never, Error> {
        Err(Error::Key)
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Never, Error> {
        Err(Error::Key)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Never, Error> {
        Err(Error::Key)
    }
}
