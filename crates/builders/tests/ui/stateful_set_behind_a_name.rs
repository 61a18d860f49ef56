//! A StatefulSet stands behind a service that exists, not behind a name.

use builders::{Pod, Workload};
use names::{ServiceName, name};

fn workload(pod: Pod) -> Workload {
    Workload::stateful_set(pod, &name!(ServiceName, "basket-headless"), [])
}

fn main() {}
