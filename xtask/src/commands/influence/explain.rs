//! `cargo xtask explain`: where the value of a field comes from.

use std::collections::BTreeMap;

use clap::Args;
use render::influence::{FieldChange, Influence, Made, Movement, Traced, Trial};
use serde_json::{Value, json};

use super::super::Session;
use super::{held, influence, location, shown, subject, trace, written};
use crate::arguments::{Format, Threads};
use crate::failure::{Failure, Outcome};
use crate::output::line;
use crate::terminal::Paint;

/// Which field of which object.
#[derive(Debug, Args)]
#[command(after_help = "\
Every value of the environment is replaced by another valid one, the environment is rendered again, and the values that
move the field are named: nothing is guessed.

  cargo xtask explain prod rollout/api-gateway
  cargo xtask explain prod rollout/api-gateway spec.template.spec.containers[api-gateway].resources.limits.memory
  cargo xtask explain prod production/service/identity-service metadata.labels[app.kubernetes.io/name]")]
pub(crate) struct ExplainArguments {
    /// The environment.
    #[arg(value_name = "ENV")]
    environment: String,
    /// The object: KIND/NAME, NAMESPACE/KIND/NAME, or the path of its file.
    #[arg(value_name = "OBJECT")]
    object: String,
    /// The field; without it, all fields of the object.
    #[arg(value_name = "FIELD")]
    field: Option<String>,
    #[command(flatten)]
    threads: Threads,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A value of the environment that is behind an object.
struct Source<'t> {
    traced: &'t Traced,
    trial: &'t Trial,
    /// The fields that it moves; empty where the object is there or not there because of it.
    changes: &'t [FieldChange],
}

impl Source<'_> {
    /// How many objects move with this value; what moves few is nearer to the field than what moves all.
    fn reach(&self) -> usize {
        self.trial.moved.len()
    }

    /// How it moves a field, or what is inside it.
    fn change_of(&self, field: &str) -> Option<&FieldChange> {
        let touches = |change: &&FieldChange| {
            subject::is_below(&change.path, field) || subject::is_below(field, &change.path)
        };
        self.changes.iter().find(touches)
    }
}

/// Carries it out.
pub(crate) fn run(session: &Session, arguments: &ExplainArguments) -> Result<Outcome, Failure> {
    let influence = influence(session, &arguments.environment)?;
    let (file, made) = subject::find(&influence, &arguments.object)?;
    let field = arguments
        .field
        .as_deref()
        .map(|field| subject::field(made, field))
        .transpose()?;
    let traced = trace(&influence, &influence.places(), arguments.threads.count());
    let sources = sources(&traced, file);
    let explanation = Explanation {
        environment: &arguments.environment,
        minor: influence.kubernetes().to_string(),
        influence: &influence,
        file,
        made,
        field: field.as_deref().unwrap_or_default(),
        sources,
        paint: session.terminal.output,
    };
    match arguments.format {
        Format::Text => answer!("{}", explanation.text()),
        Format::Json => answer_line!("{:#}", explanation.json()),
    }
    Ok(Outcome::Clean)
}

/// What moves an object, the nearest first.
fn sources<'t>(traced: &'t [Traced], file: &str) -> Vec<Source<'t>> {
    let mut sources = Vec::new();
    for traced in traced {
        for trial in &traced.trials {
            let moved = trial.moved.iter().filter(|moved| moved.file == file);
            sources.extend(moved.map(|moved| Source {
                traced,
                trial,
                changes: match &moved.movement {
                    Movement::Changes(changes) => changes,
                    Movement::Vanishes | Movement::Appears => &[],
                },
            }));
        }
    }
    sources.sort_by_key(Source::reach);
    sources
}

/// All that there is to say.
struct Explanation<'a> {
    environment: &'a str,
    minor: String,
    influence: &'a Influence,
    file: &'a str,
    made: &'a Made,
    /// Empty for the whole object.
    field: &'a str,
    sources: Vec<Source<'a>>,
    paint: Paint,
}

