//! The functions of PromQL: what they take and give (Prometheus' documentation of functions, 3.x).

use super::ValueType::{self, Matrix, Scalar, Text, Vector};

/// What a function takes and gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// The types of its arguments; those beyond the last are of the last type.
    pub(super) arguments: &'static [ValueType],
    /// How many arguments it takes at least.
    pub(super) least: usize,
    /// How many it takes at most; `None` for any number.
    pub(super) most: Option<usize>,
    pub(super) result: ValueType,
    /// Whether Prometheus asks for a flag to take it.
    pub(super) is_experimental: bool,
}

/// The names of functions that take and give the same.
struct Signature {
    names: &'static [&'static str],
    arguments: &'static [ValueType],
    /// How many of the arguments may be left out.
    optional: usize,
    /// How many more of the last one there may be; `None` for any number.
    further: Option<usize>,
    result: ValueType,
}

const fn of(names: &'static [&'static str], arguments: &'static [ValueType]) -> Signature {
    Signature {
        names,
        arguments,
        optional: 0,
        further: Some(0),
        result: Vector,
    }
}

const fn scalar(names: &'static [&'static str], arguments: &'static [ValueType]) -> Signature {
    Signature {
        result: Scalar,
        ..of(names, arguments)
    }
}

const fn optional(names: &'static [&'static str], arguments: &'static [ValueType]) -> Signature {
    Signature {
        optional: 1,
        ..of(names, arguments)
    }
}

const fn any(names: &'static [&'static str], arguments: &'static [ValueType]) -> Signature {
    Signature {
        optional: 1,
        further: None,
        ..of(names, arguments)
    }
}

const SIGNATURES: &[Signature] = &[
    of(
        &[
            "abs",
            "absent",
            "acos",
            "acosh",
            "asin",
            "asinh",
            "atan",
            "atanh",
            "ceil",
            "cos",
            "cosh",
            "deg",
            "exp",
            "floor",
            "histogram_avg",
            "histogram_count",
            "histogram_stddev",
            "histogram_stdvar",
            "histogram_sum",
            "ln",
            "log10",
            "log2",
            "rad",
            "sgn",
            "sin",
            "sinh",
            "sort",
            "sort_desc",
            "sqrt",
            "start_timestamp",
            "tan",
            "tanh",
            "timestamp",
        ],
        &[Vector],
    ),
    of(
        &[
            "absent_over_time",
            "avg_over_time",
            "changes",
            "count_over_time",
            "delta",
            "deriv",
            "first_over_time",
            "idelta",
            "increase",
            "irate",
            "last_over_time",
            "mad_over_time",
            "max_over_time",
            "min_over_time",
            "present_over_time",
            "rate",
            "resets",
            "stddev_over_time",
            "stdvar_over_time",
            "sum_over_time",
            "ts_of_first_over_time",
            "ts_of_last_over_time",
            "ts_of_max_over_time",
            "ts_of_min_over_time",
        ],
        &[Matrix],
    ),
    optional(
        &[
            "day_of_month",
            "day_of_week",
            "day_of_year",
            "days_in_month",
            "hour",
            "minute",
            "month",
            "year",
        ],
        &[Vector],
    ),
    of(&["vector"], &[Scalar]),
    of(&["clamp"], &[Vector, Scalar, Scalar]),
    of(&["clamp_max", "clamp_min"], &[Vector, Scalar]),
    optional(&["round"], &[Vector, Scalar]),
    of(&["double_exponential_smoothing"], &[Matrix, Scalar, Scalar]),
    of(&["predict_linear"], &[Matrix, Scalar]),
    of(&["quantile_over_time"], &[Scalar, Matrix]),
    of(&["histogram_fraction"], &[Scalar, Scalar, Vector]),
    of(&["histogram_quantile"], &[Scalar, Vector]),
    Signature {
        further: Some(8),
        ..optional(&["histogram_quantiles"], &[Vector, Text, Scalar, Scalar])
    },
    optional(&["info"], &[Vector, Vector]),
    of(&["label_replace"], &[Vector, Text, Text, Text, Text]),
    any(&["label_join"], &[Vector, Text, Text, Text]),
    any(&["sort_by_label", "sort_by_label_desc"], &[Vector, Text]),
    scalar(&["end", "pi", "range", "start", "step", "time"], &[]),
    scalar(&["max_of", "min_of"], &[Scalar, Scalar]),
    scalar(&["scalar"], &[Vector]),
];

/// Taken with `--enable-feature=promql-experimental-functions` alone.
const EXPERIMENTAL: [&str; 17] = [
    "double_exponential_smoothing",
    "end",
    "histogram_quantiles",
    "info",
    "mad_over_time",
    "max_of",
    "min_of",
    "range",
    "sort_by_label",
    "sort_by_label_desc",
    "start",
    "start_timestamp",
    "step",
    "ts_of_first_over_time",
    "ts_of_last_over_time",
    "ts_of_max_over_time",
    "ts_of_min_over_time",
];

/// The function of this name. Its case counts.
pub(super) fn find(name: &str) -> Option<Function> {
    SIGNATURES.iter().find_map(|signature| {
        let name = signature.names.iter().find(|known| **known == name)?;
        let all = signature.arguments.len();
        Some(Function {
            name,
            arguments: signature.arguments,
            least: all - signature.optional,
            most: signature.further.map(|further| all + further),
            result: signature.result,
            is_experimental: EXPERIMENTAL.contains(name),
        })
    })
}

/// All names of functions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SIGNATURES
        .iter()
        .flat_map(|signature| signature.names.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::{EXPERIMENTAL, find, names};

    #[test]
    fn every_name_is_there_once() {
        let mut all: Vec<_> = names().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!((count, all.len()), (90, 90));
        assert!(EXPERIMENTAL.iter().all(|name| all.contains(name)));
    }

    #[test]
    fn arguments_may_be_left_out_or_repeated_where_it_is_said() {
        let counts = |name| {
            let function = find(name).unwrap();
            (function.least, function.most)
        };
        assert_eq!(counts("rate"), (1, Some(1)));
        assert_eq!(counts("hour"), (0, Some(1)));
        assert_eq!(counts("label_join"), (3, None));
        assert_eq!(counts("histogram_quantiles"), (3, Some(12)));
        assert_eq!(find("Rate"), None);
    }
}
