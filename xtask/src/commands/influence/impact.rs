//! `cargo xtask impact`: which fields of which objects move when a value of the environment does.

use clap::Args;
use environment::{Place, Variation};
use render::influence::{Influence, Moved, Movement, Refused, Traced, Trial};
use serde_json::{Value, json};

use super::super::Session;
use super::{influence, location, shown, trace, written};
use crate::arguments::{Format, Threads};
use crate::failure::{Failure, Outcome};
use crate::output::line;
use crate::terminal::Paint;

/// How many fields of one object are shown.
const FIELDS: usize = 6;
/// How many objects are shown of one trial, unless all are asked for.
const OBJECTS: usize = 40;

/// Which value of which environment.
#[derive(Debug, Args)]
#[command(after_help = "\
  cargo xtask impact prod services.api-gateway.port
  cargo xtask impact prod services.api-gateway.replicas.max --to 80
  cargo xtask impact prod namespaces.production        everything below a branch, value by value
  cargo xtask impact prod                              values that move nothing, and those that cannot move alone")]
pub(crate) struct ImpactArguments {
    /// The environment.
    #[arg(value_name = "ENV")]
    environment: String,
    /// The value, by its path in the environment file; without it, what moves nothing is listed.
    #[arg(value_name = "VALUE")]
    value: Option<String>,
    /// Try this value instead of one that is found.
    #[arg(long, value_name = "VALUE", requires = "value")]
    to: Option<String>,
    /// Show every object that moves.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    threads: Threads,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Carries it out.
pub(crate) fn run(session: &Session, arguments: &ImpactArguments) -> Result<Outcome, Failure> {
    let influence = influence(session, &arguments.environment)?;
    let Some(value) = &arguments.value else {
        let traced = trace(&influence, &influence.places(), arguments.threads.count());
        return Ok(idle(&influence, arguments, &traced));
    };
    let places = places(&influence, value)?;
    let traced = match &arguments.to {
        None => trace(&influence, &places, arguments.threads.count()),
        Some(text) => vec![told(session, &influence, &places, text)?],
    };
    let shown = Shown {
        influence: &influence,
        limit: if arguments.all { usize::MAX } else { OBJECTS },
        paint: session.terminal.output,
    };
    match arguments.format {
        Format::Text => traced
            .iter()
            .for_each(|traced| answer!("{}", shown.text(traced))),
        Format::Json => answer_line!(
            "{:#}",
            traced
                .iter()
                .map(|traced| shown.json(traced))
                .collect::<Value>()
        ),
    }
    Ok(Outcome::Clean)
}

/// The places at and below a path, values only where there are any.
fn places(influence: &Influence, text: &str) -> Result<Vec<Place>, Failure> {
    let path: environment::Path = text.parse().map_err(|error| Failure::of(&error))?;
    let all = influence.places();
    let below = |place: &&Place| place.path.segments().starts_with(path.segments());
    let found: Vec<Place> = all.iter().filter(below).cloned().collect();
    let exact = |place: &Place| place.path == path;
    let values: Vec<Place> = found
        .iter()
        .filter(|place| !place.is_name)
        .cloned()
        .collect();
    match found.iter().find(|place| exact(place) && !place.is_name) {
        Some(value) => Ok(vec![value.clone()]),
        None if !values.is_empty() => Ok(found),
        None => {
            let names: Vec<String> = all.iter().map(|place| place.path.to_string()).collect();
            let failure = Failure::new(format!("the environment has no value `{text}`"));
            Err(
                match environment::nearest(text, names.iter().map(String::as_str)) {
                    Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
                    None => failure
                        .help("`cargo xtask impact ENV` without a value looks at all of them"),
                },
            )
        }
    }
}

/// What a value does that the reader named.
fn told(
    session: &Session,
    influence: &Influence,
    places: &[Place],
    text: &str,
) -> Result<Traced, Failure> {
    let [place] = places else {
        return Err(Failure::new("--to is for one value, and this is a branch"));
    };
    match influence.attempt(place, Variation::Text(text.to_owned())) {
        Ok(trial) => Ok(Traced {
            place: place.clone(),
            trials: vec![trial],
        }),
        Err(Refused::NoScalar) => Err(Failure::new("--to is for a plain value, and this is none")),
        Err(Refused::Clashes) => Err(Failure::new(
            "with it two objects would have the same identity",
        )),
        Err(Refused::Invalid(diagnostics)) => {
            let said = diagnostics.render(session.terminal.error.coloured);
            Err(Failure::new(format!(
                "`{text}` is not valid there\n{}",
                said.trim_end()
            )))
        }
    }
}

/// What stood at the place instead, in words.
pub(super) fn tried(variation: &Variation) -> String {
    match variation {
        Variation::Text(text) => format!("`{text}` there"),
        Variation::Name(name) => format!("the name `{name}`"),
        Variation::Removal => "leaving it out".to_owned(),
    }
}

/// Lists what moves nothing, which is a finding, and what cannot move alone, which is not.
fn idle(influence: &Influence, arguments: &ImpactArguments, traced: &[Traced]) -> Outcome {
    let nothing: Vec<&Traced> = traced
        .iter()
        .filter(|traced| traced.moves_nothing())
        .collect();
    let bound = traced
        .iter()
        .filter(|traced| traced.trials.is_empty() && !traced.place.is_name);
    let bound: Vec<&Traced> = bound.collect();
    let line = |traced: &&Traced| {
        let place = &traced.place;
        format!(
            "   {}  {} = {}\n",
            location(influence, place),
            place.path,
            written(influence, place)
        )
    };
    match arguments.format {
        Format::Text => {
            let list = |traced: &[&Traced]| traced.iter().map(line).collect::<String>();
            answer!("{} values move nothing\n{}", nothing.len(), list(&nothing));
            answer!(
                "{} values have no other that is valid by itself\n{}",
                bound.len(),
                list(&bound)
            );
        }
        Format::Json => {
            let paths = |traced: &[&Traced]| {
                let paths = traced.iter().map(|traced| {
                    json!({ "path": traced.place.path.to_string(), "place": location(influence, &traced.place) })
                });
                paths.collect::<Value>()
            };
            answer_line!(
                "{:#}",
                json!({ "moveNothing": paths(&nothing), "notAlone": paths(&bound) })
            );
        }
    }
    if nothing.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Wrong
    }
}

