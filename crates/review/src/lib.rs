//! What a change of rendered manifests will do: not which lines differ, but which pods restart, what the API server
//! refuses, which data are at risk, and who reaches what afterwards.
//!
//! [`review`] takes the files of an environment before and after, and hands back a [`Review`], which [`text`],
//! [`markdown`], [`html`] and [`json`] write down.

mod across;
mod difference;
mod effect;
pub mod html;
pub mod json;
pub mod markdown;
mod model;
mod order;
mod pair;
mod path;
mod picture;
pub mod text;
mod tree;
mod whole;

pub use across::{Across, across};
pub use difference::{Difference, Nature};
pub use effect::rollout::{Rollout, span};
pub use model::{
    Direction, Edge, Effect, Fate, FieldReview, ObjectReview, Review, Topic, Wave, WholeChange,
    title,
};
pub use path::{FieldPath, Step};
pub use picture::draw;
pub use tree::{Content, Files, Origin, Side, Trees};

use check::Context;
use check::stored::Shapes;

use effect::Around;
use effect::argocd::ArgoCd;

/// Reviews what becomes of an environment. `context` says which Kubernetes it runs and what exists besides its objects.
pub fn review(environment: &str, trees: &Trees, context: &Context<'_>) -> Review {
    let minor = context.kubernetes.to_string();
    let around = Around {
        trees,
        context,
        shapes: Shapes {
            store: context.store,
            minor: &minor,
        },
        argocd: ArgoCd::new(trees),
        capacity: Default::default(),
        budgets: Default::default(),
    };
    let pairs = pair::pairs(&trees.changed(Side::Base), &trees.changed(Side::Head));
    let (whole, edges) = if pairs.is_empty() {
        Default::default()
    } else {
        whole::changes(&around, &pairs)
    };
    let mut objects: Vec<ObjectReview> = pairs
        .into_iter()
        .filter_map(|pair| effect::review(&around, pair))
        .collect();
    objects.sort_by(|left, right| {
        let key = |object: &ObjectReview| (object.effect, object.refused);
        key(right)
            .cmp(&key(left))
            .then_with(|| left.id.cmp(&right.id))
    });
    let undecided = trees.unreadable().into_iter().map(|(side, file, fault)| {
        let when = match side {
            Side::Base => "before",
            Side::Head => "after",
        };
        format!("{file} ({when}), line {}: {}", fault.line, fault.message)
    });
    Review {
        environment: environment.to_owned(),
        objects_after: trees.count(Side::Head),
        waves: order::waves(&around, &objects),
        whole,
        edges,
        pictures: None,
        undecided: undecided.collect(),
        objects,
    }
}
