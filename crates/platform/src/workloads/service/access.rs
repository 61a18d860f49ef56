//! The account that a service runs under, and what it may do.

use builders::{Grant, Identity, Permission, ServiceAccount};
use environment::Service;
use manifest::{Exception, Manifest};

use super::Plan;

/// The account: the one that the settings name, or one of the service's own name.
pub(super) fn account(identity: &Identity, settings: &Service) -> ServiceAccount {
    let own = || identity.name().with_suffix("");
    let name = settings
        .account
        .as_ref()
        .map_or_else(own, |account| account.name.clone());
    ServiceAccount::new(identity, &name)
}

/// Whether the service has rights, which are of use only with a token and a way to the API server.
pub(super) fn reads_the_api(settings: &Service) -> bool {
    settings
        .account
        .as_ref()
        .is_some_and(|account| !account.may.is_empty())
}

/// The account, and its role with the binding where it has rights.
pub(super) fn manifests(plan: &Plan<'_>) -> Vec<Manifest> {
    let mut manifests = vec![account(&plan.identity, plan.settings).manifest()];
    if let Some(settings) = &plan.settings.account
        && let Some(role) = &settings.role
    {
        let rules = settings.may.iter().map(|right| {
            Permission::new(
                "",
                right.resources.iter().map(String::as_str),
                right.verbs.iter().map(String::as_str),
            )
        });
        let grant = Grant::new(plan.namespace(), &role.value, &plan.account, rules)
            .binding_named(&role.value.with_suffix("-binding"));
        let [role, binding] = grant.manifests();
        let reads_secrets = settings
            .may
            .iter()
            .any(|right| right.resources.iter().any(|resource| resource == "secrets"));
        let binding = if reads_secrets {
            binding.excuse(Exception {
                code: "SEC033",
                reason: "the environment says that the service reads the Secrets of its namespace",
            })
        } else {
            binding
        };
        manifests.extend([role, binding]);
    }
    manifests
}
