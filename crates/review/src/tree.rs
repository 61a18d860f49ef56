//! Two trees of files side by side, each file parsed when something asks for it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use check::Document;
use check::read::{Unreadable, read};
use serde_json::Value as Json;

/// The files of one state of an environment, by path within its folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Which of the two states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Before the change.
    Base,
    /// After it.
    Head,
}

/// Two states of an environment.
#[derive(Debug)]
pub struct Trees {
    slots: Vec<Slot>,
    all: [OnceCell<Vec<Document>>; 2],
    origins: [OnceCell<BTreeMap<String, Origin>>; 2],
    ledgers: [Option<Vec<u8>>; 2],
}

/// One path in both states.
#[derive(Debug)]
struct Slot {
    path: String,
    base: Option<Vec<u8>>,
    head: Option<Vec<u8>>,
    /// Whether both states have the same bytes; the document of the head then stands for both.
    same: bool,
    parsed: [OnceCell<Vec<Document>>; 2],
    kinds: [OnceCell<Holds>; 2],
}

/// What the ledger says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The application that the file belongs to.
    pub application: String,
    /// The line of Rust that made it, `file:line`.
    pub line: String,
}

/// A file that is no manifest.
const LEDGER: &str = "ledger.json";

impl Trees {
    /// Puts two states side by side.
    pub fn new(mut base: Files, mut head: Files) -> Self {
        let ledgers = [base.remove(LEDGER), head.remove(LEDGER)];
        let mut slots = Vec::with_capacity(base.len().max(head.len()));
        for (path, bytes) in head {
            let before = base.remove(&path);
            slots.push(Slot::new(path, before, Some(bytes)));
        }
        let gone = base.into_iter();
        slots.extend(gone.map(|(path, bytes)| Slot::new(path, Some(bytes), None)));
        slots.retain(|slot| is_manifest(&slot.path));
        slots.sort_by(|left, right| left.path.cmp(&right.path));
        Self {
            slots,
            all: Default::default(),
            origins: Default::default(),
            ledgers,
        }
    }

    /// The documents of the files that are not the same on both sides.
    pub(crate) fn changed(&self, side: Side) -> Vec<&Document> {
        let slots = self.slots.iter().filter(|slot| !slot.same);
        slots.flat_map(|slot| slot.documents(side)).collect()
    }

    /// All documents of one side, next to each other.
    pub(crate) fn all(&self, side: Side) -> &[Document] {
        self.all[side as usize].get_or_init(|| {
            let documents = self.slots.iter().flat_map(move |slot| slot.documents(side));
            documents.cloned().collect()
        })
    }

    /// The documents of some kinds; no other file is parsed.
    pub(crate) fn of_kinds<'t>(
        &'t self,
        side: Side,
        kinds: &'t [&'t str],
    ) -> impl Iterator<Item = &'t Document> {
        let slots = self
            .slots
            .iter()
            .filter(move |slot| slot.may_hold(side, kinds));
        let documents = slots.flat_map(move |slot| slot.documents(side));
        documents.filter(move |document| kinds.contains(&document.id.kind.as_ref()))
    }

    /// How many files each side has.
    pub fn count(&self, side: Side) -> usize {
        self.slots
            .iter()
            .filter(|slot| slot.bytes(side).is_some())
            .count()
    }

    /// The files that nobody can read, with the reason.
    pub fn unreadable(&self) -> Vec<(Side, String, Unreadable)> {
        let mut found = Vec::new();
        for slot in self.slots.iter().filter(|slot| !slot.same) {
            for side in [Side::Base, Side::Head] {
                let text = slot
                    .bytes(side)
                    .and_then(|bytes| std::str::from_utf8(bytes).ok());
                let fault = match text {
                    Some(text) => read(text, &slot.path).fault,
                    None if slot.bytes(side).is_some() => Some(Unreadable {
                        line: 1,
                        message: "this is no text in UTF-8".to_owned(),
                    }),
                    None => None,
                };
                found.extend(fault.map(|fault| (side, slot.path.clone(), fault)));
            }
        }
        found
    }

    /// What the ledger of a side says of a file.
    pub(crate) fn origin(&self, side: Side, path: &str) -> Option<&Origin> {
        let index = side as usize;
        let origins = self.origins[index].get_or_init(|| {
            let ledger = self.ledgers[index].as_deref().unwrap_or_default();
            origins(ledger)
        });
        origins.get(path)
    }
}

impl Slot {
    fn new(path: String, base: Option<Vec<u8>>, head: Option<Vec<u8>>) -> Self {
        Self {
            same: base == head,
            path,
            base,
            head,
            parsed: Default::default(),
            kinds: Default::default(),
        }
    }

    fn bytes(&self, side: Side) -> Option<&[u8]> {
        match side {
            Side::Base => self.base.as_deref(),
            Side::Head => self.head.as_deref(),
        }
    }

    fn documents(&self, side: Side) -> &[Document] {
        let side = if self.same { Side::Head } else { side };
        self.parsed[side as usize].get_or_init(|| {
            let bytes = self.bytes(side).unwrap_or_default();
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            read(text, &self.path).documents
        })
    }

    /// Whether a document of one of the kinds may be in the file, told without parsing it.
    fn may_hold(&self, side: Side, kinds: &[&str]) -> bool {
        let side = if self.same { Side::Head } else { side };
        let kind = self.kinds[side as usize].get_or_init(|| Holds::of(self.bytes(side)));
        match kind {
            Holds::Nothing => false,
            Holds::One(kind) => kinds.contains(&kind.as_ref()),
            Holds::Anything => true,
        }
    }
}

/// What a file holds, as far as its text tells at first sight.
#[derive(Debug)]
enum Holds {
    /// Nothing that anybody could read.
    Nothing,
    /// One object of this kind.
    One(Box<str>),
    /// It has to be parsed.
    Anything,
}

impl Holds {
    /// In rendered files the kind stands on a line of its own, near the top; whoever writes otherwise is read whole.
    fn of(bytes: Option<&[u8]>) -> Self {
        let Some(text) = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()) else {
            return Self::Nothing;
        };
        let Some(start) = text.find("\nkind: ") else {
            return Self::Anything;
        };
        let rest = text.get(start + 7..).unwrap_or_default();
        let kind = rest.lines().next().unwrap_or_default().trim();
        let is_plain = kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_alone =
            !kind.ends_with("List") && !rest.contains("\n---") && !rest.contains("\nkind: ");
        if is_plain && is_alone && !kind.is_empty() {
            Self::One(kind.into())
        } else {
            Self::Anything
        }
    }
}

fn is_manifest(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(extension, "yaml" | "yml" | "json")
}

fn origins(ledger: &[u8]) -> BTreeMap<String, Origin> {
    let ledger: Json = serde_json::from_slice(ledger).unwrap_or_default();
    let files = ledger.get("files").and_then(Json::as_object);
    let entries = files.into_iter().flatten().map(|(path, entry)| {
        let text = |name: &str| {
            entry
                .get(name)
                .and_then(Json::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let origin = Origin {
            application: text("application"),
            line: text("origin"),
        };
        (path.clone(), origin)
    });
    entries.collect()
}
