//! A reader of Logstash's configuration language, from its documentation: it shares nothing with the writer.

/// A value of an option.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Word(String),
    List(Vec<Value>),
    Table(Vec<(String, Value)>),
}

/// A plugin, or a branch with its condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Statement {
    Plugin {
        name: String,
        options: Vec<(String, Value)>,
    },
    Branch {
        condition: String,
        then: Vec<Statement>,
        otherwise: Vec<Statement>,
    },
}

struct Reader<'a>(&'a str);

/// The sections by their names, in their order.
pub(crate) fn read(text: &str) -> Result<Vec<(String, Vec<Statement>)>, String> {
    let mut reader = Reader(text);
    let mut sections = Vec::new();
    while !reader.rest().is_empty() {
        let name = reader.word()?;
        if !["input", "filter", "output"].contains(&name.as_str()) {
            return Err(format!("no section is called {name}"));
        }
        sections.push((name, reader.block()?));
    }
    Ok(sections)
}

impl<'a> Reader<'a> {
    /// What follows behind blanks and comments.
    fn rest(&mut self) -> &'a str {
        loop {
            self.0 = self.0.trim_start();
            match self.0.strip_prefix('#') {
                Some(comment) => self.0 = comment.split_once('\n').map_or("", |(_, rest)| rest),
                None => return self.0,
            }
        }
    }

    fn takes(&mut self, token: &str) -> bool {
        match self.rest().strip_prefix(token) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.takes(token) {
            Ok(())
        } else {
            Err(format!("expected {token} before {:.40?}", self.0))
        }
    }

    /// A bareword: letters, digits and underscores.
    fn word(&mut self) -> Result<String, String> {
        let rest = self.rest();
        let end = rest
            .find(|character: char| !character.is_ascii_alphanumeric() && character != '_')
            .unwrap_or(rest.len());
        if end == 0 {
            return Err(format!("expected a word before {rest:.40?}"));
        }
        self.0 = &rest[end..];
        Ok(rest[..end].to_owned())
    }

    fn block(&mut self) -> Result<Vec<Statement>, String> {
        self.expect("{")?;
        let mut statements = Vec::new();
        while !self.takes("}") {
            let name = self.word()?;
            if name == "if" {
                let condition = self.condition()?;
                let then = self.block()?;
                let otherwise = if self.rest().starts_with("else") {
                    self.expect("else")?;
                    self.block()?
                } else {
                    Vec::new()
                };
                statements.push(Statement::Branch {
                    condition,
                    then,
                    otherwise,
                });
            } else {
                statements.push(Statement::Plugin {
                    name,
                    options: self.options()?,
                });
            }
        }
        Ok(statements)
    }

    /// A field with or without `!`, or a field that matches an expression.
    fn condition(&mut self) -> Result<String, String> {
        let not = self.takes("!");
        let mut field = String::new();
        while self.takes("[") {
            let (name, rest) = self.0.split_once(']').ok_or("unfinished field")?;
            field.extend(["[", name, "]"]);
            self.0 = rest;
        }
        if field.is_empty() {
            return Err(format!("expected a field before {:.40?}", self.0));
        }
        if self.takes("=~") {
            self.expect("/")?;
            let (expression, rest) = self.0.split_once('/').ok_or("unfinished expression")?;
            self.0 = rest;
            return Ok(format!("{field} =~ {expression}"));
        }
        Ok(format!("{}{field}", if not { "!" } else { "" }))
    }

    fn options(&mut self) -> Result<Vec<(String, Value)>, String> {
        self.expect("{")?;
        let mut options = Vec::new();
        while !self.takes("}") {
            let name = self.word()?;
            self.expect("=>")?;
            let value = self.value()?;
            if options.iter().any(|(other, _)| *other == name) {
                return Err(format!("{name} twice"));
            }
            options.push((name, value));
        }
        Ok(options)
    }

    fn value(&mut self) -> Result<Value, String> {
        for quote in ['"', '\''] {
            if let Some(rest) = self.rest().strip_prefix(quote) {
                let (text, rest) = rest.split_once(quote).ok_or("unfinished text")?;
                self.0 = rest;
                return Ok(Value::Text(text.to_owned()));
            }
        }
        if self.takes("[") {
            let mut values = Vec::new();
            while !self.takes("]") {
                values.push(self.value()?);
                if !self.takes(",") && !self.rest().starts_with(']') {
                    return Err("a list without a comma".to_owned());
                }
            }
            return Ok(Value::List(values));
        }
        if self.takes("{") {
            let mut entries = Vec::new();
            while !self.takes("}") {
                let Value::Text(name) = self.value()? else {
                    return Err("a table's name is no text".to_owned());
                };
                self.expect("=>")?;
                entries.push((name, self.value()?));
            }
            return Ok(Value::Table(entries));
        }
        Ok(Value::Word(self.word()?))
    }
}
