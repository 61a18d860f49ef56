//! Configuration, quotas, limits, endpoints and nodes.

use super::common::SCALED;
use crate::api::native::Demand::{
    Agree, Filled, Keys, NotNegative, Some as AnyOf, Text, TextItems,
};
use crate::api::native::Syntax;
use crate::api::special;

pub(super) const TABLE: super::Table = &[
    ("autoscaling.v1.CrossVersionObjectReference", SCALED),
    ("autoscaling.v1.HorizontalPodAutoscaler", &[Filled("spec")]),
    (
        "autoscaling.v1.HorizontalPodAutoscalerSpec",
        &[
            Agree(special::minimum_within_maximum),
            Agree(special::target_has_a_group),
            Filled("scaleTargetRef"),
        ],
    ),
    (
        "autoscaling.v2.HorizontalPodAutoscalerSpec",
        &[Filled("scaleTargetRef")],
    ),
    (
        "core.v1.ConfigMap",
        &[
            Keys("data"),
            Keys("binaryData"),
            Agree(special::keys_come_once),
        ],
    ),
    (
        "core.v1.EndpointSubset",
        &[AnyOf(&["addresses", "notReadyAddresses"])],
    ),
    (
        "core.v1.EndpointAddress",
        &[Filled("ip"), Text("ip", Syntax::Address)],
    ),
    (
        "core.v1.LimitRangeItem",
        &[
            Filled("type"),
            Text("type", Syntax::LimitType),
            Agree(special::limits_are_ordered),
            NotNegative("default"),
            NotNegative("defaultRequest"),
            NotNegative("max"),
            NotNegative("min"),
        ],
    ),
    (
        "core.v1.LimitRangeSpec",
        &[Agree(special::limit_types_come_once)],
    ),
    (
        "core.v1.Namespace",
        &[Agree(special::security_levels_are_known)],
    ),
    (
        "core.v1.ResourceQuotaSpec",
        &[NotNegative("hard"), Agree(special::quota_names_are_known)],
    ),
    (
        "core.v1.ResourceRequirements",
        &[NotNegative("limits"), NotNegative("requests")],
    ),
    (
        "core.v1.Secret",
        &[
            Keys("data"),
            Keys("stringData"),
            Agree(special::secret_has_what_its_type_needs),
        ],
    ),
    (
        "core.v1.ScopedResourceSelectorRequirement",
        &[Filled("scopeName"), Agree(special::operator_fits_values)],
    ),
    (
        "core.v1.Taint",
        &[
            Filled("key"),
            Filled("effect"),
            Text("key", Syntax::QualifiedName),
            Text(
                "effect",
                Syntax::OneOf(&["NoExecute", "NoSchedule", "PreferNoSchedule"]),
            ),
        ],
    ),
    (
        "discovery.v1.EndpointSlice",
        &[
            Filled("addressType"),
            Agree(special::addresses_have_their_type),
        ],
    ),
    ("discovery.v1.Endpoint", &[Filled("addresses")]),
    ("networking.v1.IPAddressSpec", &[Filled("parentRef")]),
    (
        "networking.v1.ParentReference",
        &[Filled("resource"), Filled("name")],
    ),
    ("networking.v1.IngressClass", &[Filled("spec")]),
    (
        "networking.v1.IngressClassSpec",
        &[
            Filled("controller"),
            Text("controller", Syntax::DomainPrefixedPath),
        ],
    ),
    ("networking.v1.ServiceCIDR", &[Filled("spec")]),
    (
        "networking.v1.ServiceCIDRSpec",
        &[
            Filled("cidrs"),
            TextItems("cidrs", Syntax::Cidr),
            Agree(special::one_network_a_family),
        ],
    ),
];
