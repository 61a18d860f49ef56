//! Names of labels and metrics.

use crate::text::text_type;

text_type! {
    /// The name of a label: a letter or underscore, then letters, digits and underscores.
    /// Prometheus 3 allows more; every tool reads these.
    LabelName, "label name", is_label, "a letter or underscore, then letters, digits and underscores", "namespace"
}

text_type! {
    /// The name of a metric: as of a label, and colons, which mark what recording rules make.
    MetricName, "metric name", is_metric, "a letter, underscore or colon, then letters, digits, underscores and colons", "node_cpu_seconds_total"
}

const fn is_label(name: &[u8]) -> bool {
    is_name(name, false)
}

const fn is_metric(name: &[u8]) -> bool {
    is_name(name, true)
}

const fn is_name(name: &[u8], colons: bool) -> bool {
    if name.is_empty() || name[0].is_ascii_digit() {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if !(name[at].is_ascii_alphanumeric() || name[at] == b'_' || (colons && name[at] == b':')) {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{LabelName, MetricName};

    #[test]
    fn labels_are_stricter_than_metrics() {
        for name in ["namespace", "__address__", "_1", "A"] {
            assert!(
                name.parse::<LabelName>().is_ok() && name.parse::<MetricName>().is_ok(),
                "{name}"
            );
        }
        for name in ["", "1a", "a-b", "a.b", "a b", "ä"] {
            assert!(
                name.parse::<LabelName>().is_err() && name.parse::<MetricName>().is_err(),
                "{name}"
            );
        }
        assert!("job:up:sum".parse::<MetricName>().is_ok());
        assert!("job:up:sum".parse::<LabelName>().is_err());
    }
}
