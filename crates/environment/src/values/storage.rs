//! Storage classes: kinds of disks that claims choose from.

use std::collections::BTreeMap;

use names::StorageClassName;

use crate::{Located, choice, record};

choice! {
    /// The provider's type of disk.
    pub enum VolumeType {
        /// General purpose SSD of AWS; 3,000 IOPS and 125 MB/s at least, both can be raised.
        Gp3 = "gp3",
        /// SSD of AWS for many small accesses.
        Io2 = "io2",
        /// Throughput-optimised hard disk of AWS.
        St1 = "st1",
        /// Hard disk of Google.
        PdStandard = "pd-standard",
        /// SSD of Google at half the speed of `pd-ssd`.
        PdBalanced = "pd-balanced",
        /// SSD of Google.
        PdSsd = "pd-ssd",
        /// Hard disk of Azure.
        StandardHdd = "standard-hdd",
        /// SSD of Azure for what is seldom used.
        StandardSsd = "standard-ssd",
        /// SSD of Azure whose speed follows its size.
        PremiumSsd = "premium-ssd",
        /// SSD of Azure; 3,000 IOPS and 125 MB/s at least, both can be raised.
        PremiumSsdV2 = "premium-ssd-v2",
    }
}

choice! {
    /// What becomes of a volume when its claim goes.
    pub enum ReclaimPolicy {
        /// It is kept until somebody decides.
        Retain = "retain",
        /// It is deleted with its data.
        Delete = "delete",
    }
}

record! {
    /// One kind of disk.
    pub struct StorageClass {
        /// The provider's type of disk.
        pub r#type: Located<VolumeType>,
        /// Accesses a second that are bought.
        pub iops: Option<Located<u32>>,
        /// MB/s that are bought.
        pub throughput: Option<Located<u32>>,
        /// What becomes of a volume when its claim goes.
        pub reclaim: ReclaimPolicy,
    }
}

record! {
    /// The storage classes.
    pub struct Storage {
        /// The class of claims that name none.
        pub default: Located<StorageClassName>,
        /// The classes.
        pub classes: BTreeMap<StorageClassName, StorageClass>,
    }
}
