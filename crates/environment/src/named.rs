//! Reads the types of `names`, one line each.

use serde_json::json;

use crate::scalar::{Reason, ScalarValue};

/// Name types know their own rule and example.
macro_rules! names {
    ($($type:ident),+ $(,)?) => {$(
        impl ScalarValue for names::$type {
            fn expected() -> String {
                with_article(<names::$type as names::Name>::KIND)
            }

            fn parse(text: &str) -> Result<Self, Reason> {
                text.parse().map_err(Reason::from)
            }

            fn json_schema() -> serde_json::Value {
                type This = names::$type;
                json!({
                    "type": "string",
                    "maxLength": <This as names::Name>::MAXIMUM_LENGTH,
                    "examples": [<This as names::Name>::EXAMPLE],
                    "description": format!("{}: {}", Self::expected(), <This as names::Name>::EXPECTED),
                })
            }
        }
    )+};
}

/// Quantities and the like: what is expected, the JSON types that a plain word of theirs can look like, and an example.
macro_rules! quantities {
    ($($type:ident: $expected:literal, $json:tt, $example:expr;)+) => {$(
        impl ScalarValue for names::$type {
            fn expected() -> String {
                $expected.to_owned()
            }

            fn parse(text: &str) -> Result<Self, Reason> {
                text.parse().map_err(Reason::from)
            }

            fn json_schema() -> serde_json::Value {
                json!({ "type": $json, "examples": [$example], "description": $expected })
            }
        }

        #[cfg(test)]
        impl Example for names::$type {
            fn example() -> String {
                $example.to_string()
            }
        }
    )+

        #[cfg(test)]
        const EXAMPLES: &[fn() -> bool] = &[$(example_is_read::<names::$type>),+];
    };
}

names!(
    AnnotationKey,
    ApplicationName,
    Arn,
    ClaimName,
    ComponentName,
    ConfigMapName,
    ContainerName,
    CronSchedule,
    DataKey,
    EmailAddress,
    EnvironmentVariable,
    HostName,
    HostPattern,
    ImageReference,
    LabelKey,
    LabelValue,
    NamespaceName,
    ObjectName,
    PathPrefix,
    PortName,
    PriorityClassName,
    RoleName,
    SecretName,
    ServiceAccountName,
    ServiceName,
    StorageClassName,
    SubsetName,
    Url,
    VolumeName,
    WorkloadName,
);

quantities! {
    Bytes: "an amount of memory or storage", ["string", "integer"], "256Mi";
    Cidr: "a block of addresses", "string", "10.0.0.0/16";
    Cpu: "an amount of CPU", ["string", "number"], "250m";
    Duration: "a duration", "string", "5m";
    KubernetesMinor: "a minor version of Kubernetes", ["string", "number"], "1.35";
    Percentage: "a share from 1% to 100%", ["string", "integer"], "70%";
    Port: "a port from 1 to 65535", "integer", 8080;
    Protocol: "`TCP`, `UDP` or `SCTP`", "string", "TCP";
    Version: "a version", ["string", "number"], "1.4.2";
    Weight: "a weight from 0 to 100", ["string", "integer"], "20";
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

#[cfg(test)]
trait Example {
    fn example() -> String;
}

#[cfg(test)]
fn example_is_read<T: ScalarValue + Example>() -> bool {
    T::parse(&T::example()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_a_schema_is_read() {
        for (position, example_is_read) in EXAMPLES.iter().enumerate() {
            assert!(example_is_read(), "line {position}");
        }
    }

    #[test]
    fn a_name_is_called_by_its_kind() {
        assert_eq!(names::ServiceName::expected(), "a service name");
        assert_eq!(
            names::EnvironmentVariable::expected(),
            "an environment variable"
        );
    }
}
