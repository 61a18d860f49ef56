//! The rules file: versions first, then lists and macros in the order in which they are needed, then rules.

use serde::Serialize;

use super::condition::value;
use super::{Condition, List, Macro, Priority, Rule};

/// The engine of Falco 0.42 and later, which Falco's own rules of 2026 ask for, too.
const ENGINE: &str = "0.57.0";
/// The plug-in that knows containers and pods.
const CONTAINER_PLUGIN: (&str, &str) = ("container", "0.4.0");

#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a> {
    Engine {
        required_engine_version: &'static str,
    },
    Plugins {
        required_plugin_versions: [Plugin; 1],
    },
    List {
        list: &'static str,
        items: Vec<String>,
    },
    Macro {
        r#macro: &'static str,
        condition: String,
    },
    Rule {
        rule: &'static str,
        desc: &'static str,
        condition: String,
        output: &'a str,
        priority: Priority,
        tags: &'a [&'static str],
    },
}

#[derive(Serialize)]
struct Plugin {
    name: &'static str,
    version: &'static str,
}

/// A file of rules with all that they use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesFile {
    lists: Vec<List>,
    macros: Vec<Macro>,
    rules: Vec<Rule>,
}

impl RulesFile {
    /// A file of these rules.
    pub fn new(rules: impl IntoIterator<Item = Rule>) -> Self {
        let mut file = Self::default();
        for rule in rules {
            file.collect(&rule.condition);
            file.rules.push(rule);
        }
        file
    }

    /// Takes over what the condition uses, and before it what that uses.
    fn collect(&mut self, condition: &Condition) {
        let (inner, list, known) = condition.parts();
        for part in inner {
            self.collect(part);
        }
        if let Some(list) = list.filter(|list| !self.lists.contains(list)) {
            self.lists.push(list.clone());
        }
        if let Some(known) = known.filter(|known| !self.macros.contains(known)) {
            self.collect(&known.condition);
            self.macros.push(known.clone());
        }
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        let head = [
            Entry::Engine {
                required_engine_version: ENGINE,
            },
            Entry::Plugins {
                required_plugin_versions: [Plugin {
                    name: CONTAINER_PLUGIN.0,
                    version: CONTAINER_PLUGIN.1,
                }],
            },
        ];
        let lists = self.lists.iter().map(|list| Entry::List {
            list: list.name,
            items: list.items.iter().map(|item| value(item)).collect(),
        });
        let macros = self.macros.iter().map(|known| Entry::Macro {
            r#macro: known.name,
            condition: known.condition.to_string(),
        });
        let rules = self.rules.iter().map(|rule| Entry::Rule {
            rule: rule.name,
            desc: rule.description,
            condition: rule.condition.to_string(),
            output: &rule.output,
            priority: rule.priority,
            tags: &rule.tags,
        });
        let entries: Vec<_> = head
            .into_iter()
            .chain(lists)
            .chain(macros)
            .chain(rules)
            .collect();
        yaml::text(&entries)
    }
}
