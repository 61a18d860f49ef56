//! How much a controller may ask of the API server: on a managed control plane a matter of each client alone.

use crate::record;

record! {
    /// How much one controller may ask of the API server.
    pub struct ApiClients {
        /// Requests a second, over time.
        pub qps: u32 = ApiClients::USUAL.qps,
        /// Requests at once.
        pub burst: u32 = ApiClients::USUAL.burst,
    }
}

impl ApiClients {
    /// What holds where an environment says nothing.
    pub(super) const USUAL: Self = Self {
        qps: 50,
        burst: 100,
    };
}
