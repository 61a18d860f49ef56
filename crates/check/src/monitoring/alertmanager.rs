//! Alertmanager's configuration: who is told of which alert.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::rule_file::{list, text};
use super::source::Source;
use crate::pattern;
use crate::promql::Match;

/// How deep routes may stand in each other; Alertmanager's own users stay below ten.
const DEEPEST: usize = 50;

/// A configuration of Alertmanager.
pub(crate) struct Alertmanager<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) receivers: Vec<Receiver>,
    /// All routes, each before those below it; the first is the root.
    pub(crate) routes: Vec<Route>,
}

/// Somebody who is told.
pub(crate) struct Receiver {
    /// `receivers[0]`
    pub(crate) field: String,
    pub(crate) name: String,
}

/// Which alerts go to whom.
pub(crate) struct Route {
    /// `route.routes[0]`
    pub(crate) field: String,
    /// Where nothing is said, that of the route above.
    pub(crate) receiver: Option<String>,
    pub(crate) matchers: Vec<RouteMatcher>,
    /// What cannot be read of its matchers.
    pub(crate) faults: Vec<(String, String)>,
    pub(crate) continues: bool,
    /// The positions of the routes below.
    pub(crate) below: Vec<usize>,
}

/// What a label of an alert has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RouteMatcher {
    pub(crate) label: String,
    pub(crate) match_type: RouteMatch,
    pub(crate) value: String,
}

pub(crate) type RouteMatch = Match;

impl RouteMatcher {
    /// Whether alerts of these labels fit; a label that is not there is empty.
    pub(crate) fn fits(&self, labels: &BTreeMap<String, String>) -> bool {
        let value = labels.get(&self.label).map_or("", String::as_str);
        let matches = || pattern::matches(&format!("^(?:{})$", self.value), value);
        match self.match_type {
            Match::Equal => value == self.value,
            Match::NotEqual => value != self.value,
            Match::Regex => matches(),
            Match::NotRegex => !matches(),
        }
    }
}

impl<'a> Alertmanager<'a> {
    /// Whether a file is Alertmanager's: it has routes and receivers.
    pub(super) fn is_one(value: &Json) -> bool {
        value.get("route").is_some_and(Json::is_object)
            && value.get("receivers").is_some_and(Json::is_array)
    }

    pub(super) fn of(source: Source<'a>) -> Self {
        let receivers = list(source.value(), "receivers").iter().enumerate();
        let receivers = receivers.map(|(at, receiver)| Receiver {
            field: format!("receivers[{at}]"),
            name: text(receiver.get("name")).unwrap_or_default(),
        });
        let receivers = receivers.collect();
        let mut routes = Vec::new();
        if let Some(root) = source.value().get("route") {
            add_route(root, "route", 0, &mut routes);
        }
        Self {
            source,
            receivers,
            routes,
        }
    }

    /// The routes that an alert of these labels takes, and the receivers at their ends.
    pub(crate) fn taken(&self, labels: &BTreeMap<String, String>) -> Vec<usize> {
        let mut taken = Vec::new();
        if !self.routes.is_empty() {
            self.follow(0, labels, &mut taken);
        }
        taken
    }

    fn follow(&self, at: usize, labels: &BTreeMap<String, String>, taken: &mut Vec<usize>) -> bool {
        let route = &self.routes[at];
        if at != 0 && !route.matchers.iter().all(|matcher| matcher.fits(labels)) {
            return false;
        }
        let mut goes_below = false;
        for below in &route.below {
            if self.follow(*below, labels, taken) {
                goes_below = true;
                if !self.routes[*below].continues {
                    break;
                }
            }
        }
        if !goes_below {
            taken.push(at);
        }
        true
    }
}

fn add_route(value: &Json, field: &str, depth: usize, routes: &mut Vec<Route>) -> usize {
    let position = routes.len();
    let mut route = Route {
        receiver: text(value.get("receiver")).filter(|name| !name.is_empty()),
        matchers: Vec::new(),
        faults: Vec::new(),
        continues: value.get("continue").and_then(Json::as_bool) == Some(true),
        below: Vec::new(),
        field: field.to_owned(),
    };
    matchers_of(value, ["match", "match_re", "matchers"], field, &mut route);
    routes.push(route);
    if depth < DEEPEST {
        for (at, below) in list(value, "routes").iter().enumerate() {
            let child = add_route(below, &format!("{field}.routes[{at}]"), depth + 1, routes);
            routes[position].below.push(child);
        }
    }
    position
}

