//! Turns the events of the YAML parser into values, each with its place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{Event, Marker, Options, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::{Map, Value};

use super::Unreadable;
use super::merge::{Merged, merge};
use super::place::Place;
use super::tabs::Tabs;
use super::{repair, scalar};

/// Values nested deeper than this are not read; the server refuses them, too.
const DEPTH: usize = 1_000;
/// Nodes of a file, its aliases written out: far more than an object that etcd would take.
const NODES: usize = 2_000_000;

/// One document of a file.
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) place: Place,
    /// Keys that come twice.
    pub(super) twice: Vec<Unreadable>,
}

/// A value with its place and the number of its nodes.
#[derive(Clone)]
struct Node {
    value: Value,
    place: Place,
    size: usize,
}

struct Frame {
    line: u32,
    anchor: usize,
    size: usize,
    open: Open,
}

enum Open {
    Sequence(Vec<Value>, Vec<Place>),
    Mapping {
        values: Map<String, Value>,
        places: BTreeMap<String, Place>,
        /// What a merge key brings: it counts where the mapping says nothing itself.
        merged: Vec<Merged>,
        key: Option<(Cow<'static, str>, u32, bool)>,
        /// The keys that are numbers or truth values: none of them is the text that looks the same.
        bare: Vec<String>,
    },
}

#[derive(Default)]
struct Builder {
    open: Vec<Frame>,
    anchors: BTreeMap<usize, Node>,
    nodes: usize,
    twice: Vec<Unreadable>,
    done: Vec<Parsed>,
    tabs: Tabs,
    /// How many lines the file has before the text.
    before: u32,
}

/// The documents of a text whose first line has this number in its file, and why it could not be read to its end. `nodes`
/// counts those of the whole file.
pub(super) fn documents(
    text: &str,
    first: u32,
    nodes: &mut usize,
) -> (Vec<Parsed>, Option<Unreadable>) {
    let before = first.saturating_sub(1);
    let mut current = Cow::Borrowed(text);
    let mut left = repair::limit(text.len());
    let mut moved: Vec<ScanError> = Vec::new();
    loop {
        let mut builder = Builder {
            before,
            nodes: *nodes,
            ..Builder::default()
        };
        let fault = match builder.all(&current) {
            Ok(()) => {
                let is_outside =
                    |error: &&ScanError| !builder.tabs.is_within_brackets(line(error.marker()));
                let outside = moved.iter().find(is_outside);
                outside.map(|error| builder.unreadable(error))
            }
            Err(Stop::Fault(fault)) => Some(fault),
            Err(Stop::Syntax(error)) => {
                let repaired = repair::repaired(&current, &error).filter(|_| left > 0);
                if let Some(repaired) = repaired {
                    current = Cow::Owned(repaired);
                    if repair::needs_brackets(&error) {
                        moved.push(error);
                    }
                    left -= 1;
                    continue;
                }
                Some(builder.unreadable(&error))
            }
        };
        *nodes = builder.nodes;
        return builder.judged(text, fault);
    }
}

/// Why reading stopped.
enum Stop {
    Fault(Unreadable),
    Syntax(ScanError),
}

impl Builder {
    /// The line of the file in which something stands.
    fn line(&self, marker: &Marker) -> u32 {
        line(marker).saturating_add(self.before)
    }

    fn unreadable(&self, error: &ScanError) -> Unreadable {
        Unreadable {
            line: self.line(error.marker()),
            message: format!(
                "this is no YAML: it cannot be read beyond column {}",
                error.marker().col() + 1
            ),
        }
    }

    fn all(&mut self, text: &str) -> Result<(), Stop> {
        let mut options = Options::default();
        options.set_emit_comments(false);
        options.flow_nesting_limit = DEPTH;
        options.block_nesting_limit = DEPTH;
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = event.map_err(Stop::Syntax)?;
            self.tabs.note(&event, &span);
            self.event(event, &span, text).map_err(Stop::Fault)?;
        }
        Ok(())
    }

