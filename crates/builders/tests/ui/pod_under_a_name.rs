//! A pod runs under an account that somebody made, not under a name.

use builders::{Container, Identity, Pod, RunAs};
use names::{ServiceAccountName, name};

fn pod(identity: &Identity, container: Container) -> Pod {
    Pod::new(identity, &name!(ServiceAccountName, "basket"), RunAs::same(10_001), container)
}

fn main() {}
