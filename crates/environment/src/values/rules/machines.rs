//! The machine types that are known, with their CPUs and memory, and the bounds of each class of pools.

use names::Bytes;

use crate::values::{MachineClass, Provider};

/// A machine type (the pages on machine types of Amazon EC2, Google Compute Engine and Azure).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// The provider's name of it.
    pub name: &'static str,
    /// How many CPUs it has.
    pub cpu: u64,
    /// Its memory in GiB.
    pub memory: u64,
}

const fn machine(name: &'static str, cpu: u64, memory: u64) -> Machine {
    Machine { name, cpu, memory }
}

/// The machine types of the provider that are known.
pub fn machines_of(provider: &Provider) -> &'static [Machine] {
    match provider {
        Provider::Eks(_) => AMAZON,
        Provider::Gke(_) => GOOGLE,
        Provider::Aks(_) => AZURE,
    }
}

const GOOGLE: &[Machine] = &[
    machine("e2-standard-2", 2, 8),
    machine("e2-standard-4", 4, 16),
    machine("e2-standard-8", 8, 32),
    machine("e2-standard-16", 16, 64),
    machine("n2-standard-2", 2, 8),
    machine("n2-standard-4", 4, 16),
    machine("n2-standard-8", 8, 32),
    machine("n2-standard-16", 16, 64),
    machine("n2-highcpu-8", 8, 8),
    machine("n2-highcpu-16", 16, 16),
    machine("n2-highmem-2", 2, 16),
    machine("n2-highmem-4", 4, 32),
    machine("n2-highmem-8", 8, 64),
    machine("n2-highmem-16", 16, 128),
    machine("c2-standard-4", 4, 16),
    machine("c2-standard-8", 8, 32),
    machine("c2-standard-16", 16, 64),
];

const AZURE: &[Machine] = &[
    machine("Standard_D2s_v5", 2, 8),
    machine("Standard_D4s_v5", 4, 16),
    machine("Standard_D8s_v5", 8, 32),
    machine("Standard_D16s_v5", 16, 64),
    machine("Standard_D2ds_v5", 2, 8),
    machine("Standard_D4ds_v5", 4, 16),
    machine("Standard_D8ds_v5", 8, 32),
    machine("Standard_E2s_v5", 2, 16),
    machine("Standard_E4s_v5", 4, 32),
    machine("Standard_E8s_v5", 8, 64),
    machine("Standard_E16s_v5", 16, 128),
    machine("Standard_F4s_v2", 4, 8),
    machine("Standard_F8s_v2", 8, 16),
    machine("Standard_F16s_v2", 16, 32),
];

const AMAZON: &[Machine] = &[
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
