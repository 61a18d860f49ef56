//! Pictures of who may talk to whom, before and after, around the ways that open and close.

use std::collections::BTreeSet;

use check::graph::{Filter, Graph, Subject};
use check::{Context, Document, Report};

use crate::model::Review;
use crate::tree::{Side, Trees};

/// More namespaces than this make a picture that nobody can read.
const NAMESPACES: usize = 4;

/// Adds the pictures to a review, where a way opens or closes.
pub fn draw(review: &mut Review, trees: &Trees, context: &Context<'_>) {
    // `Deployment shop/web`: what no workload runs has no namespace.
    let ends = review.edges.iter().flat_map(|edge| [&edge.from, &edge.to]);
    let namespaces: BTreeSet<&str> = ends
        .filter_map(|end| end.split_once(' ')?.1.split_once('/'))
        .map(|(namespace, _)| namespace)
        .filter(|namespace| !namespace.contains(['.', ':', ' ']))
        .collect();
    if namespaces.is_empty() {
        return;
    }
    let filter = Filter {
        namespaces: namespaces
            .into_iter()
            .take(NAMESPACES)
            .map(str::to_owned)
            .collect(),
        focus: None,
    };
    let picture = |side: Side| {
        let nothing = Report::default();
        let documents: Vec<Document> = trees.all(side).cloned().collect();
        let graph = Graph::of(&documents, context, &nothing, Subject::Flows, &filter);
        let document = graph.svg();
        // What stands before the element is for files of its own.
        let start = document.find("<svg").unwrap_or_default();
        document.get(start..).unwrap_or_default().to_owned()
    };
    review.pictures = Some([picture(Side::Base), picture(Side::Head)]);
}
