//! Signed images: a Kyverno policy that verifies signatures at admission and pins each image to what was verified.

use api::policies_kyverno_io::v1 as kyverno;
use environment::{Enforcement, Environment, Provider, Signatures, Signer};
use k8s_openapi::api::admissionregistration::v1 as admission;
use manifest::Manifest;
use names::{ApplicationName, NamespaceName, ObjectName, name};

use crate::component::Component;
use crate::wave;

/// Where the controllers of Kyverno run.
const KYVERNO: NamespaceName = NamespaceName::from_static("kyverno");
/// The attestor's name in the policy's expressions.
const ATTESTOR: &str = "release";
/// The public transparency log of Sigstore, in which pipelines without a key leave their signatures.
const TRANSPARENCY_LOG: &str = "https://rekor.sigstore.dev";
/// Seconds for the registry and the log to answer; the API server waits 30 at most.
const TIMEOUT: i32 = 20;

/// The policy over all pods of the cluster.
pub(super) fn signatures(environment: &Environment, settings: &Signatures) -> Component<()> {
    Component::new(
        &name!(ApplicationName, "image-signatures"),
        &KYVERNO,
        wave::POLICIES,
        (),
    )
    .with([policy(environment, settings)])
}

fn policy(environment: &Environment, settings: &Signatures) -> Manifest {
    let images =
        settings
            .of
            .iter()
            .map(|source| kyverno::ImageValidatingPolicyMatchImageReference {
                glob: Some(format!("{}/*", source.as_str())),
                expression: None,
            });
    let action = match settings.enforcement {
        Enforcement::Deny => kyverno::ImageValidatingPolicyValidationAction::Deny,
        Enforcement::Warn => kyverno::ImageValidatingPolicyValidationAction::Warn,
        Enforcement::DryRun => kyverno::ImageValidatingPolicyValidationAction::Audit,
    };
    let spec = kyverno::ImageValidatingPolicySpec {
        match_constraints: Some(pods()),
        match_image_references: Some(images.collect()),
        attestors: vec![kyverno::ImageValidatingPolicyAttestor {
            name: ATTESTOR.to_owned(),
            cosign: Some(attestor(&settings.signer)),
            notary: None,
        }],
        credentials: Some(kyverno::ImageValidatingPolicyCredentials {
            providers: Some(vec![registry_provider(environment)]),
            ..Default::default()
        }),
        // The tag becomes the digest that was verified, so that nobody can move it afterwards.
        validation_configurations: Some(kyverno::ImageValidatingPolicyValidationConfigurations {
            mutate_digest: Some(true),
            verify_digest: Some(true),
            required: Some(true),
        }),
        validations: ["containers", "initContainers", "ephemeralContainers"]
            .map(validation)
            .to_vec(),
        validation_actions: Some(vec![action]),
        failure_policy: Some(kyverno::ImageValidatingPolicyFailurePolicy::Fail),
        webhook_configuration: Some(kyverno::ImageValidatingPolicyWebhookConfiguration {
            timeout_seconds: Some(TIMEOUT),
        }),
        ..Default::default()
    };
    Manifest::cluster(
        name!(ObjectName, "signed-images"),
        kyverno::ImageValidatingPolicy {
            spec,
            ..Default::default()
        },
    )
}

/// Pods as they are made and changed; their controllers follow by Kyverno's own generation.
fn pods() -> admission::MatchResources {
    admission::MatchResources {
        resource_rules: Some(vec![admission::NamedRuleWithOperations {
            api_groups: Some(vec![String::new()]),
            api_versions: Some(vec!["v1".to_owned()]),
            operations: Some(vec!["CREATE".to_owned(), "UPDATE".to_owned()]),
            resources: Some(vec![
                "pods".to_owned(),
                "pods/ephemeralcontainers".to_owned(),
            ]),
            ..Default::default()
        }]),
        ..Default::default()
    }
}

fn validation(containers: &str) -> admission::Validation {
    admission::Validation {
        expression: format!(
            "images.{containers}.all(image, verifyImageSignatures(image, [attestors.{ATTESTOR}]) > 0)"
        ),
        message: Some(format!(
            "an image among the {containers} is not signed by the release pipeline"
        )),
        ..Default::default()
    }
}

fn attestor(signer: &Signer) -> kyverno::ImageValidatingPolicyAttestorCosign {
    match signer {
        Signer::Identity(identity) => kyverno::ImageValidatingPolicyAttestorCosign {
            keyless: Some(kyverno::ImageValidatingPolicyAttestorCosignKeyless {
                identities: vec![
                    kyverno::ImageValidatingPolicyAttestorCosignKeylessIdentity {
                        issuer: Some(identity.issuer.to_string()),
                        subject_reg_exp: Some(identity.subject.clone()),
                        ..Default::default()
                    },
                ],
                ..Default::default()
            }),
            ctlog: Some(kyverno::ImageValidatingPolicyAttestorCosignCtlog {
                url: Some(TRANSPARENCY_LOG.to_owned()),
                ..Default::default()
            }),
            ..Default::default()
        },
        // A key proves by itself who signed; no log has to answer for a pod to start.
        Signer::Key(key) => kyverno::ImageValidatingPolicyAttestorCosign {
            key: Some(kyverno::ImageValidatingPolicyAttestorCosignKey {
                kms: Some(key.kms.clone()),
                ..Default::default()
            }),
            ctlog: Some(kyverno::ImageValidatingPolicyAttestorCosignCtlog {
                insecure_ignore_tlog: Some(true),
                insecure_ignore_sct: Some(true),
                ..Default::default()
            }),
            ..Default::default()
        },
    }
}

fn registry_provider(
    environment: &Environment,
) -> kyverno::ImageValidatingPolicyCredentialsProvider {
    match environment.cluster.provider {
        Provider::Eks(_) => kyverno::ImageValidatingPolicyCredentialsProvider::Amazon,
        Provider::Gke(_) => kyverno::ImageValidatingPolicyCredentialsProvider::Google,
        Provider::Aks(_) => kyverno::ImageValidatingPolicyCredentialsProvider::Azure,
    }
}
