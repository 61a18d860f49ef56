//! Templates of alerts and notifications: Go's `text/template` with functions of their own.

mod words;

use std::collections::BTreeSet;

use self::words::{action, words};

/// Who fills a template in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Prometheus: labels and annotations of alerts.
    Prometheus,
    /// Alertmanager: notifications.
    Alertmanager,
}

/// What every template knows.
const COMMON: [&str; 19] = [
    "and", "call", "html", "index", "slice", "js", "len", "not", "or", "print", "printf",
    "println", "urlquery", "eq", "ge", "gt", "le", "lt", "ne",
];

/// What Prometheus adds.
const PROMETHEUS: [&str; 28] = [
    "query",
    "first",
    "label",
    "value",
    "strvalue",
    "args",
    "reReplaceAll",
    "safeHtml",
    "match",
    "title",
    "toUpper",
    "toLower",
    "graphLink",
    "tableLink",
    "sortByLabel",
    "stripPort",
    "stripDomain",
    "humanize",
    "humanize1024",
    "humanizeDuration",
    "humanizePercentage",
    "humanizeTimestamp",
    "toTime",
    "toDuration",
    "now",
    "pathPrefix",
    "externalURL",
    "parseDuration",
];

/// What Prometheus adds, the rest of it.
const PROMETHEUS_MORE: [&str; 2] = ["urlQueryEscape", "tmpl"];

/// What Alertmanager adds.
const ALERTMANAGER: [&str; 24] = [
    "toUpper",
    "toLower",
    "title",
    "trimSpace",
    "join",
    "match",
    "safeHtml",
    "safeUrl",
    "urlUnescape",
    "reReplaceAll",
    "stringSlice",
    "routeLabels",
    "date",
    "tz",
    "now",
    "since",
    "humanizeDuration",
    "toDate",
    "mustToDate",
    "toJson",
    "base64encode",
    "base64decode",
    "list",
    "append",
];

impl Dialect {
    fn functions(self) -> impl Iterator<Item = &'static str> {
        let own: Vec<&'static str> = match self {
            Self::Prometheus => [&PROMETHEUS[..], &PROMETHEUS_MORE].concat(),
            Self::Alertmanager => [&ALERTMANAGER[..], &["dict"]].concat(),
        };
        COMMON.into_iter().chain(own)
    }

    /// The variables that there are before the template begins.
    fn variables(self) -> BTreeSet<String> {
        let known: &[&str] = match self {
            Self::Prometheus => &["$", "$labels", "$externalLabels", "$externalURL", "$value"],
            Self::Alertmanager => &["$"],
        };
        known.iter().map(|name| (*name).to_owned()).collect()
    }
}

/// A template that was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Template {
    /// The labels of the alert that it asks for.
    pub(crate) labels: BTreeSet<String>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    ///
    /// Says what keeps the text from being one.
    pub(crate) fn parse(text: &str, dialect: Dialect) -> Result<Self, String> {
        let mut reader = Reader {
            dialect,
            variables: vec![dialect.variables()],
            blocks: Vec::new(),
            template: Self::default(),
        };
        let mut rest = text;
        while let Some((_, after)) = rest.split_once("{{") {
            let (action, behind) = action(after)?;
            reader.action(action)?;
            rest = behind;
        }
        match reader.blocks.pop() {
            Some(block) => Err(format!("`{{{{ {} }}}}` has no `{{{{ end }}}}`", block.word)),
            None => Ok(reader.template),
        }
    }
}

struct Block {
    word: &'static str,
    has_else: bool,
}

struct Reader {
    dialect: Dialect,
    /// The variables that are known, the innermost block last.
    variables: Vec<BTreeSet<String>>,
    blocks: Vec<Block>,
    template: Template,
}

