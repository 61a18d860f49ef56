//! What workloads cost.

use names::{ImageReference, SecretName};

use crate::record;
use crate::values::ComputeResources;

record! {
    /// What workloads cost, from the provider's price list and from what Prometheus knows of their use.
    pub struct Cost {
        /// The image of the cost model.
        pub image: ImageReference,
        /// Its CPU and memory; the price list of a whole region has to fit.
        pub resources: ComputeResources,
        /// The secret whose key `api-key` opens the provider's price list, where it takes one: that of Google does.
        pub price_list_key: Option<SecretName>,
    }
}
