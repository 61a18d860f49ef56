//! What a review says.

use std::fmt;

use manifest::ResourceId;

use crate::difference::Difference;
use crate::effect::rollout::Rollout;

/// What a change does, from harmless to dangerous.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The server stores the same object as before, or Argo CD leaves the field alone.
    Nothing,
    /// It is taken in place: no pod restarts.
    InPlace,
    /// Pods are replaced.
    Restart,
    /// The object is deleted and another one is created.
    DeleteAndCreate,
    /// The API server refuses it: the field never changes.
    Refused,
    /// Requests fail while it happens, or from then on.
    Interrupted,
    /// Data can be lost.
    DataAtRisk,
}

impl Effect {
    /// All effects, harmless first.
    pub const ALL: [Self; 7] = [
        Self::Nothing,
        Self::InPlace,
        Self::Restart,
        Self::DeleteAndCreate,
        Self::Refused,
        Self::Interrupted,
        Self::DataAtRisk,
    ];

    /// The name in arguments and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::InPlace => "in-place",
            Self::Restart => "restart",
            Self::DeleteAndCreate => "delete-and-create",
            Self::Refused => "refused",
            Self::Interrupted => "interrupted",
            Self::DataAtRisk => "data-at-risk",
        }
    }

    /// The name in reports.
    pub fn title(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::InPlace => "in place",
            Self::Restart => "pods restart",
            Self::DeleteAndCreate => "delete and create",
            Self::Refused => "refused",
            Self::Interrupted => "interrupted",
            Self::DataAtRisk => "data at risk",
        }
    }

    /// One character for reports.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Nothing => "·",
            Self::InPlace => "=",
            Self::Restart => "↻",
            Self::DeleteAndCreate => "⇄",
            Self::Refused => "✗",
            Self::Interrupted => "‼",
            Self::DataAtRisk => "⚠",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.title())
    }
}

/// What becomes of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is new.
    Added,
    /// It goes.
    Removed,
    /// It stays and differs.
    Changed,
    /// It stays as it is, in another file.
    Moved,
    /// It has another name or stands in another namespace.
    Renamed,
}

impl Fate {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Renamed => "renamed",
        }
    }
}

/// A field that differs, and what that does.
#[derive(Clone, Debug)]
pub struct FieldReview {
    /// What differs.
    pub difference: Difference,
    /// What it does.
    pub effect: Effect,
    /// Whether the API server refuses it.
    pub refused: bool,
    /// Why it does that.
    pub reason: String,
    /// The line in the file after the change; before it, where the field is gone.
    pub line: Option<u32>,
    /// The value of the environment behind it: place and name. `None` where nobody asked, or where the code says it.
    pub value: Option<String>,
}

/// An object that differs, and what that does.
#[derive(Clone, Debug)]
pub struct ObjectReview {
    /// The object, after the change where it is there then.
    pub id: ResourceId,
    /// Its identity before, where that was another.
    pub was: Option<ResourceId>,
    /// What becomes of it.
    pub fate: Fate,
    /// Its file within the environment's folder, after the change where it is there then.
    pub file: String,
    /// Its file before, where that was another.
    pub old_file: Option<String>,
    /// The application it belongs to; empty where no ledger says it.
    pub application: String,
    /// The line of Rust that made it; empty where no ledger says it.
    pub origin: String,
    /// The fields that differ.
    pub fields: Vec<FieldReview>,
    /// The most dangerous effect of all.
    pub effect: Effect,
    /// Whether the API server refuses the object as it is after the change.
    pub refused: bool,
    /// What happens, in one line.
    pub reason: String,
    /// How its pods are replaced, where they are.
    pub rollout: Option<Rollout>,
    /// How to get there by hand, where Argo CD cannot.
    pub recipe: Vec<String>,
    /// What else is to be known.
    pub notes: Vec<String>,
    /// Why there is no way back; empty where the old commit brings the old state.
    pub no_way_back: Option<String>,
    /// How to see how it goes, where that takes a while.
    pub watch: Option<String>,
}

impl ObjectReview {
    /// How people call it: `StatefulSet app/postgres`.
    pub fn title(&self) -> String {
        title(&self.id)
    }
}

/// How people call an object: `StatefulSet app/postgres`.
pub fn title(id: &ResourceId) -> String {
    match &id.namespace {
        Some(namespace) => format!("{} {namespace}/{}", id.kind, id.name),
        None => format!("{} {}", id.kind, id.name),
    }
}

/// Something about the environment as a whole that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeChange {
    /// What it is about.
    pub topic: Topic,
    /// Whether something is there that was not, is gone, or is another.
    pub direction: Direction,
    /// What differs, in one line.
    pub text: String,
}

/// A path between two ends that opens or closes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The caller.
    pub from: String,
    /// The callee.
    pub to: String,
    /// The callee's ports.
    pub ports: String,
    /// Whether it opens or closes.
    pub direction: Direction,
}

