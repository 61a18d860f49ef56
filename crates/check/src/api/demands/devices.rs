//! Devices that are claimed.

use super::ANY;
use crate::api::native::Demand::{Agree, Between, Filled, One, Some as AnyOf, Text};
use crate::api::native::Syntax;
use crate::api::special;

pub(super) const TABLE: super::Table = &[
    ("resource.v1.CELDeviceSelector", &[Filled("expression")]),
    ("resource.v1.DeviceClaimConfiguration", &[One(&["opaque"])]),
    ("resource.v1.DeviceClassConfiguration", &[One(&["opaque"])]),
    (
        "resource.v1.DeviceConstraint",
        &[AnyOf(&["distinctAttribute", "matchAttribute"])],
    ),
    (
        "resource.v1.DeviceRequest",
        &[Filled("name"), One(&["exactly", "firstAvailable"])],
    ),
    ("resource.v1.DeviceSelector", &[One(&["cel"])]),
    (
        "resource.v1.OpaqueDeviceConfiguration",
        &[Filled("driver"), Text("driver", Syntax::Subdomain)],
    ),
    (
        "resource.v1.ResourceClaimTemplateSpec",
        &[Agree(special::template_is_plain)],
    ),
    (
        "resource.v1.ResourcePool",
        &[Filled("name"), Between("resourceSliceCount", 1, ANY)],
    ),
    (
        "resource.v1.ResourceSliceSpec",
        &[AnyOf(&[
            "allNodes",
            "nodeName",
            "nodeSelector",
            "perDeviceNodeSelection",
        ])],
    ),
];
