//! Devices that are claimed.

use super::ANY;
use crate::api::native::Demand::{Agree, Between, Filled, Meta, One};
use crate::api::special;

pub(super) const TABLE: super::Table = &[
    (
        "resource.v1.CELDeviceSelector",
        &[
            Filled("expression"),
            Agree(special::device_selector_can_be_read),
        ],
    ),
    (
        "resource.v1.DeviceClaim",
        &[Agree(special::requests_are_named)],
    ),
    ("resource.v1.DeviceClaimConfiguration", &[One(&["opaque"])]),
    (
        "resource.v1.DeviceClassSpec",
        &[Agree(special::class_is_short)],
    ),
    (
        "resource.v1.DeviceSubRequest",
        &[Agree(special::count_fits_mode)],
    ),
    (
        "resource.v1.ExactDeviceRequest",
        &[Agree(special::count_fits_mode)],
    ),
    ("resource.v1.DeviceClassConfiguration", &[One(&["opaque"])]),
    (
        "resource.v1.DeviceConstraint",
        &[
            One(&["distinctAttribute", "matchAttribute"]),
            Agree(special::attribute_has_a_domain),
        ],
    ),
    (
        "resource.v1.DeviceRequest",
        &[Filled("name"), One(&["exactly", "firstAvailable"])],
    ),
    ("resource.v1.DeviceSelector", &[One(&["cel"])]),
    (
        "resource.v1.OpaqueDeviceConfiguration",
        &[Filled("driver"), Agree(special::parameters_are_an_object)],
    ),
    (
        "resource.v1.ResourceClaimTemplateSpec",
        &[Agree(special::template_is_plain), Meta],
    ),
    (
        "resource.v1.ResourcePool",
        &[Filled("name"), Between("resourceSliceCount", 1, ANY)],
    ),
    (
        "resource.v1.ResourceSliceSpec",
        &[Agree(special::slice_is_somewhere)],
    ),
];
