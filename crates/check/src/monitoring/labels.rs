//! Which labels the series have that a query gives.

use std::collections::BTreeSet;

use crate::promql::{
    Aggregation, Expression, Grouping, Match, Matching, NodeId, Operator, Query, Side,
};

/// The labels that series may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Labels {
    /// Any but these.
    AllBut(BTreeSet<String>),
    /// These alone.
    Only(BTreeSet<String>),
}

impl Labels {
    fn any() -> Self {
        Self::AllBut(BTreeSet::new())
    }

    fn none() -> Self {
        Self::Only(BTreeSet::new())
    }

    /// Whether a series may have a label.
    pub(crate) fn may_have(&self, label: &str) -> bool {
        match self {
            Self::AllBut(gone) => !gone.contains(label),
            Self::Only(left) => left.contains(label),
        }
    }

    /// The labels, where all are known.
    pub(crate) fn all(&self) -> Option<&BTreeSet<String>> {
        match self {
            Self::AllBut(_) => None,
            Self::Only(left) => Some(left),
        }
    }

    fn kept(&self, labels: &[String]) -> Self {
        let kept = labels.iter().filter(|label| self.may_have(label));
        Self::Only(kept.cloned().collect())
    }

    fn dropped(mut self, labels: &[String]) -> Self {
        for label in labels {
            match &mut self {
                Self::AllBut(gone) => {
                    gone.insert(label.clone());
                }
                Self::Only(left) => {
                    left.remove(label);
                }
            }
        }
        self
    }

    fn added(mut self, label: &str) -> Self {
        match &mut self {
            Self::AllBut(gone) => {
                gone.remove(label);
            }
            Self::Only(left) => {
                left.insert(label.to_owned());
            }
        }
        self
    }

    fn either(self, other: Self) -> Self {
        match (self, other) {
            (Self::Only(left), Self::Only(right)) => Self::Only(&left | &right),
            (Self::AllBut(left), Self::AllBut(right)) => Self::AllBut(&left & &right),
            (Self::AllBut(gone), Self::Only(left)) | (Self::Only(left), Self::AllBut(gone)) => {
                Self::AllBut(&gone - &left)
            }
        }
    }
}

/// The labels of every part of a query, by its position.
pub(crate) fn label_sets(query: &Query) -> Vec<Labels> {
    let mut sets: Vec<Labels> = Vec::with_capacity(query.nodes().len());
    for node in query.nodes() {
        let labels = of(query, &node.expression, &sets);
        sets.push(labels);
    }
    sets
}

fn of(query: &Query, expression: &Expression, sets: &[Labels]) -> Labels {
    let at = |id: NodeId| sets[id.index()].clone();
    match expression {
        Expression::Number(_) | Expression::Text(_) => Labels::none(),
        Expression::Selector(selector) => {
            let empty = selector
                .matchers
                .iter()
                .filter(|matcher| matcher.match_type == Match::Equal && matcher.value.is_empty());
            let empty: Vec<String> = empty.map(|matcher| matcher.label.clone()).collect();
            Labels::any().dropped(&empty)
        }
        Expression::Parentheses(inner)
        | Expression::Unary(inner)
        | Expression::Range {
            selector: inner, ..
        }
        | Expression::Subquery { inner, .. } => at(*inner),
        Expression::Aggregate {
            aggregation,
            grouping,
            parameter,
            inner,
        } => {
            if aggregation.selects() {
                return at(*inner);
            }
            let labels = match grouping {
                Grouping::By(labels) => at(*inner).kept(labels),
                Grouping::Without(labels) => at(*inner).dropped(labels),
            };
            match parameter.map(|id| &query.node(id).expression) {
                Some(Expression::Text(label)) if *aggregation == Aggregation::CountValues => {
                    labels.added(label)
                }
                _ => labels,
            }
        }
        Expression::Binary {
            operator,
            left,
            right,
            matching,
        } => {
            let is_number =
                |id: NodeId| query.node(id).value_type == crate::promql::ValueType::Scalar;
            match (is_number(*left), is_number(*right)) {
                (true, _) => at(*right),
                (_, true) => at(*left),
                _ => joined(*operator, at(*left), at(*right), matching),
            }
        }
        Expression::Call {
            function,
            arguments,
        } => call(query, function.name, arguments, sets),
    }
}

