//! Two trees of files side by side, each file parsed when something asks for it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use check::Document;
use check::read::{Unreadable, read};
use serde_json::Value as Json;

/// The files of one state of an environment, by path within its folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What both states have at one path.
#[derive(Clone, Debug)]
pub enum Content {
    /// The same bytes; one document stands for both.
    Same(Vec<u8>),
    /// Different bytes, or none in one of them.
    Differs {
        /// Before the change.
        base: Option<Vec<u8>>,
        /// After it.
        head: Option<Vec<u8>>,
    },
}

impl Content {
    /// What one path has in both states.
    pub fn of(base: Option<Vec<u8>>, head: Option<Vec<u8>>) -> Self {
        match (base, head) {
            (Some(base), Some(head)) if base == head => Self::Same(head),
            (base, head) => Self::Differs { base, head },
        }
    }

    fn bytes(&self, side: Side) -> Option<&[u8]> {
        match (self, side) {
            (Self::Same(bytes), _) => Some(bytes),
            (Self::Differs { base, .. }, Side::Base) => base.as_deref(),
            (Self::Differs { head, .. }, Side::Head) => head.as_deref(),
        }
    }
}

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
    origins: [OnceCell<BTreeMap<String, Origin>>; 2],
    ledgers: Option<Content>,
}

/// One path in both states.
#[derive(Debug)]
struct Slot {
    path: String,
    content: Content,
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
        let mut paths: Vec<String> = base.keys().chain(head.keys()).cloned().collect();
        paths.sort();
        paths.dedup();
        Self::of(paths.into_iter().map(|path| {
            let content = Content::of(base.remove(&path), head.remove(&path));
            (path, content)
        }))
    }

    /// The paths of two states, each of them once.
    pub fn of(paths: impl IntoIterator<Item = (String, Content)>) -> Self {
        let (mut slots, mut ledgers) = (Vec::new(), None);
        for (path, content) in paths {
            if path == LEDGER {
                ledgers = Some(content);
            } else if is_manifest(&path) {
                slots.push(Slot::new(path, content));
            }
        }
        slots.sort_by(|left, right| left.path.cmp(&right.path));
        Self {
            slots,
            origins: Default::default(),
            ledgers,
        }
    }

    /// The documents of the files that are not the same on both sides.
    pub(crate) fn changed(&self, side: Side) -> Vec<&Document> {
        let slots = self.slots.iter().filter(|slot| !slot.is_same());
        slots.flat_map(|slot| slot.documents(side)).collect()
    }

    /// All documents of one side.
    pub(crate) fn all(&self, side: Side) -> impl Iterator<Item = &Document> + Clone {
        self.slots.iter().flat_map(move |slot| slot.documents(side))
    }

    /// The documents of some kinds; no other file is parsed.
    pub(crate) fn of_kinds<'t>(
        &'t self,
        side: Side,
        kinds: &'t [&'t str],
    ) -> impl Iterator<Item = &'t Document> + Clone {
        self.chosen(side, move |kind| kinds.contains(&kind))
    }

    /// The documents of the kinds that are chosen by their names; no other file is parsed.
    pub(crate) fn chosen<'t>(
        &'t self,
        side: Side,
        is_chosen: impl Fn(&str) -> bool + Copy + 't,
    ) -> impl Iterator<Item = &'t Document> + Clone {
        let slots = self.slots.iter();
        let slots = slots.filter(move |slot| slot.may_hold(side, &is_chosen));
        let documents = slots.flat_map(move |slot| slot.documents(side));
        documents.filter(move |document| is_chosen(&document.id.kind))
    }

    /// How many files each side has.
    pub fn count(&self, side: Side) -> usize {
        self.slots
            .iter()
            .filter(|slot| slot.content.bytes(side).is_some())
            .count()
    }

    /// The files that nobody can read, with the reason.
    pub fn unreadable(&self) -> Vec<(Side, String, Unreadable)> {
        let mut found = Vec::new();
        for slot in self.slots.iter().filter(|slot| !slot.is_same()) {
            for side in [Side::Base, Side::Head] {
                let bytes = slot.content.bytes(side);
                let text = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
                let fault = match text {
                    Some(text) => read(text, &slot.path).fault,
                    None if bytes.is_some() => Some(Unreadable {
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
            let ledger = self.ledgers.as_ref();
            origins(
                ledger
                    .and_then(|ledger| ledger.bytes(side))
                    .unwrap_or_default(),
            )
        });
        origins.get(path)
    }
}

impl Slot {
    fn new(path: String, content: Content) -> Self {
        Self {
            path,
            content,
            parsed: Default::default(),
            kinds: Default::default(),
        }
    }

    fn is_same(&self) -> bool {
        matches!(self.content, Content::Same(_))
    }

    /// What is read once for both sides where they are the same.
    fn place(&self, side: Side) -> usize {
        let side = if self.is_same() { Side::Head } else { side };
        side as usize
    }

    fn documents(&self, side: Side) -> &[Document] {
        self.parsed[self.place(side)].get_or_init(|| {
            let bytes = self.content.bytes(side).unwrap_or_default();
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            read(text, &self.path).documents
        })
    }

    /// Whether a document of one of the kinds may be in the file, told without parsing it.
    fn may_hold(&self, side: Side, is_chosen: &dyn Fn(&str) -> bool) -> bool {
        let kind = self.kinds[self.place(side)].get_or_init(|| Holds::of(self.content.bytes(side)));
        match kind {
            Holds::Nothing => false,
            Holds::One(kind) => is_chosen(kind),
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
