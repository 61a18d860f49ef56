//! Access: a role and its rights are said together, and two services share an account only if they say the same of it.

use std::collections::BTreeMap;

use crate::Diagnostics;
use crate::values::Environment;

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    let mut owners = BTreeMap::new();
    for (name, service) in &environment.services {
        let Some(account) = &service.account else {
            continue;
        };
        if let Some(role) = account.role.as_ref().filter(|_| account.may.is_empty()) {
            diagnostics
                .error(
                    &role.origin,
                    format!("role `{}` holds no rights", role.value),
                )
                .help("say them under `may`, or leave the role out");
        }
        if account.role.is_none() && !account.may.is_empty() {
            diagnostics
                .error(
                    &service.origin,
                    format!("the rights of `{name}` need a role to hold them"),
                )
                .help("name it with `role:`");
        }
        if let Some(other) = owners.insert((&service.namespace.value, &account.name), name) {
            diagnostics
                .error(
                    &service.origin,
                    format!(
                        "`{name}` and `{other}` run under one account `{}`",
                        account.name
                    ),
                )
                .help(
                    "give each service an account of its own, or the mesh cannot tell them apart",
                );
        }
    }
}
