//! The cluster in another region that takes over when this one is lost, or that this one takes over for.

use names::ObjectName;

use crate::{Located, record};

record! {
    /// The other one of two clusters of which one is active and one stands by.
    pub struct Twin {
        /// Its name at the provider.
        pub cluster: Located<ObjectName>,
        /// Its region.
        pub region: Located<String>,
        /// The bucket that its backups go to, from which they can be restored here.
        pub backups: Option<Located<ObjectName>>,
    }
}
