//! How the rendered tree reaches the cluster.

use names::Url;

use crate::{choice, record};

choice! {
    /// The part that an environment plays beside its twin in another region.
    pub enum Role {
        /// It takes traffic.
        Active = "active",
        /// It is kept ready to take over.
        Standby = "standby",
    }
}

record! {
    /// Where Argo CD reads the rendered tree.
    pub struct Delivery {
        /// The repository that holds `generated/`.
        pub repository: Url,
        /// The branch or tag that Argo CD follows.
        pub revision: String,
    }
}
