//! Configuration, quotas, limits, endpoints and nodes.

use super::common::SCALED;
use crate::api::native::Demand::{
    Agree, Between, Filled, Items, Keys, NotNegative, Some as AnyOf, Text, TextItems, Word,
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
            Between("targetCPUUtilizationPercentage", 1, super::ANY),
            Between("minReplicas", 0, super::ANY),
            Between("maxReplicas", 1, super::ANY),
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
            Agree(special::data_fits_into_the_store),
        ],
    ),
    (
        "core.v1.EndpointSubset",
        &[
            AnyOf(&["addresses", "notReadyAddresses"]),
            Agree(special::endpoint_ports_have_names),
        ],
    ),
    (
        "core.v1.EndpointAddress",
        &[
            Filled("ip"),
            Text("ip", Syntax::Address),
            Agree(special::endpoint_address_is_whole),
        ],
    ),
    (
        "core.v1.LimitRangeItem",
        &[
            Filled("type"),
            Text("type", Syntax::LimitType),
            Agree(special::limits_are_ordered),
            Agree(special::ratios_fit),
        ],
    ),
    (
        "core.v1.LimitRangeSpec",
        &[Agree(special::limit_types_come_once)],
    ),
    (
        "core.v1.NamespaceSpec",
        &[Agree(special::finalizers_are_known)],
    ),
    ("core.v1.NodeSpec", &[Agree(special::node_is_whole)]),
    ("core.v1.Event", &[Agree(special::event_is_at_home)]),
    (
        "core.v1.EndpointPort",
        &[
            Filled("port"),
            Between("port", 1, 65535),
            Text("name", Syntax::Label),
            Text("appProtocol", Syntax::QualifiedName),
            Word("protocol", &["SCTP", "TCP", "UDP", ""]),
        ],
    ),
    (
        "discovery.v1.EndpointPort",
        &[
            Text("name", Syntax::Label),
            Word("protocol", &["SCTP", "TCP", "UDP"]),
            Text("appProtocol", Syntax::QualifiedName),
        ],
    ),
    ("coordination.v1.LeaseSpec", &[Agree(special::lease_lasts)]),
    ("rbac.v1.Role", &[Agree(special::rules_stay_inside)]),
    (
        "rbac.v1.ClusterRoleBinding",
        &[Agree(special::role_is_of_the_cluster)],
    ),
    ("rbac.v1.PolicyRule", &[Agree(special::rule_is_about_one)]),
    (
        "apps.v1.ControllerRevision",
        &[
            Between("revision", 0, super::ANY),
            Agree(special::revision_is_an_object),
        ],
    ),
    (
        "core.v1.Namespace",
        &[Agree(special::security_levels_are_known)],
    ),
    (
        "core.v1.ResourceQuotaSpec",
        &[
            NotNegative("hard"),
            Agree(special::quota_names_are_known),
            Agree(special::scopes_fit),
            Items(
                "scopes",
                &[
                    "BestEffort",
                    "CrossNamespacePodAffinity",
                    "NotBestEffort",
                    "NotTerminating",
                    "PriorityClass",
                    "Terminating",
                    "VolumeAttributesClass",
                ],
            ),
        ],
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
            Agree(special::data_fits_into_the_store),
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
    (
        "discovery.v1.Endpoint",
        &[Filled("addresses"), Agree(special::endpoint_is_whole)],
    ),
    ("networking.v1.IPAddressSpec", &[Filled("parentRef")]),
    (
        "networking.v1.ParentReference",
        &[
            Filled("resource"),
            Filled("name"),
            Agree(special::parent_is_named),
        ],
    ),
    ("networking.v1.IngressClass", &[Filled("spec")]),
    (
        "networking.v1.IngressClassSpec",
        &[
            Filled("controller"),
            Text("controller", Syntax::DomainPrefixedPath),
        ],
    ),
    (
        "networking.v1.IngressClassParametersReference",
        &[
            Filled("kind"),
            Filled("name"),
            Agree(special::parameters_have_a_scope),
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
