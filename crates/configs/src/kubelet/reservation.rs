//! What a node keeps back from pods.

use names::{Bytes, Cpu, Invalid, Percentage, percentage};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// CPU that is reserved, and therefore more than none: with the static CPU manager a kubelet that
/// reserves none does not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReservedCpu(Cpu);

impl ReservedCpu {
    /// The reservation of a literal; inside `const` zero is a compile error.
    pub const fn millis(millis: u64) -> Self {
        assert!(millis > 0, "no CPU is no reservation");
        Self(Cpu::millis(millis))
    }

    /// This amount, or the least there is (1m) for none. The static CPU manager rounds up to a
    /// whole core either way.
    pub const fn at_least(cpu: Cpu) -> Self {
        if cpu.is_zero() {
            Self(Cpu::millis(1))
        } else {
            Self(cpu)
        }
    }

    /// The amount.
    pub const fn get(self) -> Cpu {
        self.0
    }
}

impl TryFrom<Cpu> for ReservedCpu {
    type Error = Invalid;

    fn try_from(cpu: Cpu) -> Result<Self, Self::Error> {
        if cpu.is_zero() {
            Err(Invalid::new(
                "reserved CPU",
                cpu.to_string(),
                "more than none",
                "100m",
            ))
        } else {
            Ok(Self(cpu))
        }
    }
}

/// What is kept for one group of processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// CPU.
    pub cpu: ReservedCpu,
    /// Memory.
    pub memory: Bytes,
    /// Space on the node's disk.
    pub ephemeral_storage: Bytes,
}

impl Serialize for Reservation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("cpu", &self.cpu.get().to_string())?;
        map.serialize_entry("memory", &self.memory.to_string())?;
        if !self.ephemeral_storage.is_zero() {
            map.serialize_entry("ephemeral-storage", &self.ephemeral_storage.to_string())?;
        }
        map.end()
    }
}

/// The free amounts below which the kubelet evicts pods at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvictionThresholds {
    /// Free memory; an amount, because the static memory manager has to add it up.
    pub memory_available: Bytes,
    /// Free space of the kubelet's file system.
    pub node_filesystem_available: Percentage,
    /// Free inodes of the kubelet's file system.
    pub node_filesystem_inodes_free: Percentage,
    /// Free space of the images' file system.
    pub image_filesystem_available: Percentage,
    /// Free inodes of the images' file system.
    pub image_filesystem_inodes_free: Percentage,
}

impl Default for EvictionThresholds {
    /// The kubelet's own values. They must be written out as soon as one of them is: what is left
    /// out counts as zero.
    fn default() -> Self {
        Self {
            memory_available: Bytes::mebi(100),
            node_filesystem_available: percentage!(10),
            node_filesystem_inodes_free: percentage!(5),
            image_filesystem_available: percentage!(15),
            image_filesystem_inodes_free: percentage!(5),
        }
    }
}

impl Serialize for EvictionThresholds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("memory.available", &self.memory_available.to_string())?;
        map.serialize_entry(
            "nodefs.available",
            &format!("{}%", self.node_filesystem_available.get()),
        )?;
        map.serialize_entry(
            "nodefs.inodesFree",
            &format!("{}%", self.node_filesystem_inodes_free.get()),
        )?;
        map.serialize_entry(
            "imagefs.available",
            &format!("{}%", self.image_filesystem_available.get()),
        )?;
        map.serialize_entry(
            "imagefs.inodesFree",
            &format!("{}%", self.image_filesystem_inodes_free.get()),
        )?;
        map.end()
    }
}

/// Everything that a node keeps back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reservations {
    /// For the kubelet and the container runtime.
    pub kubernetes: Reservation,
    /// For everything else that is no pod.
    pub system: Reservation,
    /// The eviction thresholds.
    pub eviction: EvictionThresholds,
}

impl Reservations {
    /// The memory that no pod gets: both reservations and the threshold.
    pub fn memory(&self) -> Bytes {
        self.kubernetes.memory + self.system.memory + self.eviction.memory_available
    }
}
