//! Webhooks and policies of admission, and custom definitions.

use crate::api::native::Demand::{Agree, Between, Filled, Items, One, Some as AnyOf, Text, Word};
use crate::api::native::{Demand, Syntax};
use crate::api::special;

pub(super) const TABLE: super::Table = &[
    ("admissionregistration.v1.MutatingWebhook", WEBHOOK),
    ("admissionregistration.v1.ValidatingWebhook", WEBHOOK),
    (
        "admissionregistration.v1.WebhookClientConfig",
        &[One(&["service", "url"]), Agree(special::hook_is_reachable)],
    ),
    (
        "admissionregistration.v1.MutatingWebhookConfiguration",
        &[Agree(special::hooks_differ)],
    ),
    (
        "admissionregistration.v1.ValidatingWebhookConfiguration",
        &[Agree(special::hooks_differ)],
    ),
    ("admissionregistration.v1.RuleWithOperations", OPERATIONS),
    (
        "admissionregistration.v1.NamedRuleWithOperations",
        OPERATIONS,
    ),
    (
        "admissionregistration.v1.NamedRuleWithOperations",
        &[Agree(special::resource_names_differ)],
    ),
    (
        "admissionregistration.v1.ServiceReference",
        &[
            Filled("name"),
            Filled("namespace"),
            Between("port", 1, 65535),
        ],
    ),
    (
        "admissionregistration.v1.MatchResources",
        &[Word("matchPolicy", &["Equivalent", "Exact"])],
    ),
    (
        "admissionregistration.v1.MatchCondition",
        &[Filled("name"), Filled("expression")],
    ),
    (
        "admissionregistration.v1.Validation",
        &[
            Filled("expression"),
            Word(
                "reason",
                &[
                    "Forbidden",
                    "Invalid",
                    "RequestEntityTooLarge",
                    "Unauthorized",
                ],
            ),
        ],
    ),
    (
        "admissionregistration.v1.Variable",
        &[Filled("name"), Filled("expression")],
    ),
    (
        "admissionregistration.v1.ParamKind",
        &[
            Filled("apiVersion"),
            Filled("kind"),
            Agree(special::parameters_are_a_kind),
        ],
    ),
    (
        "admissionregistration.v1.ParamRef",
        &[
            AnyOf(&["name", "selector"]),
            Filled("parameterNotFoundAction"),
            Agree(special::parameters_are_chosen),
        ],
    ),
    (
        "admissionregistration.v1.ValidatingAdmissionPolicy",
        &[Filled("spec")],
    ),
    (
        "admissionregistration.v1.ValidatingAdmissionPolicySpec",
        &[
            Filled("matchConstraints"),
            AnyOf(&["auditAnnotations", "validations"]),
            Agree(special::conditions_can_be_read),
            Agree(special::policy_can_be_read),
            Text("failurePolicy", Syntax::OneOf(&["Fail", "Ignore"])),
        ],
    ),
    (
        "admissionregistration.v1.ValidatingAdmissionPolicyBinding",
        &[Filled("spec")],
    ),
    (
        "admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec",
        &[
            Filled("policyName"),
            Filled("validationActions"),
            Items("validationActions", &["Audit", "Deny", "Warn"]),
            Agree(special::actions_differ),
        ],
    ),
    (
        "apiextensions.v1.CustomResourceDefinition",
        &[
            Agree(special::definition_is_named_for_its_kind),
            Agree(special::group_is_approved),
        ],
    ),
    (
        "apiextensions.v1.CustomResourceDefinitionSpec",
        &[
            Filled("group"),
            Filled("names"),
            Filled("scope"),
            Filled("versions"),
            Text("group", Syntax::Domain),
            Text("scope", Syntax::OneOf(&["Cluster", "Namespaced"])),
            Agree(special::one_version_is_stored),
            Agree(special::versions_fit),
        ],
    ),
    (
        "apiextensions.v1.CustomResourceDefinitionNames",
        &[
            Filled("kind"),
            Filled("plural"),
            Agree(special::kind_names_are_words),
        ],
    ),
    (
        "apiextensions.v1.CustomResourceDefinitionVersion",
        &[
            Filled("name"),
            Filled("schema"),
            Text("name", Syntax::Label1035),
            Agree(special::version_is_whole),
        ],
    ),
    (
        "apiextensions.v1.CustomResourceValidation",
        &[Filled("openAPIV3Schema")],
    ),
];

const WEBHOOK: &[Demand] = &[
    Filled("name"),
    Filled("clientConfig"),
    Filled("sideEffects"),
    Filled("admissionReviewVersions"),
    Agree(special::webhook_is_named_and_understood),
    Agree(special::review_versions_differ),
    Agree(special::conditions_can_be_read),
    Word("reinvocationPolicy", &["IfNeeded", "Never"]),
    Text("sideEffects", Syntax::OneOf(&["None", "NoneOnDryRun"])),
    Text("failurePolicy", Syntax::OneOf(&["Fail", "Ignore"])),
    Text("matchPolicy", Syntax::OneOf(&["Equivalent", "Exact"])),
    Between("timeoutSeconds", 1, 30),
];

const OPERATIONS: &[Demand] = &[
    Filled("apiGroups"),
    Filled("apiVersions"),
    Filled("operations"),
    Filled("resources"),
    Agree(special::operations_fit),
    Word("scope", &["*", "Cluster", "Namespaced"]),
    Items(
        "operations",
        &["*", "CONNECT", "CREATE", "DELETE", "UPDATE"],
    ),
];
