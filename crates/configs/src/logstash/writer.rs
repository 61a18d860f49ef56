//! The text of a pipeline.

use std::fmt::Display;

use super::pipeline::{Condition, Pipeline, Plugin, Step};

pub(super) fn write(pipeline: &Pipeline) -> String {
    let mut writer = Writer::default();
    writer.block("input", |writer| {
        for plugin in &pipeline.inputs {
            writer.plugin(plugin);
        }
    });
    for (name, steps) in [("filter", &pipeline.filters), ("output", &pipeline.outputs)] {
        if !steps.is_empty() {
            writer.text.push('\n');
            writer.block(name, |writer| writer.steps(steps));
        }
    }
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Plugin(plugin) => self.plugin(plugin),
                Step::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    self.block(format_args!("if {}", Asked(condition)), |writer| {
                        writer.steps(then);
                    });
                    if !otherwise.is_empty() {
                        self.block("else", |writer| writer.steps(otherwise));
                    }
                }
            }
        }
    }

    fn plugin(&mut self, plugin: &Plugin) {
        self.block(plugin.name, |writer| {
            for (name, value) in &plugin.options {
                writer.line(format_args!("{name} => {value}"));
            }
        });
    }

    fn block(&mut self, head: impl Display, content: impl FnOnce(&mut Self)) {
        self.line(format_args!("{head} {{"));
        self.depth += 1;
        content(self);
        self.depth -= 1;
        self.line("}");
    }

    fn line(&mut self, line: impl Display) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(&line.to_string());
        self.text.push('\n');
    }
}

/// A condition as it stands behind `if`.
struct Asked<'a>(&'a Condition);

impl Display for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Condition::Has(field) => write!(f, "{field}"),
            Condition::Lacks(field) => write!(f, "![{}", &field.as_str()[1..]),
            Condition::Matches(field, pattern) => write!(f, "{field} =~ /{pattern}/"),
        }
    }
}
