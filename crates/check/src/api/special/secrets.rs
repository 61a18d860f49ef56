//! Agreement in Secrets and ConfigMaps.

use serde_json::Value as Json;

use super::fields::entries;
use super::{Fields, Verdict, at, is_there};

/// A key is either text or bytes.
pub(in crate::api) fn keys_come_once(fields: &Fields) -> Verdict {
    let twice = entries(fields, "binaryData")
        .find(|(key, _)| entries(fields, "data").any(|(other, _)| other == *key));
    match twice {
        None => Ok(()),
        Some((key, _)) => Err(("binaryData", format!("{key:?} is a key of data, too"))),
    }
}

/// Tokens go into secrets only where tokens are asked for.
pub(in crate::api) fn token_secrets_need_requests(fields: &Fields) -> Verdict {
    let asked = super::fields::has(fields, "serviceAccountTokenInSecrets");
    if asked && !is_there(fields, "tokenRequests") {
        return Err((
            "serviceAccountTokenInSecrets",
            "there are no tokenRequests whose tokens it could be about".to_owned(),
        ));
    }
    Ok(())
}

/// A secret of a type that Kubernetes knows has the keys that are read from it.
pub(in crate::api) fn secret_has_what_its_type_needs(fields: &Fields) -> Verdict {
    let has = |key: &str| {
        let in_list = |list| entries(fields, list).any(|(known, _)| known == key);
        in_list("data") || in_list("stringData")
    };
    let has_text = |key: &str| {
        let in_list = |list| {
            entries(fields, list).any(|(known, value)| {
                known == key && value.as_str().is_some_and(|text| !text.is_empty())
            })
        };
        in_list("data") || in_list("stringData")
    };
    let is_annotated = at(
        fields,
        "metadata",
        "/annotations/kubernetes.io~1service-account.name",
    )
    .and_then(Json::as_str)
    .is_some_and(|name| !name.is_empty());
    let (whole, needs) = match fields
        .get("type")
        .and_then(Json::as_str)
        .unwrap_or_default()
    {
        "kubernetes.io/tls" => (has("tls.crt") && has("tls.key"), "tls.crt and tls.key"),
        "kubernetes.io/dockerconfigjson" => (has(".dockerconfigjson"), ".dockerconfigjson"),
        "kubernetes.io/dockercfg" => (has(".dockercfg"), ".dockercfg"),
        "kubernetes.io/basic-auth" => (has("username") || has("password"), "username or password"),
        "kubernetes.io/ssh-auth" => (has_text("ssh-privatekey"), "ssh-privatekey"),
        "kubernetes.io/service-account-token" => (
            is_annotated,
            "the annotation kubernetes.io/service-account.name",
        ),
        _ => return Ok(()),
    };
    if whole {
        Ok(())
    } else {
        Err(("type", format!("a secret of this type needs {needs}")))
    }
}