impl Reader {
    fn action(&mut self, body: &str) -> Result<(), String> {
        let words = words(body)?;
        let Some(first) = words.first() else {
            // A comment is gone already.
            return if body.is_empty() {
                Ok(())
            } else {
                Err("an empty `{{ }}`".to_owned())
            };
        };
        match first.as_str() {
            "if" => self.open("if", &words[1..]),
            "range" => self.open("range", &words[1..]),
            "with" => self.open("with", &words[1..]),
            "define" | "block" | "template" => self.named(first, &words[1..]),
            "else" => self.otherwise(&words[1..]),
            "end" => {
                let block = self.blocks.pop();
                self.variables.pop();
                match block {
                    Some(_) if words.len() == 1 => Ok(()),
                    Some(_) => Err("something follows `end`".to_owned()),
                    None => Err("`end` closes nothing".to_owned()),
                }
            }
            "break" | "continue" => {
                let in_range = self.blocks.iter().any(|block| block.word == "range");
                if in_range {
                    Ok(())
                } else {
                    Err(format!("`{first}` stands outside of `range`"))
                }
            }
            _ => self.pipeline(&words),
        }
    }

    /// A template with a name: written here, used here, or both.
    fn named(&mut self, word: &str, words: &[String]) -> Result<(), String> {
        let is_named = words
            .first()
            .is_some_and(|name| name.starts_with(['"', '`']));
        if !is_named {
            return Err(format!("`{word}` needs a name in quotes"));
        }
        match word {
            "define" => {
                self.enter("define");
                Ok(())
            }
            "block" => {
                self.enter("block");
                self.pipeline(&words[1..])
            }
            _ if words.len() > 1 => self.pipeline(&words[1..]),
            _ => Ok(()),
        }
    }

    fn enter(&mut self, word: &'static str) {
        let inherited = self.variables.last().cloned().unwrap_or_default();
        self.variables.push(inherited);
        self.blocks.push(Block {
            word,
            has_else: false,
        });
    }

    fn open(&mut self, word: &'static str, words: &[String]) -> Result<(), String> {
        self.enter(word);
        if words.is_empty() {
            return Err(format!("`{word}` asks for nothing"));
        }
        self.pipeline(words)
    }

    fn otherwise(&mut self, words: &[String]) -> Result<(), String> {
        let Some(block) = self.blocks.last_mut() else {
            return Err("`else` belongs to nothing".to_owned());
        };
        if block.has_else {
            return Err("there are two `else`".to_owned());
        }
        match words.first().map(String::as_str) {
            None => {
                block.has_else = true;
                Ok(())
            }
            Some(again) if again == block.word && matches!(again, "if" | "with") => {
                if words.len() == 1 {
                    return Err(format!("`else {again}` asks for nothing"));
                }
                self.pipeline(&words[1..])
            }
            Some(_) => Err("something other than `if` follows `else`".to_owned()),
        }
    }

    /// Commands joined by `|`, perhaps with a variable that takes what they give.
    fn pipeline(&mut self, words: &[String]) -> Result<(), String> {
        let assigned = words.iter().position(|word| word == ":=" || word == "=");
        let (targets, words) = match assigned {
            Some(at) => (&words[..at], &words[at + 1..]),
            None => (&[][..], words),
        };
        let declares = assigned.is_some_and(|at| words_at(targets, at));
        if assigned.is_some() && !declares {
            return Err("only a variable can be assigned to".to_owned());
        }
        self.commands(words)?;
        for target in targets.iter().filter(|target| target.starts_with('$')) {
            if let Some(scope) = self.variables.last_mut() {
                scope.insert(target.clone());
            }
        }
        Ok(())
    }

    fn commands(&mut self, words: &[String]) -> Result<(), String> {
        if words.is_empty() || words.last().is_some_and(|last| last == "|") {
            return Err("a command is missing".to_owned());
        }
        let mut is_first = true;
        let mut open = 0_usize;
        for word in words {
            match word.as_str() {
                "|" => {
                    if is_first {
                        return Err("a command before `|` is missing".to_owned());
                    }
                    is_first = true;
                    continue;
                }
                "(" => {
                    open += 1;
                    is_first = true;
                    continue;
                }
                ")" => {
                    open = open.checked_sub(1).ok_or("a `)` closes nothing")?;
                }
                ":=" | "=" => return Err("an assignment stands within a command".to_owned()),
                word => self.operand(word)?,
            }
            is_first = false;
        }
        if open == 0 {
            Ok(())
        } else {
            Err("a `(` is not closed".to_owned())
        }
    }

