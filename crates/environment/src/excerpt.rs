//! Draws diagnostics: the line of the file, what is meant underlined, and what to do.

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::line::Line;
use crate::origin::Files;
use crate::width::harmless;

/// ANSI colours, or none.
#[derive(Clone, Copy)]
struct Palette {
    coloured: bool,
}

impl Palette {
    const BOLD: &'static str = "1";
    const RED: &'static str = "1;31";
    const YELLOW: &'static str = "1;33";
    const BLUE: &'static str = "1;34";
    const CYAN: &'static str = "1;36";

    fn paint(self, code: &str, text: &str) -> String {
        if self.coloured && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn of(severity: Severity) -> &'static str {
        match severity {
            Severity::Error => Self::RED,
            Severity::Warning => Self::YELLOW,
        }
    }
}

/// One diagnostic while it is drawn.
struct Drawing<'a> {
    files: &'a Files,
    palette: Palette,
    /// Width of the line numbers.
    gutter: usize,
    text: String,
}

pub(crate) fn render(diagnostics: &Diagnostics, coloured: bool) -> String {
    let palette = Palette { coloured };
    let mut blocks: Vec<String> = diagnostics
        .sorted()
        .into_iter()
        .map(|diagnostic| draw(diagnostic, diagnostics.files(), palette))
        .collect();
    match diagnostics.uncounted() {
        0 => {}
        _ if diagnostics.are_too_many() => blocks.push("and too many more to go on\n".to_owned()),
        more => blocks.push(format!("and {more} more, not shown\n")),
    }
    blocks.join("\n")
}

fn draw(diagnostic: &Diagnostic, files: &Files, palette: Palette) -> String {
    let labels = || std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    let last_line = labels()
        .map(|label| label.origin.line)
        .max()
        .unwrap_or_default();
    let mut drawing = Drawing {
        files,
        palette,
        gutter: last_line.to_string().len().max(2),
        text: String::new(),
    };
    let severity = diagnostic.severity;
    drawing
        .text
        .push_str(&palette.paint(Palette::of(severity), severity.as_str()));
    drawing.text.push_str(&palette.paint(
        Palette::BOLD,
        &format!(": {}", harmless(&diagnostic.message)),
    ));
    drawing.text.push('\n');
    drawing.labels(diagnostic);
    drawing.help(diagnostic);
    drawing.text
}

impl Drawing<'_> {
    fn labels(&mut self, diagnostic: &Diagnostic) {
        let primary = &diagnostic.primary;
        let (beside, apart): (Vec<&Label>, Vec<&Label>) =
            diagnostic.secondary.iter().partition(|label| {
                label.origin.file == primary.origin.file
                    && label.origin.line == primary.origin.line
                    && self.is_short(label)
            });
        if self.files.get(primary.origin.file).is_some() {
            self.heading("┌─", primary);
            if self.shows_line(primary) {
                self.margin("│", "");
                self.line(primary);
            }
            self.mark(primary, '^', Palette::of(diagnostic.severity));
            for label in beside {
                self.mark(label, '-', Palette::BLUE);
            }
        }
        let mut file = primary.origin.file;
        for label in apart {
            if label.origin.file == file {
                self.margin("·", "");
            } else {
                self.heading("├─", label);
                self.margin("│", "");
                file = label.origin.file;
            }
            self.line(label);
            self.mark(label, '-', Palette::BLUE);
        }
    }

    fn help(&mut self, diagnostic: &Diagnostic) {
        let Some(help) = &diagnostic.help else { return };
        if self.files.get(diagnostic.primary.origin.file).is_some() {
            self.margin("│", "");
        }
        let label = self.palette.paint(Palette::BOLD, "help:");
        for (index, line) in help.lines().enumerate() {
            let line = harmless(line);
            if index == 0 {
                self.margin("=", &format!(" {label} {line}"));
            } else {
                self.margin(" ", &format!("       {line}"));
            }
        }
    }

    fn is_short(&self, label: &Label) -> bool {
        Line::of(self.files, &label.origin).is_some_and(|line| !line.is_cut())
    }

    /// A file that is wrong as a whole has no line to show.
    fn shows_line(&self, label: &Label) -> bool {
        label.origin.end > 0 && Line::of(self.files, &label.origin).is_some()
    }

    fn heading(&mut self, corner: &str, label: &Label) {
        let Some(file) = self.files.get(label.origin.file) else {
            return;
        };
        let place = if self.shows_line(label) {
            format!(
                " {}:{}:{}",
                file.path, label.origin.line, label.origin.column
            )
        } else {
            format!(" {}", file.path)
        };
        self.margin(corner, &harmless(&place));
    }

    /// A line without a number: the gutter, a sign, and what follows it.
    fn margin(&mut self, sign: &str, rest: &str) {
        let sign = self.palette.paint(Palette::CYAN, sign);
        self.text.push_str(&" ".repeat(self.gutter));
        self.text.push_str(&sign);
        self.text.push_str(rest.trim_end());
        self.text.push('\n');
    }

    fn line(&mut self, label: &Label) {
        let Some(line) = Line::of(self.files, &label.origin) else {
            return;
        };
        let width = self.gutter;
        let number = self
            .palette
            .paint(Palette::CYAN, &format!("{:>width$}│", label.origin.line));
        self.text.push_str(&number);
        if !line.text.is_empty() {
            self.text.push(' ');
            self.text.push_str(&line.text);
        }
        self.text.push('\n');
    }

    fn mark(&mut self, label: &Label, sign: char, colour: &str) {
        if !self.shows_line(label) {
            return;
        }
        let Some(line) = Line::of(self.files, &label.origin) else {
            return;
        };
        let marks = sign.to_string().repeat(line.marked);
        let mut note = marks;
        if !label.text.is_empty() {
            note.push(' ');
            note.push_str(&harmless(&label.text));
        }
        let note = self.palette.paint(colour, &note);
        self.margin("│", &format!(" {}{note}", " ".repeat(line.before)));
    }
}