    /// The documents, without those from the first line on that a tab indents.
    fn judged(
        mut self,
        text: &str,
        fault: Option<Unreadable>,
    ) -> (Vec<Parsed>, Option<Unreadable>) {
        if fault.is_some() || !text.contains('\t') {
            return (self.done, fault);
        }
        let Some(number) = self.tabs.first_fault(text) else {
            return (self.done, None);
        };
        let number = number.saturating_add(self.before);
        let until = self
            .done
            .iter()
            .rposition(|parsed| parsed.place.line() <= number);
        self.done.truncate(until.unwrap_or(0));
        let fault = Unreadable {
            line: number,
            message: "a tab cannot indent; the server reads spaces only".to_owned(),
        };
        (self.done, Some(fault))
    }

    fn event(&mut self, event: Event<'_>, span: &Span, source: &str) -> Result<(), Unreadable> {
        let line = self.line(&span.start);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if style == ScalarStyle::DoubleQuoted
                    && let Some(written) = span.slice(source)
                    && let Some(message) = repair::refused_escape(written)
                {
                    let message = message.to_owned();
                    return Err(Unreadable { line, message });
                }
                let plain = style == ScalarStyle::Plain;
                self.scalar(&text, plain, anchor, tag.as_deref(), line)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.start(Open::Sequence(Vec::new(), Vec::new()), anchor, line)
            }
            Event::MappingStart(_, anchor, _) => {
                let open = Open::Mapping {
                    values: Map::new(),
                    places: BTreeMap::new(),
                    merged: Vec::new(),
                    key: None,
                    bare: Vec::new(),
                };
                self.start(open, anchor, line)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => self.alias(anchor, line),
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        plain: bool,
        anchor: usize,
        tag: Option<&Tag>,
        line: u32,
    ) -> Result<(), Unreadable> {
        let is_key = self.expects_key();
        let is_text = match tag.map(Tag::core_suffix) {
            None => !plain,
            Some(Some("int" | "float" | "bool" | "null")) => false,
            Some(_) => true,
        };
        let value = if is_text {
            Value::String(text.to_owned())
        } else {
            match scalar::plain(text) {
                Ok(value) => value,
                Err(_) if is_key => Value::String(text.to_owned()),
                Err(_) => {
                    return Err(Unreadable {
                        line,
                        message: format!("`{text}` is a number that JSON does not have"),
                    });
                }
            }
        };
        if let Some(Some(tag)) = tag.map(Tag::core_suffix)
            && !is_of_tag(tag, &value)
        {
            return Err(Unreadable {
                line,
                message: format!("`{text}` is no `!!{tag}`"),
            });
        }
        if is_key {
            return self.key(value, plain && text == "<<", line);
        }
        let place = Place::leaf(line);
        self.charge(1, line)?;
        self.finished(
            Node {
                value,
                place,
                size: 1,
            },
            anchor,
        )
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Frame {
                open: Open::Mapping { key: None, .. },
                ..
            })
        )
    }

    /// Keys that are no strings become strings, as on the server's way through JSON.
    fn key(&mut self, value: Value, is_merge: bool, line: u32) -> Result<(), Unreadable> {
        let (text, is_bare) = match value {
            Value::String(text) => (text, false),
            Value::Null => {
                return Err(Unreadable {
                    line,
                    message: "a key has to be a word, and is nothing".to_owned(),
                });
            }
            other => (other.to_string(), true),
        };
        self.charge(1, line)?;
        let Some(Frame {
            open: Open::Mapping {
                places, key, bare, ..
            },
            ..
        }) = self.open.last_mut()
        else {
            return Ok(());
        };
        let is_same = bare.contains(&text) == is_bare;
        if is_bare {
            bare.push(text.clone());
        }
        if let Some(first) = places.get(&text).filter(|_| !is_merge && is_same) {
            self.twice.push(Unreadable {
                line,
                message: format!(
                    "the key `{text}` is there twice; first on line {}",
                    first.line()
                ),
            });
        }
        *key = Some((Cow::Owned(text), line, is_merge));
        Ok(())
    }

    fn start(&mut self, open: Open, anchor: usize, line: u32) -> Result<(), Unreadable> {
        if self.expects_key() {
            return Err(Unreadable {
                line,
                message: "a key has to be a word".to_owned(),
            });
        }
        if self.open.len() >= DEPTH {
            return Err(Unreadable {
                line,
                message: format!("values are nested deeper than {DEPTH}"),
            });
        }
        self.charge(1, line)?;
        self.open.push(Frame {
            line,
            anchor,
            size: 1,
            open,
        });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Unreadable> {
        let Some(frame) = self.open.pop() else {
            return Ok(());
        };
        let (value, place) = match frame.open {
            Open::Sequence(values, places) => {
                (Value::Array(values), Place::items(frame.line, places))
            }
            Open::Mapping {
                mut values,
                mut places,
                merged,
                ..
            } => {
                for (more_values, more_places) in merged {
                    for (key, value) in more_values {
                        // The server takes a field that is merged in and written out for one that is there twice.
                        if values.contains_key(&key) {
                            self.twice.push(Unreadable {
                                line: more_places.get(&key).map_or(frame.line, Place::line),
                                message: format!("the key `{key}` is merged in, and there already"),
                            });
                        }
                        values.entry(key).or_insert(value);
                    }
                    for (key, place) in more_places {
                        places.entry(key).or_insert(place);
                    }
                }
                (Value::Object(values), Place::fields(frame.line, places))
            }
        };
        let node = Node {
            value,
            place,
            size: frame.size,
        };
        self.finished(node, frame.anchor)
    }

    fn alias(&mut self, anchor: usize, line: u32) -> Result<(), Unreadable> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(Unreadable {
                line,
                message: "this alias stands inside of what it stands for".to_owned(),
            });
        };
        // Paid for before it is copied: an alias bomb ends here.
        let size = node.size;
        self.charge(size, line)?;
        let Some(node) = self.anchors.get(&anchor).cloned() else {
            return Ok(());
        };
        if self.expects_key() {
            return self.key(node.value, false, line);
        }
        let place = node.place.on_line(line);
        self.finished(Node { place, ..node }, 0)
    }

    /// Puts a complete node where it belongs.
    fn finished(&mut self, node: Node, anchor: usize) -> Result<(), Unreadable> {
        if anchor != 0 {
            self.charge(node.size, node.place.line())?;
            self.anchors.insert(anchor, node.clone());
        }
        let Some(frame) = self.open.last_mut() else {
            self.done.push(Parsed {
                value: node.value,
                place: node.place,
                twice: std::mem::take(&mut self.twice),
            });
            self.anchors.clear();
            return Ok(());
        };
        frame.size += node.size;
        match &mut frame.open {
            Open::Sequence(values, places) => {
                values.push(node.value);
                places.push(node.place);
            }
            Open::Mapping {
                values,
                places,
                merged,
                key,
                bare: _,
            } => match key.take() {
                Some((_, line, true)) => merged.extend(merge(node.value, &node.place, line)?),
                Some((key, line, false)) => {
                    places.insert(key.to_string(), node.place.on_line(line));
                    values.insert(key.into_owned(), node.value);
                }
                None => {}
            },
        }
        Ok(())
    }

    fn charge(&mut self, nodes: usize, line: u32) -> Result<(), Unreadable> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > NODES {
            return Err(Unreadable {
                line,
                message: format!(
                    "with its aliases written out, the file has more than {NODES} values"
                ),
            });
        }
        Ok(())
    }
}

/// Whether a value is what its tag says.
fn is_of_tag(tag: &str, value: &Value) -> bool {
    match tag {
        "int" => value.is_i64() || value.is_u64(),
        "float" => value.is_number(),
        "bool" => value.is_boolean(),
        "null" => value.is_null(),
        _ => true,
    }
}

/// The line of the text, counted from 1.
pub(super) fn line(marker: &Marker) -> u32 {
    u32::try_from(marker.line()).unwrap_or(u32::MAX)
}
