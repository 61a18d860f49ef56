//! The text of a configuration: sections in angle brackets, one parameter a line, two spaces a
//! level.

use std::fmt::Display;

use super::directive::{Configuration, Directive, Label, Route, Source};
use super::plugin::{Plugin, Section};

pub(super) fn write(configuration: &Configuration) -> String {
    let mut writer = Writer::default();
    for (at, directive) in configuration.directives.iter().enumerate() {
        if at > 0 {
            writer.text.push('\n');
        }
        match directive {
            Directive::System(system) => {
                writer.open("system", None);
                writer.parameter("log_level", system.log_level.as_str());
                writer.close("system");
            }
            Directive::Source(source) => writer.source(source),
            Directive::Route(route) => writer.route(route),
            Directive::Label(label) => writer.label(label),
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
    fn source(&mut self, source: &Source) {
        self.open("source", None);
        self.plugin(
            &source.plugin,
            source
                .label
                .as_ref()
                .map(|label| ("@label", label.as_str())),
        );
        self.close("source");
    }

    fn label(&mut self, label: &Label) {
        self.open("label", Some(label.name.as_str()));
        for route in &label.routes {
            self.route(route);
        }
        self.close("label");
    }

    fn route(&mut self, route: &Route) {
        let (name, pattern, label, plugin) = match route {
            Route::Filter(filter) => ("filter", &filter.pattern, None, &filter.plugin),
            Route::Match(output) => (
                "match",
                &output.pattern,
                output.label.as_ref(),
                &output.plugin,
            ),
        };
        self.open(name, Some(pattern.as_str()));
        self.plugin(plugin, label.map(|label| ("@label", label.as_str())));
        self.close(name);
    }

    fn section(&mut self, section: &Section) {
        self.open(section.kind.as_str(), section.argument.as_deref());
        self.plugin(&section.plugin, None);
        self.close(section.kind.as_str());
    }

    fn plugin(&mut self, plugin: &Plugin, label: Option<(&str, &str)>) {
        let head = [
            plugin.kind.map(|kind| ("@type", kind)),
            plugin.id.map(|id| ("@id", id)),
            label,
        ];
        for (name, value) in head.into_iter().flatten() {
            self.parameter(name, value);
        }
        for (name, value) in &plugin.parameters {
            self.parameter(name, value);
        }
        for section in &plugin.sections {
            self.section(section);
        }
    }

    fn open(&mut self, name: &str, argument: Option<&str>) {
        match argument {
            Some(argument) => self.line(format_args!("<{name} {argument}>")),
            None => self.line(format_args!("<{name}>")),
        }
        self.depth += 1;
    }

    fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(format_args!("</{name}>"));
    }

    fn parameter(&mut self, name: &str, value: impl Display) {
        self.line(format_args!("{name} {value}"));
    }

    fn line(&mut self, line: impl Display) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(&line.to_string());
        self.text.push('\n');
    }
}
