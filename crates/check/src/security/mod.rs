//! What the rules of security look things up in: the Pod Security Standards, powers of roles, shapes of secrets.

pub(crate) mod capabilities;
pub(crate) mod mounts;
pub(crate) mod powers;
pub(crate) mod secrets;
pub(crate) mod standards;