impl Explanation<'_> {
    fn leaves(&self) -> Vec<(String, &Value)> {
        subject::leaves(self.made, self.field)
    }

    /// The values that move a field, each once.
    fn behind(&self, field: &str) -> Vec<(&Source<'_>, &FieldChange)> {
        let mut behind: Vec<(&Source<'_>, &FieldChange)> = Vec::new();
        for source in &self.sources {
            let Some(change) = source.change_of(field) else {
                continue;
            };
            if !behind
                .iter()
                .any(|(known, _)| known.traced.place == source.traced.place)
            {
                behind.push((source, change));
            }
        }
        behind
    }

    fn text(&self) -> String {
        let leaves = self.leaves();
        let mut text = match leaves.as_slice() {
            [(field, value)] => self.one(field, value),
            _ => self.table(&leaves),
        };
        text.push_str(&self.existence());
        let origin = self.made.origin;
        line(
            &mut text,
            &format!(
                "   made by      {}:{}\n   written to   generated/{}/{}",
                origin.file(),
                origin.line(),
                self.environment,
                self.file
            ),
        );
        text
    }

    fn one(&self, field: &str, value: &Value) -> String {
        let behind = self.behind(field);
        let mut text = format!("{}   {field}\n", self.paint.bold(&shown(Some(value))));
        if behind.is_empty() {
            text.push_str(
                "   fixed        no value in the environment's files moves it: a default or the component says it\n",
            );
        }
        for (source, change) in behind {
            let place = &source.traced.place;
            line(
                &mut text,
                &format!(
                    "   comes from   {}  {} = {}\n                {}",
                    location(self.influence, place),
                    self.paint.bold(&place.path.to_string()),
                    written(self.influence, place),
                    evidence(source, change)
                ),
            );
        }
        for demand in held::demands(&self.minor, self.made, field) {
            line(&mut text, &format!("   held by      {demand}"));
        }
        text
    }

    fn table(&self, leaves: &[(String, &Value)]) -> String {
        let width = leaves
            .iter()
            .map(|(field, _)| field.chars().count())
            .max()
            .unwrap_or_default()
            .min(64);
        let mut text = String::new();
        let mut fixed = 0;
        for (field, value) in leaves {
            let behind = self.behind(field);
            let Some((first, _)) = behind.first() else {
                fixed += 1;
                continue;
            };
            let more = match behind.len() - 1 {
                0 => String::new(),
                more => format!("  and {more} more"),
            };
            let place = &first.traced.place;
            line(
                &mut text,
                &format!(
                    "{field:width$}  {}\n{:width$}  {}  {}{more}",
                    self.paint.bold(&shown(Some(value))),
                    "",
                    location(self.influence, place),
                    place.path
                ),
            );
        }
        let (moving, all) = (leaves.len() - fixed, leaves.len());
        line(
            &mut text,
            &format!(
                "   {moving} of {all} fields follow from values in the environment's files; defaults and the component say the others"
            ),
        );
        text
    }

    /// Because of what the object is there at all.
    fn existence(&self) -> String {
        let mut places: BTreeMap<String, String> = BTreeMap::new();
        for source in self
            .sources
            .iter()
            .filter(|source| source.changes.is_empty())
        {
            let place = &source.traced.place;
            places
                .entry(location(self.influence, place))
                .or_insert_with(|| place.path.to_string());
        }
        let lines = places
            .into_iter()
            .map(|(location, path)| format!("   exists by    {location}  {path}\n"));
        lines.collect()
    }

    fn json(&self) -> Value {
        let fields: Vec<Value> = self
            .leaves()
            .into_iter()
            .map(|(field, value)| {
                let sources: Vec<Value> = self
                    .behind(&field)
                    .into_iter()
                    .map(|(source, change)| self.source_json(source, change))
                    .collect();
                let demands = held::demands(&self.minor, self.made, &field);
                json!({ "path": field, "value": value, "sources": sources, "demands": demands })
            })
            .collect();
        let origin = self.made.origin;
        json!({
            "environment": self.environment,
            "apiVersion": self.made.id.api_version, "kind": self.made.id.kind,
            "namespace": self.made.id.namespace, "name": self.made.id.name,
            "file": format!("generated/{}/{}", self.environment, self.file),
            "rust": format!("{}:{}", origin.file(), origin.line()),
            "fields": fields,
        })
    }

    fn source_json(&self, source: &Source<'_>, change: &FieldChange) -> Value {
        let place = &source.traced.place;
        json!({
            "path": place.path.to_string(), "place": location(self.influence, place), "isName": place.is_name,
            "tried": super::impact::tried(&source.trial.variation), "makes": change.after,
            "movesObjects": source.reach(),
        })
    }
}

/// What was seen when the value was another one.
fn evidence(source: &Source<'_>, change: &FieldChange) -> String {
    let others = source.reach().saturating_sub(1);
    let others = match others {
        0 => String::new(),
        1 => "; moves 1 other object".to_owned(),
        _ => format!("; moves {others} other objects"),
    };
    let tried = super::impact::tried(&source.trial.variation);
    format!("{tried} makes it {}{others}", shown(change.after.as_ref()))
}
