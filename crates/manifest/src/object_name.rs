//! Which of the validated names may be the name of an object.

use names::{
    ApplicationName, ClaimName, ComponentName, ConfigMapName, HostName, NamespaceName, ObjectName,
    PriorityClassName, RoleName, SecretName, ServiceAccountName, ServiceName, StorageClassName,
    WorkloadName,
};

/// A validated name that an object may carry, by value or by reference.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the name of an object",
    note = "objects are named by `ObjectName` and the names that are narrower, or by `RoleName`"
)]
pub trait NamesObject: Into<String> {}

macro_rules! names_objects {
    ($($name:ident)*) => {$(
        impl NamesObject for $name {}
        impl NamesObject for &$name {}
    )*};
}

names_objects! {
    ApplicationName ClaimName ComponentName ConfigMapName HostName NamespaceName ObjectName PriorityClassName RoleName SecretName
    ServiceAccountName ServiceName StorageClassName WorkloadName
}