/// Reads the three forms of matchers.
fn matchers_of(value: &Json, [equal, regex, text_form]: [&str; 3], field: &str, route: &mut Route) {
    for (name, match_type) in [(equal, Match::Equal), (regex, Match::Regex)] {
        let map = value
            .get(name)
            .and_then(Json::as_object)
            .into_iter()
            .flatten();
        route.matchers.extend(map.filter_map(|(label, value)| {
            Some(RouteMatcher {
                label: label.clone(),
                match_type,
                value: text(Some(value))?,
            })
        }));
    }
    for (at, line) in list(value, text_form).iter().enumerate() {
        let Some(line) = line.as_str() else { continue };
        match read_matchers(line) {
            Ok(read) => route.matchers.extend(read),
            Err(message) => route
                .faults
                .push((format!("{field}.{text_form}[{at}]"), message)),
        }
    }
}

/// The matchers of the two ends of an inhibition, and what cannot be read of them.
pub(crate) fn inhibition(value: &Json, end: &str, field: &str) -> Route {
    let mut route = Route {
        field: field.to_owned(),
        receiver: None,
        matchers: Vec::new(),
        faults: Vec::new(),
        continues: false,
        below: Vec::new(),
    };
    let (equal, regex, text_form) = (
        format!("{end}_match"),
        format!("{end}_match_re"),
        format!("{end}_matchers"),
    );
    matchers_of(value, [&equal, &regex, &text_form], field, &mut route);
    route
}

/// `severity="critical"`, or several of them between braces.
fn read_matchers(line: &str) -> Result<Vec<RouteMatcher>, String> {
    let trimmed = line.trim();
    let inner = match trimmed.strip_prefix('{') {
        Some(inner) => inner
            .strip_suffix('}')
            .ok_or_else(|| format!("`{line}` has a brace that is not closed"))?,
        None => trimmed,
    };
    split_outside_quotes(inner)
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .map(|part| read_matcher(part.trim()))
        .collect()
}

fn split_outside_quotes(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut is_quoted, mut is_escaped) = (0, false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn read_matcher(text: &str) -> Result<RouteMatcher, String> {
    let at = text
        .find(['=', '!'])
        .ok_or_else(|| format!("`{text}` compares nothing"))?;
    let (label, rest) = text.split_at(at);
    let (match_type, value) = [
        ("=~", Match::Regex),
        ("!~", Match::NotRegex),
        ("!=", Match::NotEqual),
        ("=", Match::Equal),
    ]
    .into_iter()
    .find_map(|(sign, match_type)| Some((match_type, rest.strip_prefix(sign)?)))
    .ok_or_else(|| format!("`{text}` compares by a sign that there is not"))?;
    let label = label.trim().trim_matches('"');
    if label.is_empty() {
        return Err(format!("`{text}` names no label"));
    }
    let value = value.trim();
    let bare = match value.strip_prefix('"') {
        Some(inner) => inner
            .strip_suffix('"')
            .ok_or_else(|| format!("the text in `{text}` does not end"))?
            .replace("\\\"", "\"")
            .replace("\\\\", "\\"),
        None => value.to_owned(),
    };
    Ok(RouteMatcher {
        label: label.to_owned(),
        match_type,
        value: bare,
    })
}

#[cfg(test)]
mod tests {
    use super::{Match, read_matchers};

    #[test]
    fn matchers_are_read_in_both_forms() {
        let read = read_matchers("{severity=~\"warn|crit\", team!=\"a,b\"}").unwrap();
        let read: Vec<_> = read
            .iter()
            .map(|matcher| {
                (
                    matcher.label.as_str(),
                    matcher.match_type,
                    matcher.value.as_str(),
                )
            })
            .collect();
        assert_eq!(
            read,
            [
                ("severity", Match::Regex, "warn|crit"),
                ("team", Match::NotEqual, "a,b")
            ]
        );
        assert_eq!(read_matchers("a = b").unwrap()[0].value, "b");
        for bad in ["severity", "=\"a\"", "{a=\"b\"", "a=\"b"] {
            assert!(read_matchers(bad).is_err(), "{bad}");
        }
    }
}
