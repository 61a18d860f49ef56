//! Turns the events of the YAML parser into nodes, and refuses what an environment has no use for.

use std::collections::BTreeMap;

use granit_parser::{Event, Marker, Options, Parser, ScalarStyle, ScanError, Span, StructureStyle};

use crate::diagnostic::Diagnostics;
use crate::limits::{self, Budget, Cost};
use crate::origin::Origin;
use crate::suggest::shortened;
use crate::syntax;
use crate::tree::{Content, Key, Node, Scalar};

/// Reading cannot go on; why has been reported.
struct Stop;

/// A list or mapping that is still open.
struct Frame {
    origin: Origin,
    flow: bool,
    anchor: usize,
    cost: Cost,
    content: Open,
}

enum Open {
    Sequence(Vec<Node>),
    Mapping {
        entries: Vec<(Key, Node)>,
        places: BTreeMap<String, Origin>,
        key: Option<PendingKey>,
    },
}

/// A key that waits for its value; the value of a refused key is read and dropped.
struct PendingKey {
    key: Key,
    refused: bool,
}

struct Reader<'a> {
    file: u32,
    text: &'a str,
    budget: &'a mut Budget,
    diagnostics: &'a mut Diagnostics,
    open: Vec<Frame>,
    /// Finished nodes that an alias may stand for. What is kept here is paid for like any other node.
    anchors: BTreeMap<usize, (Node, Cost)>,
    documents: usize,
    root: Option<Node>,
}

