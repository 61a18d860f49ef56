//! Turns the events of the YAML parser into values, each with its place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{Event, Marker, Options, Parser, ScalarStyle, Span, Tag};
use serde_json::{Map, Value};

use super::Unreadable;
use super::place::Place;
use super::scalar;

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
        merged: Vec<(Map<String, Value>, BTreeMap<String, Place>)>,
        key: Option<(Cow<'static, str>, u32, bool)>,
    },
}

#[derive(Default)]
struct Builder {
    open: Vec<Frame>,
    anchors: BTreeMap<usize, Node>,
    nodes: usize,
    twice: Vec<Unreadable>,
    done: Vec<Parsed>,
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
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = DEPTH;
    options.block_nesting_limit = DEPTH;
    let mut builder = Builder {
        before: first.saturating_sub(1),
        nodes: *nodes,
        ..Builder::default()
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let step = match event {
            Ok((event, span)) => builder.event(event, &span),
            Err(error) => Err(Unreadable {
                line: builder.line(error.marker()),
                message: format!(
                    "this is no YAML: it cannot be read beyond column {}",
                    error.marker().col() + 1
                ),
            }),
        };
        *nodes = builder.nodes;
        if let Err(fault) = step {
            return (builder.done, Some(fault));
        }
    }
    (builder.done, None)
}

impl Builder {
    fn line(&self, marker: &Marker) -> u32 {
        let line = u32::try_from(marker.line()).unwrap_or(u32::MAX);
        line.saturating_add(self.before)
    }

    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Unreadable> {
        let line = self.line(&span.start);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
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
        let tag = tag.map(Tag::to_string);
        let is_text = !plain || tag.as_deref().is_some_and(|tag| tag.ends_with("str"));
        let value = if is_text {
            Value::String(text.to_owned())
        } else {
            scalar::plain(text).map_err(|_| Unreadable {
                line,
                message: format!("`{text}` is a number that JSON does not have"),
            })?
        };
        if self.expects_key() {
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
        let text = match value {
            Value::String(text) => text,
            Value::Null => "null".to_owned(),
            other => other.to_string(),
        };
        self.charge(1, line)?;
        let Some(Frame {
            open: Open::Mapping { places, key, .. },
            ..
        }) = self.open.last_mut()
        else {
            return Ok(());
        };
        if let Some(first) = places.get(&text).filter(|_| !is_merge) {
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
            } => match key.take() {
                Some((_, line, true)) => merged.extend(merge(node, line)?),
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

/// Fields that are merged in, and where they stand.
type Merged = (Map<String, Value>, BTreeMap<String, Place>);

/// What `<<` brings: a mapping, or a list of them of which the earlier ones count more.
fn merge(node: Node, line: u32) -> Result<Vec<Merged>, Unreadable> {
    let wrong = || Unreadable {
        line,
        message: "`<<` takes a mapping, or a list of mappings".to_owned(),
    };
    match node.value {
        Value::Object(values) => Ok(vec![(values, node.place.into_fields())]),
        Value::Array(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| match item {
                Value::Object(values) => {
                    let places = node.place.item(index).cloned();
                    let places = places.map(Place::into_fields).unwrap_or_default();
                    Ok((values, places))
                }
                _ => Err(wrong()),
            })
            .collect(),
        _ => Err(wrong()),
    }
}