/// The labels of what two vectors give together.
fn joined(operator: Operator, left: Labels, right: Labels, matching: &Matching) -> Labels {
    match operator {
        Operator::And | Operator::Unless => return left,
        Operator::Or => return left.either(right),
        _ => {}
    }
    match (&matching.group, &matching.labels) {
        (Some((side, taken)), _) => {
            let (many, one) = match side {
                Side::Left => (left, right),
                Side::Right => (right, left),
            };
            // What is taken over counts as the one side has it.
            taken.iter().fold(many, |labels, label| {
                if one.may_have(label) {
                    labels.added(label)
                } else {
                    labels.dropped(std::slice::from_ref(label))
                }
            })
        }
        (None, Some((true, on))) => left.kept(on),
        (None, Some((false, ignored))) => left.dropped(ignored),
        (None, None) => left,
    }
}

fn call(query: &Query, name: &str, arguments: &[NodeId], sets: &[Labels]) -> Labels {
    let series = arguments.iter().find(|id| {
        use crate::promql::ValueType::{Matrix, Vector};
        matches!(query.node(**id).value_type, Vector | Matrix)
    });
    let labels = series.map_or_else(Labels::none, |id| sets[id.index()].clone());
    let text = |at: usize| match arguments.get(at).map(|id| &query.node(*id).expression) {
        Some(Expression::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    match name {
        "absent" | "absent_over_time" => absent(query, series),
        "histogram_quantile" | "histogram_fraction" => labels.dropped(&["le".to_owned()]),
        "histogram_quantiles" | "label_replace" | "label_join" => match text(1) {
            Some(label) => labels.added(label),
            None => Labels::any(),
        },
        "info" => Labels::any(),
        "scalar" => Labels::none(),
        _ => labels,
    }
}

/// What is not there has the labels that were asked for by their values.
fn absent(query: &Query, series: Option<&NodeId>) -> Labels {
    let mut id = series.copied();
    while let Some(node) = id.map(|id| query.node(id)) {
        id = match &node.expression {
            Expression::Parentheses(inner) => Some(*inner),
            Expression::Range { selector, .. } => Some(*selector),
            Expression::Selector(selector) => {
                let asked = selector.matchers.iter().filter(|matcher| {
                    matcher.match_type == Match::Equal && matcher.label != "__name__"
                });
                return Labels::Only(asked.map(|matcher| matcher.label.clone()).collect());
            }
            _ => None,
        };
    }
    Labels::none()
}

#[cfg(test)]
mod tests {
    use super::label_sets;
    use crate::promql;

    fn may_have(text: &str, label: &str) -> bool {
        let query = promql::parse(text).unwrap();
        label_sets(&query)[query.root().index()].may_have(label)
    }

    #[test]
    fn labels_survive_or_not() {
        for (text, label, survives) in [
            ("up", "job", true),
            ("sum(up)", "job", false),
            ("sum by (job) (up)", "job", true),
            ("sum by (job) (up)", "instance", false),
            ("sum without (job) (up)", "job", false),
            ("sum without (job) (up)", "instance", true),
            ("topk(3, up)", "job", true),
            ("count_values(\"version\", up)", "version", true),
            ("a and on (x) b", "y", true),
            ("a / on (x) b", "y", false),
            ("a / ignoring (x) b", "x", false),
            ("a * on (x) group_left (z) b", "z", true),
            ("a * on (x) group_right b", "y", true),
            ("sum by (x) (a) or b", "y", true),
            (
                "histogram_quantile(0.9, sum by (le, x) (rate(a[5m])))",
                "le",
                false,
            ),
            ("absent(up{job=\"a\"})", "job", true),
            ("absent(up{job=\"a\"})", "instance", false),
            (
                "label_replace(sum(a), \"x\", \"$1\", \"y\", \".*\")",
                "x",
                true,
            ),
            ("time() - sum by (x) (a)", "x", true),
            ("vector(1)", "job", false),
        ] {
            assert_eq!(may_have(text, label), survives, "{text} {label}");
        }
    }
}
