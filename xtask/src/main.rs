//! The command line of the platform repository.
fn main() {}
