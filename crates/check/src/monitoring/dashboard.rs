//! Dashboards of Grafana.

use serde_json::Value as Json;

use super::rule_file::list;
use super::source::{Source, Spot};

/// How deep rows may hold panels.
const DEEPEST: usize = 8;

/// A dashboard.
pub(crate) struct Dashboard<'a> {
    pub(crate) source: Source<'a>,
    /// Whether it stands in a field `dashboard`, as in the answers of Grafana's API.
    pub(crate) is_wrapped: bool,
}

impl<'a> Dashboard<'a> {
    /// The dashboard of a file, where it is one.
    pub(super) fn of(source: Source<'a>) -> Option<Self> {
        let has_panels = |value: &Json| value.get("panels").is_some();
        let wrapped = source.value().get("dashboard").is_some_and(has_panels);
        let is_one = wrapped || has_panels(source.value());
        is_one.then_some(Self {
            source,
            is_wrapped: wrapped,
        })
    }

    /// The dashboard itself.
    pub(crate) fn content(&self) -> &Json {
        let inner = self.source.value().get("dashboard");
        inner
            .filter(|_| self.is_wrapped)
            .unwrap_or(self.source.value())
    }

    /// Its panels, with their places.
    pub(crate) fn panels(&self) -> Vec<(String, &Json)> {
        let mut found = Vec::new();
        let before = if self.is_wrapped { "dashboard." } else { "" };
        collect(self.content(), before, 0, &mut found);
        found
    }

    /// The queries of its panels that Prometheus answers.
    pub(super) fn queries(&self) -> Vec<(Spot<'a>, String)> {
        let mut queries = Vec::new();
        for (field, panel) in self.panels() {
            for (at, target) in list(panel, "targets").iter().enumerate() {
                let source = [target, panel]
                    .into_iter()
                    .find_map(|one| one.get("datasource"));
                let other = source
                    .and_then(|source| source.get("type"))
                    .and_then(Json::as_str)
                    .is_some_and(|kind| kind != "prometheus");
                let query = target.get("expr").and_then(Json::as_str);
                if let Some(text) = query.filter(|text| !other && !text.trim().is_empty()) {
                    let spot = self.source.spot(&format!("{field}.targets[{at}].expr"));
                    queries.push((spot, text.to_owned()));
                }
            }
        }
        queries
    }
}

fn collect<'j>(value: &'j Json, before: &str, depth: usize, found: &mut Vec<(String, &'j Json)>) {
    if depth > DEEPEST {
        return;
    }
    for list_name in ["panels", "rows"] {
        for (at, panel) in list(value, list_name).iter().enumerate() {
            let field = format!("{before}{list_name}[{at}]");
            collect(panel, &format!("{field}."), depth + 1, found);
            if list_name == "panels" {
                found.push((field, panel));
            }
        }
    }
}

/// The query with something in place of each variable of Grafana: a duration between brackets and behind `offset`, what
/// is said elsewhere.
pub(super) fn without_variables(text: &str, variable: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, named) = rest.split_at(at);
        whole.push_str(before);
        let length = variable_length(named);
        if length == 0 {
            whole.push('$');
            rest = &named[1..];
            continue;
        }
        let ends_in = whole.trim_end();
        let is_duration =
            ends_in.ends_with(['[', ':']) || ends_in.to_ascii_lowercase().ends_with("offset");
        let in_name = whole.ends_with(|last: char| last.is_alphanumeric() || last == '_');
        whole.push_str(match (is_duration, in_name) {
            (true, _) => "5m",
            (false, true) => "x",
            (false, false) => variable,
        });
        rest = &named[length..];
    }
    whole.push_str(rest);
    whole
}

/// The length of `$name` or `${name:format}`.
fn variable_length(text: &str) -> usize {
    if let Some(inner) = text.strip_prefix("${") {
        return inner.find('}').map_or(0, |end| end + 3);
    }
    let name = text[1..]
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    match name.count() {
        0 => 0,
        length => length + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::without_variables;

    #[test]
    fn variables_become_something_that_fits() {
        for (text, plain) in [
            (
                "rate(x{a=\"$b\"}[$__rate_interval])",
                "rate(x{a=\"1\"}[5m])",
            ),
            ("x{a=~\"${b:regex}\"} > $c", "x{a=~\"1\"} > 1"),
            ("x{a=~\".+$\"}", "x{a=~\".+$\"}"),
            ("sum_$d", "sum_x"),
        ] {
            assert_eq!(without_variables(text, "1"), plain);
        }
    }
}