/// How an impact is written.
struct Shown<'a> {
    influence: &'a Influence,
    limit: usize,
    paint: Paint,
}

impl Shown<'_> {
    fn text(&self, traced: &Traced) -> String {
        let place = &traced.place;
        let mut text = format!(
            "{} = {}   {}\n",
            self.paint.bold(&place.path.to_string()),
            written(self.influence, place),
            location(self.influence, place)
        );
        if traced.trials.is_empty() {
            text.push_str("   no other value is valid here by itself\n");
        }
        for trial in &traced.trials {
            text.push_str(&self.trial(trial));
        }
        text
    }

    fn trial(&self, trial: &Trial) -> String {
        let fields = |moved: &Moved| match &moved.movement {
            Movement::Changes(changes) => changes.len(),
            Movement::Appears | Movement::Vanishes => 0,
        };
        let fields: usize = trial.moved.iter().map(fields).sum();
        let (tried, objects) = (tried(&trial.variation), trial.moved.len());
        let mut text = format!("   {tried}: {fields} fields, {objects} objects\n");
        if trial.moved_runbook {
            text.push_str("     ~ RUNBOOK.md\n");
        }
        for moved in trial.moved.iter().take(self.limit) {
            text.push_str(&self.moved(moved));
        }
        if let Some(more) = more(trial.moved.len(), self.limit) {
            line(
                &mut text,
                &format!("     … and {more} more objects; --all shows them"),
            );
        }
        text
    }

    fn moved(&self, moved: &Moved) -> String {
        let id = &moved.id;
        let name = match &id.namespace {
            Some(namespace) => format!("{} {namespace}/{}", id.kind, id.name),
            None => format!("{} {}", id.kind, id.name),
        };
        let (mark, changes) = match &moved.movement {
            Movement::Appears => (self.paint.green("+"), &[][..]),
            Movement::Vanishes => (self.paint.red("-"), &[][..]),
            Movement::Changes(changes) => (self.paint.yellow("~"), changes.as_slice()),
        };
        let mut text = format!("     {mark} {name}\n");
        for change in changes.iter().take(FIELDS) {
            let (before, after) = (shown(change.before.as_ref()), shown(change.after.as_ref()));
            line(
                &mut text,
                &format!("         {}  {before} → {after}", change.path),
            );
        }
        if let Some(more) = more(changes.len(), FIELDS) {
            line(&mut text, &format!("         … and {more} more fields"));
        }
        text
    }

    fn json(&self, traced: &Traced) -> Value {
        let trials: Vec<Value> = traced.trials.iter().map(trial_json).collect();
        json!({
            "path": traced.place.path.to_string(), "place": location(self.influence, &traced.place),
            "isName": traced.place.is_name, "trials": trials,
        })
    }
}

/// How many are not shown, where there are any.
fn more(all: usize, shown: usize) -> Option<usize> {
    all.checked_sub(shown).filter(|more| *more > 0)
}

fn trial_json(trial: &Trial) -> Value {
    let objects = trial.moved.iter().map(|moved| {
        let (movement, fields) = match &moved.movement {
            Movement::Appears => ("appears", Vec::new()),
            Movement::Vanishes => ("vanishes", Vec::new()),
            Movement::Changes(changes) => {
                let fields = changes.iter().map(|change| {
                    json!({ "path": change.path, "before": change.before, "after": change.after })
                });
                ("changes", fields.collect())
            }
        };
        json!({
            "apiVersion": moved.id.api_version, "kind": moved.id.kind, "namespace": moved.id.namespace,
            "name": moved.id.name, "file": moved.file, "movement": movement, "fields": fields,
        })
    });
    json!({ "tried": tried(&trial.variation), "objects": objects.collect::<Value>(), "runbook": trial.moved_runbook })
}
