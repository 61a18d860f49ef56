//! What is read into the generated types is written again as it was.

use api::networking_istio_io::v1::VirtualService;
use api::velero_io::v1::Schedule;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn through<K: Serialize + DeserializeOwned>(value: &Value) -> Value {
    let object: K = serde_json::from_value(value.clone()).unwrap();
    serde_json::to_value(object).unwrap()
}

#[test]
fn custom_kinds_read_back_to_what_was_written() {
    let service = json!({
        "apiVersion": "networking.istio.io/v1",
        "kind": "VirtualService",
        "metadata": { "name": "api-gateway-vs" },
        "spec": { "http": [{ "match": [{ "uri": { "prefix": "/" } }], "retries": { "attempts": 3 } }] },
    });
    assert_eq!(through::<VirtualService>(&service), service);
    let schedule = json!({
        "apiVersion": "velero.io/v1",
        "kind": "Schedule",
        "metadata": { "name": "daily" },
        "spec": { "schedule": "0 2 * * *", "template": { "ttl": "720h0m0s" } },
    });
    assert_eq!(through::<Schedule>(&schedule), schedule);
}