/// The value of the only document, as far as it could be read.
pub(crate) fn read(
    file: u32,
    text: &str,
    budget: &mut Budget,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.disallow_directives = true;
    options.flow_nesting_limit = limits::DEPTH;
    options.block_nesting_limit = limits::DEPTH;
    let mut reader = Reader {
        file,
        text,
        budget,
        diagnostics,
        open: Vec::new(),
        anchors: BTreeMap::new(),
        documents: 0,
        root: None,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let step = match event {
            Ok((event, span)) => reader.event(event, &span),
            Err(error) => Err(reader.syntax_error(&error)),
        };
        if step.is_err() {
            break;
        }
    }
    reader.root
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Stop> {
        let origin = self.origin(span);
        if event.tag().is_some() {
            let tag = span.tag_span().map_or(origin, |tag| self.origin(&tag));
            self.diagnostics
                .error(&tag, "tags are not used here")
                .help("remove the word that starts with `!`; each key knows the type of its value");
        }
        if self.diagnostics.are_too_many() {
            return Err(Stop);
        }
        match event {
            Event::DocumentStart(..) => self.document(&origin),
            Event::Alias(anchor) => self.alias(anchor, origin),
            Event::Scalar(text, style, anchor, _) => self.scalar(&text, style, anchor, origin),
            Event::SequenceStart(style, anchor, _) => {
                self.start(Open::Sequence(Vec::new()), style, anchor, origin)
            }
            Event::MappingStart(style, anchor, _) => {
                let content = Open::Mapping {
                    entries: Vec::new(),
                    places: BTreeMap::new(),
                    key: None,
                };
                self.start(content, style, anchor, origin)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&origin),
            _ => Ok(()),
        }
    }

    fn document(&mut self, origin: &Origin) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        self.diagnostics
            .error(origin, "a second document starts here")
            .help("one file is one environment: remove what follows, or put it into a file of its own");
        Err(Stop)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        origin: Origin,
    ) -> Result<(), Stop> {
        if text.len() > limits::SCALAR_BYTES {
            self.diagnostics
                .error(
                    &Origin {
                        end: origin.start,
                        ..origin
                    },
                    "a text is longer than 64 KiB",
                )
                .help("an environment holds values; what is larger belongs elsewhere");
            return Err(Stop);
        }
        let cost = Cost::of_text(text);
        self.charge(cost, &origin)?;
        let plain = style == ScalarStyle::Plain;
        if self.expects_key() {
            self.key(text, plain, origin);
            return Ok(());
        }
        let content = match text {
            "" | "~" | "null" | "Null" | "NULL" if plain => Content::Null,
            _ => Content::Scalar(Scalar {
                text: text.to_owned(),
                quoted: !plain,
            }),
        };
        self.finished(Node { content, origin }, anchor, cost)
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Frame {
                content: Open::Mapping { key: None, .. },
                ..
            })
        )
    }

    fn key(&mut self, text: &str, plain: bool, origin: Origin) {
        let Some(frame) = self.open.last_mut() else {
            return;
        };
        let Open::Mapping { places, key, .. } = &mut frame.content else {
            return;
        };
        let mut refused = true;
        if plain && text == "<<" {
            self.diagnostics
                .error(&origin, "merge keys are not used here")
                .help("`extends: <environment>` at the top of the file takes over the values of another environment");
        } else if plain && matches!(text, "" | "~") {
            self.diagnostics
                .error(&origin, "a key is missing before the colon");
        } else if let Some(first) = places.get(text) {
            self.diagnostics
                .error(
                    &origin,
                    format!("the key `{}` is there twice", shortened(text)),
                )
                .here("here again")
                .label(first, "here for the first time");
        } else {
            refused = false;
            places.insert(text.to_owned(), origin);
        }
        frame.cost.add(Cost::of_text(text));
        *key = Some(PendingKey {
            key: Key {
                text: text.to_owned(),
                origin,
            },
            refused,
        });
    }

    fn start(
        &mut self,
        content: Open,
        style: StructureStyle,
        anchor: usize,
        origin: Origin,
    ) -> Result<(), Stop> {
        self.refuse_as_key(&origin)?;
        if self.open.len() >= limits::DEPTH {
            return Err(self.too_deep(&origin));
        }
        let cost = Cost {
            nodes: 1,
            ..Cost::default()
        };
        self.charge(cost, &origin)?;
        self.open.push(Frame {
            origin,
            flow: style == StructureStyle::Flow,
            anchor,
            cost,
            content,
        });
        Ok(())
    }

    fn end(&mut self, origin: &Origin) -> Result<(), Stop> {
        let Some(frame) = self.open.pop() else {
            return Ok(());
        };
        let (content, last) = match frame.content {
            Open::Sequence(items) => {
                let last = items.last().map(|item| item.origin.end);
                (Content::Sequence(items), last)
            }
            Open::Mapping { entries, .. } => {
                let last = entries
                    .last()
                    .map(|(key, value)| value.origin.end.max(key.origin.end));
                (Content::Mapping(entries), last)
            }
        };
        // The parser ends a block where the next value starts, blank lines and comments included.
        let end = if frame.flow {
            origin.end
        } else {
            last.unwrap_or(frame.origin.end)
        };
        let node = Node {
            content,
            origin: Origin {
                end: end.max(frame.origin.start),
                ..frame.origin
            },
        };
        let cost = Cost {
            height: frame.cost.height + 1,
            ..frame.cost
        };
        self.finished(node, frame.anchor, cost)
    }

    fn alias(&mut self, anchor: usize, origin: Origin) -> Result<(), Stop> {
        self.refuse_as_key(&origin)?;
        let Some((node, cost)) = self.anchors.get(&anchor) else {
            self.diagnostics
                .error(&origin, "this alias stands inside of what it stands for");
            return Err(Stop);
        };
        let cost = *cost;
        if self.open.len() + cost.height > limits::DEPTH {
            return Err(self.too_deep(&origin));
        }
        // Paid for before it is copied: an alias bomb ends here.
        self.budget
            .charge(cost)
            .map_err(|spent| expansion(self.diagnostics, &origin, spent.0))?;
        let node = node.clone();
        self.finished(node, 0, cost)
    }

    /// Puts a complete node where it belongs.
    fn finished(&mut self, node: Node, anchor: usize, cost: Cost) -> Result<(), Stop> {
        if anchor != 0 {
            self.budget
                .charge(cost)
                .map_err(|spent| expansion(self.diagnostics, &node.origin, spent.0))?;
            self.anchors.insert(anchor, (node.clone(), cost));
        }
        let Some(frame) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        frame.cost.add(cost);
        match &mut frame.content {
            Open::Sequence(items) => items.push(node),
            Open::Mapping { entries, key, .. } => {
                if let Some(PendingKey {
                    key,
                    refused: false,
                }) = key.take()
                {
                    entries.push((key, node));
                }
            }
        }
        Ok(())
    }

    fn refuse_as_key(&mut self, origin: &Origin) -> Result<(), Stop> {
        if !self.expects_key() {
            return Ok(());
        }
        self.diagnostics
            .error(origin, "a key has to be a word")
            .help("write keys out, in quotes if need be");
        Err(Stop)
    }

    fn charge(&mut self, cost: Cost, origin: &Origin) -> Result<(), Stop> {
        self.budget.charge(cost).map_err(|spent| {
            self.diagnostics
                .error(origin, format!("the environment has more than {}", spent.0));
            Stop
        })
    }

    fn too_deep(&mut self, origin: &Origin) -> Stop {
        self.diagnostics.error(origin, syntax::nesting());
        Stop
    }

    fn syntax_error(&mut self, error: &ScanError) -> Stop {
        let explanation = syntax::explain(error.kind());
        let marked = self.origin(&Span::empty(*error.marker()));
        let origin = syntax::place(error.kind(), marked, self.text);
        let still_open = self
            .open
            .last()
            .filter(|frame| frame.flow && frame.origin.start != origin.start);
        let diagnostic = self.diagnostics.error(&origin, explanation.message);
        diagnostic.maybe_help(explanation.help.map(str::to_owned));
        if let Some(frame) = still_open {
            diagnostic.label(&frame.origin, "this bracket is still open");
        }
        Stop
    }

    fn origin(&self, span: &Span) -> Origin {
        let byte = |marker: &Marker| count(marker.byte_offset().unwrap_or_default());
        Origin {
            file: self.file,
            start: byte(&span.start),
            end: byte(&span.end),
            line: count(span.start.line()),
            column: count(span.start.col() + 1),
        }
    }
}

fn expansion(diagnostics: &mut Diagnostics, origin: &Origin, limit: &str) -> Stop {
    diagnostics
        .error(
            origin,
            format!("with its aliases written out, the environment has more than {limit}"),
        )
        .help("write values out, or take them over from another environment with `extends:`");
    Stop
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
