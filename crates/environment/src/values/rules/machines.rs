//! The machine types that are known, with their CPUs and memory, and the bounds of each class of pools.

use names::Bytes;

use crate::values::MachineClass;

/// A machine type of AWS: CPUs and memory in GiB (Amazon EC2 instance type pages).
pub(super) struct Machine {
    pub(super) name: &'static str,
    pub(super) cpu: u64,
    pub(super) memory: u64,
}

const fn machine(name: &'static str, cpu: u64, memory: u64) -> Machine {
    Machine { name, cpu, memory }
}

pub(super) const MACHINES: [Machine; 31] = [
    machine("t3.medium", 2, 4),
    machine("t3.large", 2, 8),
    machine("t3.xlarge", 4, 16),
    machine("m5.large", 2, 8),
    machine("m5.xlarge", 4, 16),
    machine("m5.2xlarge", 8, 32),
    machine("m5.4xlarge", 16, 64),
    machine("m6i.large", 2, 8),
    machine("m6i.xlarge", 4, 16),
    machine("m6i.2xlarge", 8, 32),
    machine("m6i.4xlarge", 16, 64),
    machine("m7i.large", 2, 8),
    machine("m7i.xlarge", 4, 16),
    machine("m7i.2xlarge", 8, 32),
    machine("m7i.4xlarge", 16, 64),
    machine("c5.large", 2, 4),
    machine("c5.xlarge", 4, 8),
    machine("c5.2xlarge", 8, 16),
    machine("c5.4xlarge", 16, 32),
    machine("c7i.xlarge", 4, 8),
    machine("c7i.2xlarge", 8, 16),
    machine("c7i.4xlarge", 16, 32),
    machine("r5.large", 2, 16),
    machine("r5.xlarge", 4, 32),
    machine("r5.2xlarge", 8, 64),
    machine("r5.4xlarge", 16, 128),
    machine("r7i.large", 2, 16),
    machine("r7i.xlarge", 4, 32),
    machine("r7i.2xlarge", 8, 64),
    machine("r7i.4xlarge", 16, 128),
    machine("i4i.2xlarge", 8, 64),
];

/// Smallest and greatest CPUs, memory in GiB and disk of a class.
pub(super) struct Bounds {
    pub(super) cpu: (u64, u64),
    pub(super) memory: (u64, u64),
    pub(super) disk: (Bytes, Bytes),
}

pub(super) const fn bounds(class: MachineClass) -> Bounds {
    let hundred = Bytes::gibi(100);
    match class {
        MachineClass::Application => Bounds {
            cpu: (4, 8),
            memory: (16, 32),
            disk: (hundred, hundred),
        },
        MachineClass::Database => Bounds {
            cpu: (8, 16),
            memory: (32, 64),
            disk: (Bytes::gibi(500), Bytes::gibi(1024)),
        },
        MachineClass::Utility => Bounds {
            cpu: (2, 4),
            memory: (8, 16),
            disk: (hundred, hundred),
        },
        MachineClass::Compute => Bounds {
            cpu: (4, 16),
            memory: (8, 32),
            disk: (hundred, hundred),
        },
        MachineClass::Memory => Bounds {
            cpu: (2, 16),
            memory: (16, 128),
            disk: (hundred, hundred),
        },
    }
}
