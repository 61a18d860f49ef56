//! A page of Markdown that keeps within a number of bytes, and text in which nothing is markup.

/// A page that grows as long as it has room.
pub(super) struct Page {
    text: String,
    budget: usize,
    left_out: usize,
}

/// Kept for the last line.
const RESERVE: usize = 120;

impl Page {
    pub(super) fn new(budget: usize) -> Self {
        Self {
            text: String::new(),
            budget,
            left_out: 0,
        }
    }

    /// Adds what has to be there, cut where even that is too long.
    pub(super) fn must(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            if self.text.len() + line.len() + RESERVE > self.budget {
                self.left_out += 1;
            } else {
                self.text.push_str(line);
            }
        }
    }

    /// Adds what fits as a whole.
    pub(super) fn may(&mut self, text: &str) -> bool {
        let fits = self.text.len() + text.len() + RESERVE <= self.budget;
        if fits {
            self.text.push_str(text);
        }
        fits
    }

    pub(super) fn object(&mut self, text: &str) {
        if !self.may(text) {
            self.left_out += 1;
        }
    }

    pub(super) fn finish(mut self) -> String {
        if self.left_out > 0 {
            let line = format!(
                "\n_{} more entries did not fit; `cargo xtask review` shows all._\n",
                self.left_out
            );
            if self.text.len() + line.len() <= self.budget {
                self.text.push_str(&line);
            }
        }
        self.text
    }
}

/// Text in which nothing is markup.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '@'
        ) {
            escaped.push('\\');
        }
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' | '\r' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

pub(super) fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Text that does not end a block of code.
pub(super) fn fence_free(text: &str) -> String {
    text.replace("```", "'''").replace('\n', " ")
}
