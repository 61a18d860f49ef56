//! The serde serializer: where a value stands, and what is written around it.

use serde::Serialize;
use serde::ser::Serializer;

use crate::collection::{Mapping, Sequence};
use crate::error::Error;
use crate::{key, number, scalar};

/// What was written just before the next value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// Nothing: the value is the whole document.
    Document,
    /// Nothing: the value must be a mapping, whose entries continue a document.
    Entries,
    /// `key:`, with the key at the emitter's column.
    Value,
    /// `-`, at the emitter's column.
    Item,
}

/// A serializer that appends to a string; every value ends with a line feed.
#[derive(Debug)]
pub(crate) struct Emitter<'a> {
    pub(crate) out: &'a mut String,
    pub(crate) position: Position,
    /// Where the key or the dash stands that the next value belongs to, in characters from the left.
    pub(crate) column: usize,
    /// The entries of the outermost mapping that are left out.
    pub(crate) without: &'a [&'a str],
}

impl<'a> Emitter<'a> {
    pub(crate) fn new(
        out: &'a mut String,
        position: Position,
        column: usize,
        without: &'a [&'a str],
    ) -> Self {
        Self {
            out,
            position,
            column,
            without,
        }
    }

    /// Writes what separates a scalar from what it belongs to.
    #[inline]
    fn lead(&mut self) -> Result<(), Error> {
        match self.position {
            Position::Document => {}
            Position::Entries => return Err(Error::NotAMapping),
            Position::Value | Position::Item => self.out.push(' '),
        }
        Ok(())
    }

    /// Writes a scalar that needs no quotes.
    pub(crate) fn bare(&mut self, text: &str) -> Result<(), Error> {
        self.lead()?;
        self.out.push_str(text);
        self.out.push('\n');
        Ok(())
    }

    /// Writes an integer.
    fn integer(&mut self, negative: bool, magnitude: u64) -> Result<(), Error> {
        self.lead()?;
        number::write_integer(self.out, negative, magnitude);
        self.out.push('\n');
        Ok(())
    }

    /// Opens a mapping of one entry, so that the next value is written as that of `variant`.
    fn variant(&mut self, variant: &str) {
        let mut mapping = Mapping::new(self);
        mapping.begin();
        let column = mapping.column;
        key::write(self.out, column, variant);
        self.column = column;
        self.position = Position::Value;
    }
}

impl<'e, 'a> Serializer for &'e mut Emitter<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Sequence<'e, 'a>;
    type SerializeTuple = Sequence<'e, 'a>;
    type SerializeTupleStruct = Sequence<'e, 'a>;
    type SerializeTupleVariant = Sequence<'e, 'a>;
    type SerializeMap = Mapping<'e, 'a>;
    type SerializeStruct = Mapping<'e, 'a>;
    type SerializeStructVariant = Mapping<'e, 'a>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.bare(if value { "true" } else { "false" })
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.integer(value < 0, value.unsigned_abs())
    }

    fn serialize_i128(self, value: i128) -> Result<(), Error> {
        self.bare(&value.to_string())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.integer(false, value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.integer(false, value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.integer(false, value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.integer(false, value)
    }

    fn serialize_u128(self, value: u128) -> Result<(), Error> {
        self.bare(&value.to_string())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.bare(&number::float(value.into(), &format!("{value:e}")))
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.bare(&number::float(value, &format!("{value:e}")))
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.lead()?;
        // The content of a block scalar would start at an unclear column if nothing stood before it.
        let indent = (self.position != Position::Document).then_some(self.column);
        scalar::write_value(self.out, value, indent);
        self.out.push('\n');
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.bare("null")
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Error> {
        self.serialize_unit()
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
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.variant(variant);
        value.serialize(self)
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Sequence<'e, 'a>, Error> {
        Sequence::new(self)
    }

    fn serialize_tuple(self, _length: usize) -> Result<Sequence<'e, 'a>, Error> {
        Sequence::new(self)
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Sequence<'e, 'a>, Error> {
        Sequence::new(self)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Sequence<'e, 'a>, Error> {
        self.variant(variant);
        Sequence::new(self)
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Mapping<'e, 'a>, Error> {
        Ok(Mapping::new(self))
    }

    fn serialize_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Mapping<'e, 'a>, Error> {
        Ok(Mapping::new(self))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Mapping<'e, 'a>, Error> {
        self.variant(variant);
        Ok(Mapping::new(self))
    }
}
