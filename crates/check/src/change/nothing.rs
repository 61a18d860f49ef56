//! Which values the types of the server keep as nothing.
//!
//! Only definitions that stand below a field that never changes are meant; elsewhere nobody asks.

use serde_json::Value as Json;

/// Flags that the server keeps as plain ones: `false` and nothing are the same.
const FLAGS: [&str; 9] = [
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "readOnly",
    "stdin",
    "stdinOnce",
    "tty",
    "sslEnabled",
    "tls",
];

/// Numbers that the server keeps as plain ones: zero and nothing are the same.
const COUNTS: [&str; 4] = ["hostPort", "initialDelaySeconds", "lun", "minReadySeconds"];

/// Numbers of a probe that count as not said where they are zero.
const TIMES: [&str; 4] = [
    "failureThreshold",
    "periodSeconds",
    "successThreshold",
    "timeoutSeconds",
];

/// Objects that the server keeps as plain ones: empty and nothing are the same.
const PLAIN: [&str; 4] = ["metadata", "resources", "spec", "status"];

/// Text that the server tells from nothing even where it is empty.
const TELLING: [&str; 2] = ["storageClassName", "volumeAttributesClassName"];

/// Fields that the server forgets, unless a feature that is not there by default is asked for.
const FORGOTTEN: &[(&str, &str)] = &[
    ("PodSpec", "workloadRef"),
    ("Lifecycle", "stopSignal"),
    ("ExactDeviceRequest", "capacity"),
    ("ExactDeviceRequest", "tolerations"),
    ("DeviceSubRequest", "capacity"),
    ("DeviceSubRequest", "tolerations"),
];

/// Whether a field of this name with this value is the same as no field.
pub(super) fn is_nothing(definition: &str, name: &str, value: &Json) -> bool {
    if FORGOTTEN.contains(&(definition, name)) {
        return true;
    }
    match value {
        Json::Null => true,
        Json::Bool(flag) => !flag && FLAGS.contains(&name),
        Json::Number(number) => {
            let counts = COUNTS.contains(&name) || (definition == "Probe" && TIMES.contains(&name));
            number.as_i64() == Some(0) && counts
        }
        Json::String(text) => text.is_empty() && !TELLING.contains(&name),
        Json::Array(items) => items.is_empty(),
        // What a whole pod asks for is told from nothing.
        Json::Object(fields) => {
            fields.is_empty()
                && PLAIN.contains(&name)
                && (definition, name) != ("PodSpec", "resources")
        }
    }
}
