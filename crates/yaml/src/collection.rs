//! Mappings and lists: one line an entry, nothing between them.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use crate::emitter::{Emitter, Position};
use crate::error::Error;
use crate::key;

/// How many columns a mapping stands to the right of the key or dash that it belongs to.
pub(crate) const STEP: usize = 2;

/// Appends so many spaces.
#[inline]
pub(crate) fn indent(out: &mut String, columns: usize) {
    const SPACES: &str = "                                                                ";
    let mut left = columns;
    while left > SPACES.len() {
        out.push_str(SPACES);
        left -= SPACES.len();
    }
    out.push_str(&SPACES[..left]);
}

/// A mapping on the way.
#[derive(Debug)]
pub(crate) struct Mapping<'e, 'a> {
    emitter: &'e mut Emitter<'a>,
    /// Where its keys start.
    pub(crate) column: usize,
    /// What stood before it.
    opening: Position,
    without: &'a [&'a str],
    empty: bool,
    /// Whether the value of the last key is left out.
    skipping: bool,
}

impl<'e, 'a> Mapping<'e, 'a> {
    pub(crate) fn new(emitter: &'e mut Emitter<'a>) -> Self {
        let opening = emitter.position;
        let column = match opening {
            Position::Document | Position::Entries => 0,
            Position::Value | Position::Item => emitter.column + STEP,
        };
        let without = std::mem::take(&mut emitter.without);
        Self {
            emitter,
            column,
            opening,
            without,
            empty: true,
            skipping: false,
        }
    }

    /// Goes to where the next key starts.
    #[inline]
    pub(crate) fn begin(&mut self) {
        let first = std::mem::replace(&mut self.empty, false);
        let out = &mut *self.emitter.out;
        match self.opening {
            Position::Item if first => {
                out.push(' ');
                return;
            }
            Position::Value if first => out.push('\n'),
            _ => {}
        }
        indent(out, self.column);
    }

    #[inline]
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.emitter.position = Position::Value;
        self.emitter.column = self.column;
        value.serialize(&mut *self.emitter)
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Error> {
        if self.without.contains(&key) {
            return Ok(());
        }
        self.begin();
        key::write(self.emitter.out, self.column, key);
        self.value(value)
    }

    fn finish(self) {
        if self.empty {
            match self.opening {
                Position::Entries => {}
                Position::Document => self.emitter.out.push_str("{}\n"),
                Position::Value | Position::Item => self.emitter.out.push_str(" {}\n"),
            }
        }
    }
}

impl SerializeMap for Mapping<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        if !self.without.is_empty() {
            let text = key::text(key)?;
            self.skipping = self.without.contains(&text.as_str());
            if self.skipping {
                return Ok(());
            }
        }
        self.begin();
        key::serialize(self.emitter.out, self.column, key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        if std::mem::take(&mut self.skipping) {
            return Ok(());
        }
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}

impl SerializeStruct for Mapping<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}

impl SerializeStructVariant for Mapping<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}

/// A list on the way.
#[derive(Debug)]
pub(crate) struct Sequence<'e, 'a> {
    emitter: &'e mut Emitter<'a>,
    /// Where its dashes stand: below a key, that is the column of the key itself.
    column: usize,
    opening: Position,
    empty: bool,
}

impl<'e, 'a> Sequence<'e, 'a> {
    pub(crate) fn new(emitter: &'e mut Emitter<'a>) -> Result<Self, Error> {
        let opening = emitter.position;
        let column = match opening {
            Position::Entries => return Err(Error::NotAMapping),
            Position::Document => 0,
            Position::Value => emitter.column,
            Position::Item => emitter.column + STEP,
        };
        Ok(Self {
            emitter,
            column,
            opening,
            empty: true,
        })
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let first = std::mem::replace(&mut self.empty, false);
        let out = &mut *self.emitter.out;
        match self.opening {
            Position::Item if first => out.push(' '),
            opening => {
                if first && opening == Position::Value {
                    out.push('\n');
                }
                indent(out, self.column);
            }
        }
        out.push('-');
        self.emitter.position = Position::Item;
        self.emitter.column = self.column;
        value.serialize(&mut *self.emitter)
    }

    fn finish(self) {
        if self.empty {
            self.emitter.out.push_str(match self.opening {
                Position::Document | Position::Entries => "[]\n",
                Position::Value | Position::Item => " []\n",
            });
        }
    }
}

macro_rules! sequence {
    ($($part:ident :: $method:ident),*) => {$(
        impl $part for Sequence<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.finish();
                Ok(())
            }
        }
    )*};
}

sequence!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);
