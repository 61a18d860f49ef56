//! Conversions from a stricter kind of name to one that accepts everything the stricter kind does.

use crate::text::sealed::Trusted as _;
use crate::{
    ApplicationName, ClaimName, ComponentName, ConfigMapName, ContainerName, HostName, HostPattern,
    LabelValue, NamespaceName, ObjectName, PriorityClassName, SecretName, ServiceAccountName,
    ServiceName, StorageClassName, SubsetName, VolumeName, WorkloadName,
};

/// `From` by value and by reference.
macro_rules! narrow {
    ($($from:ident => $($to:ident),+;)+) => {
        $($(
            impl From<$from> for $to {
                fn from(name: $from) -> Self {
                    Self::trusted(String::from(name).into())
                }
            }

            impl From<&$from> for $to {
                fn from(name: &$from) -> Self {
                    Self::trusted(String::from(name).into())
                }
            }
        )+)+
    };
}

narrow! {
    ComponentName => WorkloadName, ServiceName, ServiceAccountName, ConfigMapName, SecretName, ContainerName, VolumeName, ClaimName,
        SubsetName, ApplicationName, NamespaceName, ObjectName, LabelValue;
    WorkloadName => ServiceName, ServiceAccountName, ConfigMapName, SecretName, ContainerName, VolumeName, ClaimName,
        SubsetName, ApplicationName, ObjectName, LabelValue;
    ServiceName => ObjectName, LabelValue;
    NamespaceName => ObjectName, LabelValue;
    ApplicationName => ObjectName, LabelValue;
    ContainerName => LabelValue;
    SubsetName => LabelValue;
    VolumeName => ClaimName;
    ServiceAccountName => ObjectName;
    SecretName => ObjectName;
    ConfigMapName => ObjectName;
    ClaimName => ObjectName;
    StorageClassName => ObjectName;
    PriorityClassName => ObjectName;
    HostName => HostPattern, ObjectName;
}
