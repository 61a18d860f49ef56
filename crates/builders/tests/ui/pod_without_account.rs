//! A pod runs under an account that somebody made.

use builders::{Container, Identity, Pod, RunAs};

fn pod(identity: &Identity, container: Container) -> Pod {
    Pod::new(identity, RunAs::same(10_001), container)
}

fn main() {}
