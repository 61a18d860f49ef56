//! Workloads: the services of the golden path.

mod service;

pub(crate) use service::{Surroundings, public_name, services};