    fn operand(&mut self, word: &str) -> Result<(), String> {
        let mut characters = word.chars();
        match characters.next() {
            Some('$') => {
                let name = word.split('.').next().unwrap_or(word);
                let is_known = self
                    .variables
                    .last()
                    .is_some_and(|known| known.contains(name));
                if !is_known {
                    return Err(format!("there is no variable `{name}`"));
                }
                self.label(word, "$labels.");
                self.label(word, "$.Labels.");
            }
            Some('.') => {
                let inside = |block: &Block| matches!(block.word, "range" | "with");
                if !self.blocks.iter().any(inside) {
                    self.label(word, ".Labels.");
                }
            }
            Some(first) if first.is_alphabetic() || first == '_' => {
                let name = word.split('.').next().unwrap_or(word);
                let is_constant = matches!(name, "true" | "false" | "nil");
                if !is_constant && !self.dialect.functions().any(|known| known == name) {
                    let near = crate::syntax::nearest(name, self.dialect.functions());
                    let help = near.map(|near| format!("; did you mean `{near}`?"));
                    return Err(format!(
                        "there is no function `{name}`{}",
                        help.unwrap_or_default()
                    ));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Notes the label that a word takes from what stands before it.
    fn label(&mut self, word: &str, before: &str) {
        if let Some(label) = word.strip_prefix(before) {
            let name = label.split('.').next().map(str::to_owned);
            self.template.labels.extend(name);
        }
    }
}

/// Whether what is assigned to are one or two variables.
fn words_at(targets: &[String], at: usize) -> bool {
    let variables: Vec<&String> = targets.iter().filter(|word| *word != ",").collect();
    at > 0
        && (1..=2).contains(&variables.len())
        && variables
            .iter()
            .all(|word| word.starts_with('$') && word.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Template};

    fn fault(text: &str) -> Option<String> {
        Template::parse(text, Dialect::Prometheus).err()
    }

    #[test]
    fn templates_are_read_and_their_labels_are_told() {
        for good in [
            "plain",
            "{{ $labels.a }} {{ $value | humanizePercentage }}",
            "{{- /* nothing */ -}}{{ printf \"%.2f %s\" .Value .Labels.b }}",
            "{{ if gt $value 1.5 }}a{{ else if eq $labels.a \"x}}\" }}b{{ else }}c{{ end }}",
            "{{ range query \"up\" }}{{ .Labels.instance }}{{ end }}",
            "{{ with $x := printf `a` }}{{ $x }}{{ end }}",
            "{{ range $i, $sample := query \"up\" }}{{ $i }}{{ end }}",
            "{{ (query \"up\" | first | value) }}",
            "{{ define \"a\" }}b{{ end }}{{ template \"a\" . }}",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        let template = Template::parse("{{ $labels.a }}{{ .Labels.b }}", Dialect::Prometheus);
        let labels: Vec<String> = template.unwrap().labels.into_iter().collect();
        assert_eq!(labels, ["a", "b"]);
    }

    #[test]
    fn what_is_no_template_is_refused() {
        for (bad, message) in [
            ("{{ $labels.a", "a `{{` is not closed"),
            ("{{ $label.a }}", "there is no variable `$label`"),
            (
                "{{ humanise $value }}",
                "there is no function `humanise`; did you mean `humanize`?",
            ),
            ("{{ if $value }}", "`{{ if }}` has no `{{ end }}`"),
            ("{{ end }}", "`end` closes nothing"),
            ("{{ else }}", "`else` belongs to nothing"),
            ("{{ }}", "an empty `{{ }}`"),
            ("{{ $value | }}", "a command is missing"),
            ("{{ \"a }}", "a text in quotes does not end"),
            ("{{ (first }}", "a `(` is not closed"),
            ("{{ $value % 2 }}", "unexpected character `%`"),
        ] {
            assert_eq!(fault(bad).as_deref(), Some(message), "{bad}");
        }
    }
}
