//! What the environment says of the room for pods, in the words of the checks.

use check::capacity::{Amounts, CPU, MEMORY, PodSize, Quantity};
use environment::{ComputeResources, Environment};

/// What the mesh adds to each pod that is a part of it; nothing where there is no mesh.
pub(crate) fn proxy(environment: &Environment) -> Option<PodSize> {
    environment.mesh.as_ref().map(|mesh| size(&mesh.proxy))
}

/// Requests and limits of CPU and memory.
fn size(resources: &ComputeResources) -> PodSize {
    let (cpu, memory) = (&resources.cpu, &resources.memory);
    PodSize {
        requests: amounts([
            (CPU, cpu.lower().to_string()),
            (MEMORY, memory.lower().to_string()),
        ]),
        limits: amounts([
            (CPU, cpu.upper().to_string()),
            (MEMORY, memory.upper().to_string()),
        ]),
    }
}

/// Amounts that the environment's types have written as Kubernetes reads them.
fn amounts<const N: usize>(amounts: [(&str, String); N]) -> Amounts {
    let read = amounts.into_iter();
    read.filter_map(|(name, amount)| Some((name, Quantity::parse(&amount)?)))
        .collect()
}
