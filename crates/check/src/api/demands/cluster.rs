//! API services, fairness, certificates, roles, runtimes and devices.

use super::ANY;
use crate::api::native::Demand::{Agree, Between, Filled, Labels, Text};
use crate::api::native::Syntax;
use crate::api::special;

pub(super) const TABLE: super::Table = &[
    (
        "apiregistration.v1.APIService",
        &[
            Filled("spec"),
            Agree(special::api_service_is_named_for_its_version),
        ],
    ),
    (
        "apiregistration.v1.APIServiceSpec",
        &[
            Filled("version"),
            Between("groupPriorityMinimum", 1, 20_000),
            Between("versionPriority", 1, 1000),
        ],
    ),
    (
        "apiregistration.v1.ServiceReference",
        &[
            Filled("name"),
            Filled("namespace"),
            Between("port", 1, 65535),
        ],
    ),
    (
        "certificates.v1.CertificateSigningRequest",
        &[Filled("spec")],
    ),
    (
        "certificates.v1.CertificateSigningRequestSpec",
        &[
            Filled("request"),
            Filled("signerName"),
            Filled("usages"),
            Text("signerName", Syntax::DomainPrefixedPath),
            Between("expirationSeconds", 600, ANY),
            Agree(special::request_is_one),
            Agree(special::usages_differ),
        ],
    ),
    (
        "flowcontrol.v1.FlowDistinguisherMethod",
        &[
            Filled("type"),
            Text("type", Syntax::OneOf(&["ByNamespace", "ByUser"])),
        ],
    ),
    (
        "flowcontrol.v1.FlowSchemaSpec",
        &[
            Filled("priorityLevelConfiguration"),
            Between("matchingPrecedence", 0, 10_000),
        ],
    ),
    (
        "flowcontrol.v1.PriorityLevelConfigurationReference",
        &[Filled("name"), Text("name", Syntax::Subdomain)],
    ),
    (
        "flowcontrol.v1.FlowSchema",
        &[Filled("spec"), Agree(special::first_is_exempt)],
    ),
    (
        "flowcontrol.v1.Subject",
        &[Agree(special::subject_is_of_its_kind)],
    ),
    (
        "flowcontrol.v1.ResourcePolicyRule",
        &[Agree(special::resource_rule_is_whole)],
    ),
    (
        "flowcontrol.v1.NonResourcePolicyRule",
        &[Agree(special::path_rule_is_whole)],
    ),
    (
        "flowcontrol.v1.PriorityLevelConfiguration",
        &[Filled("spec"), Agree(special::level_has_its_name)],
    ),
    (
        "flowcontrol.v1.LimitedPriorityLevelConfiguration",
        &[
            Between("nominalConcurrencyShares", 0, ANY),
            Between("lendablePercent", 0, 100),
            Between("borrowingLimitPercent", 0, ANY),
            Filled("limitResponse"),
        ],
    ),
    (
        "flowcontrol.v1.ExemptPriorityLevelConfiguration",
        &[
            Between("nominalConcurrencyShares", 0, ANY),
            Between("lendablePercent", 0, 100),
        ],
    ),
    (
        "flowcontrol.v1.PolicyRulesWithSubjects",
        &[Filled("subjects"), Agree(special::rules_are_there)],
    ),
    (
        "flowcontrol.v1.PriorityLevelConfigurationSpec",
        &[
            Filled("type"),
            Text("type", Syntax::OneOf(&["Exempt", "Limited"])),
            Agree(special::level_fits_type),
        ],
    ),
    (
        "flowcontrol.v1.LimitResponse",
        &[
            Filled("type"),
            Text("type", Syntax::OneOf(&["Queue", "Reject"])),
            Agree(special::response_fits_type),
        ],
    ),
    (
        "flowcontrol.v1.QueuingConfiguration",
        &[
            Between("queueLengthLimit", 0, ANY),
            Between("handSize", 0, ANY),
            Between("queues", 0, 10_000_000),
            Agree(special::hand_fits_queues),
        ],
    ),
    (
        "node.v1.Overhead",
        &[Agree(special::overhead_is_of_resources)],
    ),
    (
        "node.v1.RuntimeClass",
        &[Filled("handler"), Text("handler", Syntax::Label)],
    ),
    ("node.v1.Scheduling", &[Labels("nodeSelector")]),
    ("rbac.v1.AggregationRule", &[Filled("clusterRoleSelectors")]),
    (
        "scheduling.v1.PriorityClass",
        &[
            Between("value", -2_147_483_648, 1_000_000_000),
            Text(
                "preemptionPolicy",
                Syntax::OneOf(&["Never", "PreemptLowerPriority"]),
            ),
        ],
    ),
];
