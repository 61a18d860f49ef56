//! How large the containers of a tier may be.

use environment::Tier;
use manifest::Manifest;
use names::ComponentName;

use super::{PODS, Whose, tier_policy, validating, validation, variable};

/// No container of the tier has a limit above the tier's. One that says none gets the default of its namespace.
pub(super) fn bounds(name: &ComponentName, tier: &Tier) -> Manifest {
    let within = |resource: &str, most: &str| {
        validation(
            format!(
                "variables.containers.all(c, quantity(string(c.?resources.?limits[?\"{resource}\"].orValue(\"0\"))).compareTo(quantity(\"{most}\")) <= 0)"
            ),
            format!(
                "a container of a tenant of the tier {name} has a limit of {most} {resource} at most"
            ),
        )
    };
    validating(
        tier_policy(name, "containers"),
        Whose::Tier(name).objects(PODS, &["CREATE"]),
        true,
        vec![variable(
            "containers",
            "object.spec.containers + object.spec.?initContainers.orValue([])",
        )],
        vec![
            within("cpu", &tier.vpa.max_cpu.value.to_string()),
            within("memory", &tier.vpa.max_memory.value.to_string()),
        ],
    )
}
