//! Services, ingresses, network policies and disruption budgets.

use crate::api::native::Demand::{
    Agree, AtMostOne, Between, Filled, Items, Labels, One, Some as AnyOf, Text, TextItems, Word,
};
use crate::api::native::Syntax;
use crate::api::special;

pub(super) const TABLE: super::Table = &[
    (
        "core.v1.ClientIPConfig",
        &[Between("timeoutSeconds", 1, 86_400)],
    ),
    (
        "core.v1.Service",
        &[Filled("spec"), Agree(special::service_annotations_fit)],
    ),
    (
        "core.v1.ServicePort",
        &[
            Between("port", 1, 65535),
            Text("name", Syntax::Label),
            Text("targetPort", Syntax::TargetPort),
            Text("appProtocol", Syntax::QualifiedName),
        ],
    ),
    (
        "core.v1.ServiceSpec",
        &[
            Agree(special::service_has_ports),
            Agree(special::ports_differ),
            Agree(special::name_only_has_a_name),
            Agree(special::outside_fields_fit),
            Agree(special::addresses_fit),
            Agree(special::ports_of_nodes_differ),
            Labels("selector"),
            Text("clusterIP", Syntax::AddressOrNone),
            Text("loadBalancerClass", Syntax::QualifiedName),
            Text("sessionAffinity", Syntax::OneOf(&["ClientIP", "None"])),
            Items("ipFamilies", &["IPv4", "IPv6"]),
            TextItems("clusterIPs", Syntax::AddressOrNone),
            TextItems("externalIPs", Syntax::Address),
            TextItems("loadBalancerSourceRanges", Syntax::Cidr),
            Word("internalTrafficPolicy", &["Cluster", "Local"]),
            Word(
                "trafficDistribution",
                &["PreferClose", "PreferSameNode", "PreferSameZone"],
            ),
        ],
    ),
    (
        "networking.v1.Ingress",
        &[Filled("spec"), Agree(special::class_is_named_once)],
    ),
    (
        "networking.v1.IngressSpec",
        &[
            Agree(special::ingress_leads_somewhere),
            Agree(special::hosts_are_domains),
            Agree(special::ingress_names_are_valid),
            Text("ingressClassName", Syntax::Subdomain),
        ],
    ),
    (
        "networking.v1.NetworkPolicySpec",
        &[
            Items("policyTypes", &["Egress", "Ingress"]),
            Agree(special::policy_types_are_two),
        ],
    ),
    ("networking.v1.HTTPIngressRuleValue", &[Filled("paths")]),
    (
        "networking.v1.HTTPIngressPath",
        &[
            Filled("pathType"),
            Filled("backend"),
            Text("path", Syntax::AbsolutePath),
            Agree(special::path_is_absolute),
            Agree(special::path_is_plain),
        ],
    ),
    (
        "networking.v1.IPBlock",
        &[
            Filled("cidr"),
            Text("cidr", Syntax::Cidr),
            Agree(special::exceptions_are_inside),
        ],
    ),
    (
        "networking.v1.IngressBackend",
        &[
            One(&["resource", "service"]),
            Agree(special::resource_is_named),
        ],
    ),
    (
        "networking.v1.IngressServiceBackend",
        &[
            Filled("name"),
            Filled("port"),
            Text("name", Syntax::Label1035),
        ],
    ),
    (
        "networking.v1.NetworkPolicyPeer",
        &[
            AnyOf(&["ipBlock", "namespaceSelector", "podSelector"]),
            Agree(special::peer_is_one),
        ],
    ),
    (
        "networking.v1.NetworkPolicyPort",
        &[
            Text("port", Syntax::Port),
            Agree(special::range_has_a_beginning),
        ],
    ),
    (
        "networking.v1.ServiceBackendPort",
        &[
            One(&["name", "number"]),
            Between("number", 1, 65535),
            Text("name", Syntax::PortName),
        ],
    ),
    (
        "policy.v1.PodDisruptionBudgetSpec",
        &[
            AtMostOne(&["maxUnavailable", "minAvailable"]),
            Text("maxUnavailable", Syntax::Share),
            Text("minAvailable", Syntax::Share),
            Agree(special::budget_is_possible),
            Word(
                "unhealthyPodEvictionPolicy",
                &["AlwaysAllow", "IfHealthyBudget"],
            ),
        ],
    ),
];
