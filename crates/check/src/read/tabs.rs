//! Where tabs may begin a line: within brackets, and within texts of several lines.

use granit_parser::{Event, Span, StructureStyle};

use super::builder::line;

/// What has been seen of brackets and texts.
#[derive(Default)]
pub(super) struct Tabs {
    /// First and last lines of brackets and of texts of several lines: behind the first, tabs are no indent.
    loose: Vec<(u32, u32)>,
    /// First and last lines of brackets alone.
    brackets: Vec<(u32, u32)>,
    /// The lines of the brackets that are open; 0 for what is open without.
    open: Vec<u32>,
}

impl Tabs {
    /// Remembers what an event opens or closes.
    pub(super) fn note(&mut self, event: &Event<'_>, span: &Span) {
        match event {
            Event::SequenceStart(StructureStyle::Flow, ..)
            | Event::MappingStart(StructureStyle::Flow, ..) => self.open.push(line(&span.start)),
            Event::SequenceStart(..) | Event::MappingStart(..) => self.open.push(0),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(first) = self.open.pop().filter(|first| *first > 0) {
                    self.loose.push((first, line(&span.end)));
                    self.brackets.push((first, line(&span.end)));
                }
            }
            Event::Scalar(..) if span.end.line() > span.start.line() => {
                self.loose.push((line(&span.start), line(&span.end)));
            }
            _ => {}
        }
    }

    /// Whether a line stands within brackets that opened before it.
    pub(super) fn is_within_brackets(&self, number: u32) -> bool {
        let mut brackets = self.brackets.iter();
        brackets.any(|(first, last)| (first + 1..=*last).contains(&number))
    }

    /// The first line that a tab indents.
    pub(super) fn first_fault(&self, text: &str) -> Option<u32> {
        let mut indented = (1..)
            .zip(text.split('\n'))
            .filter(|(_, line)| is_indented_by_tab(line))
            .map(|(number, _)| number)
            .peekable();
        indented.peek()?;
        let mut spans = self.loose.clone();
        spans.sort_unstable();
        let mut spans = spans.into_iter().peekable();
        let mut until = 0;
        indented.find(|number| {
            while let Some((_, last)) = spans.next_if(|(first, _)| first < number) {
                until = until.max(last);
            }
            *number > until
        })
    }
}

/// Whether a tab stands where the line is still being indented.
fn is_indented_by_tab(line: &str) -> bool {
    let mut rest = line;
    loop {
        let content = rest.trim_start_matches(' ');
        if content.starts_with('\t') {
            let word = content.trim_start();
            // Behind a plain word, deep tabs are but space at its end.
            let is_nothing = word.is_empty() || word.starts_with('#');
            return !is_nothing || content == line;
        }
        match content.strip_prefix('-') {
            Some(after) if after.starts_with([' ', '\t']) => rest = after,
            _ => return false,
        }
    }
}
