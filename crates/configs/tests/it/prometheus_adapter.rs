//! prometheus-adapter's file.

use configs::prometheus::MetricName;
use configs::prometheus_adapter::{Configuration, Reading, Rule};
use names::Duration;

use crate::snapshots;

#[test]
fn a_gauge_and_the_rate_of_a_counter() {
    let metric = |text: &str| -> MetricName { text.parse().unwrap() };
    let configuration = Configuration {
        rules: vec![
            Rule::of_pods(
                &metric("websocket_connections"),
                &metric("websocket_connections"),
                Reading::Value,
            ),
            Rule::of_pods(
                &metric("http_requests_per_second"),
                &metric("http_requests_total"),
                Reading::Rate(Duration::minutes(2)),
            ),
        ],
    };
    snapshots().bind(|| {
        insta::assert_snapshot!("prometheus_adapter__configuration", configuration.to_text());
    });
}