/// What a difference of the whole is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Who reaches whom.
    Paths,
    /// Who may do what in the cluster.
    Rights,
    /// What a container may do on its node.
    Privileges,
    /// Which programs run.
    Versions,
    /// What is alarmed about.
    Alerts,
    /// What is backed up.
    Backups,
    /// What it needs and costs.
    Capacity,
}

impl Topic {
    /// All of them, what a reviewer asks first before the others.
    const ALL: [Self; 7] = [
        Self::Paths,
        Self::Rights,
        Self::Privileges,
        Self::Backups,
        Self::Alerts,
        Self::Versions,
        Self::Capacity,
    ];

    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paths => "paths",
            Self::Rights => "rights",
            Self::Privileges => "privileges",
            Self::Versions => "versions",
            Self::Alerts => "alerts",
            Self::Backups => "backups",
            Self::Capacity => "capacity",
        }
    }
}

/// Whether something came, went or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// It is there now: a path, a right, an alert.
    Opened,
    /// It is gone.
    Closed,
    /// It is another.
    Changed,
}

impl Direction {
    /// One character for reports.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Opened => "+",
            Self::Closed => "−",
            Self::Changed => "~",
        }
    }

    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Closed => "closed",
            Self::Changed => "changed",
        }
    }
}

/// What Argo CD does in one wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// The number of the wave; of the applications first, then of the objects in them.
    pub number: i64,
    /// The applications that it syncs, each with what happens in it.
    pub applications: Vec<(String, Vec<String>)>,
}

/// The review of one environment.
#[derive(Clone, Debug)]
pub struct Review {
    /// The environment.
    pub environment: String,
    /// How many objects there are after the change.
    pub objects_after: usize,
    /// The objects that differ, most dangerous first.
    pub objects: Vec<ObjectReview>,
    /// What differs in the whole.
    pub whole: Vec<WholeChange>,
    /// The paths that open and close, for drawing.
    pub edges: Vec<Edge>,
    /// Pictures of who may talk to whom around them, before and after; `None` where nobody asked for them.
    pub pictures: Option<[String; 2]>,
    /// What Argo CD does, wave by wave.
    pub waves: Vec<Wave>,
    /// What could not be read or decided.
    pub undecided: Vec<String>,
}

impl Review {
    /// The most dangerous effect.
    pub fn effect(&self) -> Effect {
        let effects = self.objects.iter().map(|object| object.effect);
        effects.max().unwrap_or(Effect::Nothing)
    }

    /// What differs in the whole, topic by topic; topics without a difference are left out.
    pub(crate) fn by_topic(&self) -> impl Iterator<Item = (Topic, Vec<&WholeChange>)> {
        Topic::ALL.into_iter().filter_map(|topic| {
            let changes = self.whole.iter().filter(|change| change.topic == topic);
            let changes: Vec<_> = changes.collect();
            (!changes.is_empty()).then_some((topic, changes))
        })
    }

    /// Whether the API server refuses any of it.
    pub fn is_refused(&self) -> bool {
        self.objects.iter().any(|object| object.refused)
    }

    /// The objects that need a decision or a hand.
    pub fn needs_a_decision(&self) -> impl Iterator<Item = &ObjectReview> {
        self.objects
            .iter()
            .filter(|object| object.effect >= Effect::DeleteAndCreate || object.refused)
    }

    /// The verdict in one line.
    pub fn verdict(&self) -> &'static str {
        match (self.effect(), self.is_refused()) {
            (Effect::DataAtRisk, true) => "data at risk, and the API server refuses part of it",
            (Effect::DataAtRisk, false) => "data at risk",
            (_, true) => "the API server refuses part of it",
            (Effect::Interrupted, _) => "requests fail meanwhile or from then on",
            (Effect::DeleteAndCreate, _) => "objects are deleted and made anew",
            (Effect::Restart, _) => "pods restart",
            (Effect::InPlace, _) => "taken in place",
            _ => "nothing happens",
        }
    }

    /// How to go back, and what does not come back with the old commit.
    pub fn way_back(&self) -> (Vec<String>, Vec<String>) {
        let mut back = vec!["revert the commit: Argo CD brings the old state".to_owned()];
        for object in self
            .objects
            .iter()
            .filter(|object| object.id.kind == "Rollout" && object.rollout.is_some())
        {
            let namespace = object.id.namespace.as_deref().unwrap_or("default");
            back.push(format!(
                "while the canary runs: kubectl argo rollouts abort {} -n {namespace}",
                object.id.name
            ));
        }
        let lost = self.objects.iter().filter_map(|object| {
            let reason = object.no_way_back.as_ref()?;
            Some(format!("{}: {reason}", object.title()))
        });
        (back, lost.collect())
    }

    /// Nothing at all differs.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty() && self.undecided.is_empty()
    }
}
