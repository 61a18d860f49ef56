//! Agreement inside of webhooks and policies of admission.

use super::fields::{ensure, has, inner, inside, items, objects, said, texts, twice, wrong};
use super::{Fields, Verdict};
use crate::cel::declared::{Names, Wanted, complaint};
use crate::cel::functions::url::Url;
use crate::syntax;

/// What expressions about a request can name.
const REQUEST: [&str; 6] = [
    "object",
    "oldObject",
    "request",
    "authorizer",
    "namespaceObject",
    "params",
];

/// An address of a webhook: https, with a host, and nothing but a path behind it.
pub(super) fn is_hook_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").unwrap_or_default();
    let host = rest.split('/').next().unwrap_or_default();
    !host.is_empty() && !text.contains(['@', '#', '?', ' ']) && Url::parse(text).is_some()
}

/// A path of a service: from the root, and each step a name.
pub(super) fn is_hook_path(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else {
        return false;
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    path == "/" || rest.split('/').all(syntax::is_subdomain)
}

/// How a webhook is reached.
pub(in crate::api) fn hook_is_reachable(fields: &Fields) -> Verdict {
    if has(fields, "url") && !is_hook_address(said(fields, "url")) {
        return wrong("url", "it must be `https://host[/path]`");
    }
    let service = inside(fields, "service");
    let path = said(service, "path");
    ensure(
        !has(service, "path") || is_hook_path(path),
        "service",
        || format!("{path:?} is no path such as `/validate`"),
    )
}

/// Versions of the review are versions, each once.
pub(in crate::api) fn review_versions_differ(fields: &Fields) -> Verdict {
    let versions: Vec<&str> = texts(fields, "admissionReviewVersions").collect();
    let fits = versions
        .iter()
        .all(|version| syntax::is_dns_1035_label(version));
    ensure(
        fits && twice(versions).is_none(),
        "admissionReviewVersions",
        || "they are versions such as v1, each once".to_owned(),
    )
}

/// Names of webhooks come once.
pub(in crate::api) fn hooks_differ(fields: &Fields) -> Verdict {
    let names = objects(fields, "webhooks").map(|hook| said(hook, "name"));
    match twice(names.filter(|name| !name.is_empty())) {
        None => Ok(()),
        Some(name) => wrong("webhooks", format!("two are named {name:?}")),
    }
}

/// `*` stands alone, and nothing is named twice in other words.
pub(in crate::api) fn operations_fit(fields: &Fields) -> Verdict {
    for name in ["operations", "apiGroups", "apiVersions"] {
        let alone = items(fields, name).len() < 2 || texts(fields, name).all(|text| text != "*");
        let field = match name {
            "operations" => "operations",
            "apiGroups" => "apiGroups",
            _ => "apiVersions",
        };
        ensure(alone, field, || "`*` stands alone".to_owned())?;
    }
    ensure(
        texts(fields, "apiVersions").all(|version| !version.is_empty()),
        "apiVersions",
        || "an empty one is none".to_owned(),
    )?;
    let resources: Vec<&str> = texts(fields, "resources").collect();
    let (mut all_below, mut all_above): (Vec<&str>, Vec<&str>) = Default::default();
    let mut is_plain = false;
    for resource in &resources {
        let Some((above, below)) = resource.split_once('/') else {
            ensure(!resource.is_empty(), "resources", || {
                "an empty one is none".to_owned()
            })?;
            is_plain = *resource != "*";
            continue;
        };
        if all_below.contains(&above) || all_above.contains(&below) {
            return wrong("resources", format!("{resource:?} is part of another"));
        }
        if below == "*" {
            all_below.push(above);
        }
        if above == "*" {
            all_above.push(below);
        }
    }
    let everything = resources.len() > 1 && resources.contains(&"*/*");
    ensure(
        !(everything || resources.contains(&"*") && is_plain),
        "resources",
        || "`*` and `*/*` stand alone".to_owned(),
    )
}

/// Names of objects that are meant.
pub(in crate::api) fn resource_names_differ(fields: &Fields) -> Verdict {
    let names: Vec<&str> = texts(fields, "resourceNames").collect();
    let fits = names.iter().all(|name| syntax::is_path_segment(name));
    ensure(fits && twice(names).is_none(), "resourceNames", || {
        "each is the name of an object, and comes once".to_owned()
    })
}

/// Conditions of a webhook or policy: names, and expressions that can be read.
pub(in crate::api) fn conditions_can_be_read(fields: &Fields) -> Verdict {
    let conditions = items(fields, "matchConditions");
    if conditions.len() > 64 {
        return wrong("matchConditions", "at most 64");
    }
    let names = objects(fields, "matchConditions").map(|condition| said(condition, "name"));
    if let Some(name) = twice(names.filter(|name| !name.is_empty())) {
        return wrong("matchConditions", format!("two are named {name:?}"));
    }
    let known = known(fields, false);
    for condition in objects(fields, "matchConditions") {
        let name = said(condition, "name");
        ensure(
            name.is_empty() || syntax::is_qualified_name(name),
            "matchConditions",
            || format!("{name:?} is no name of a condition"),
        )?;
        let expression = said(condition, "expression").trim();
        compiles(
            expression,
            names_of(&known, &[]),
            Wanted::Boolean,
            "matchConditions",
        )?;
    }
    Ok(())
}

/// The names that are declared for the expressions of a policy or webhook.
fn known(fields: &Fields, with_variables: bool) -> Vec<&'static str> {
    let mut known = REQUEST.to_vec();
    if !has(fields, "paramKind") {
        known.retain(|name| *name != "params");
    }
    if with_variables && !items(fields, "variables").is_empty() {
        known.push("variables");
    }
    known
}

fn names_of<'n>(declared: &'n [&'n str], variables: &'n [&'n str]) -> Names<'n> {
    Names {
        declared,
        variables,
    }
}

fn compiles(expression: &str, names: Names<'_>, wanted: Wanted, field: &'static str) -> Verdict {
    if expression.is_empty() {
        return Ok(());
    }
    match complaint(expression, names, wanted) {
        None => Ok(()),
        Some(why) => wrong(field, format!("`{expression}` cannot be compiled: {why}")),
    }
}

/// Expressions of a policy can be read, and say what they name.
pub(in crate::api) fn policy_can_be_read(fields: &Fields) -> Verdict {
    if let Some(constraints) = inner(fields, "matchConstraints") {
        let any = !items(constraints, "resourceRules").is_empty();
        ensure(any, "matchConstraints", || {
            "it needs resourceRules".to_owned()
        })?;
    }
    let known = known(fields, true);
    let mut variables: Vec<&str> = Vec::new();
    for variable in objects(fields, "variables") {
        let name = said(variable, "name");
        ensure(name.is_empty() || is_identifier(name), "variables", || {
            format!("{name:?} is no name of a variable")
        })?;
        compiles(
            said(variable, "expression"),
            names_of(&known, &variables),
            Wanted::Any,
            "variables",
        )?;
        // Each knows those before it.
        variables.push(name);
    }
    let names = names_of(&known, &variables);
    for validation in objects(fields, "validations") {
        let message = said(validation, "message");
        let is_blank = !message.is_empty() && message.trim().is_empty();
        ensure(
            !is_blank && !message.trim().contains('\n'),
            "validations",
            || "a message is one line that is not empty".to_owned(),
        )?;
        compiles(
            said(validation, "expression"),
            names,
            Wanted::Boolean,
            "validations",
        )?;
        let said_by = said(validation, "messageExpression");
        compiles(said_by, names, Wanted::Text, "validations")?;
    }
    for annotation in objects(fields, "auditAnnotations") {
        let key = said(annotation, "key");
        ensure(
            key.is_empty() || syntax::is_qualified_name(&format!("a/{key}")),
            "auditAnnotations",
            || format!("{key:?} is no key"),
        )?;
        let value = said(annotation, "valueExpression");
        compiles(value, names, Wanted::Any, "auditAnnotations")?;
    }
    let keys = objects(fields, "auditAnnotations").map(|annotation| said(annotation, "key"));
    ensure(
        items(fields, "auditAnnotations").len() <= 20 && twice(keys).is_none(),
        "auditAnnotations",
        || "at most 20, each key once".to_owned(),
    )
}

fn is_identifier(text: &str) -> bool {
    const RESERVED: [&str; 19] = [
        "true",
        "false",
        "null",
        "in",
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
    ];
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !RESERVED.contains(&text)
}

/// What a policy's parameters are.
pub(in crate::api) fn parameters_are_a_kind(fields: &Fields) -> Verdict {
    let version = said(fields, "apiVersion");
    let (group, version) = version.rsplit_once('/').unwrap_or(("", version));
    let fits = (group.is_empty() || syntax::is_subdomain(group))
        && (version.is_empty() || syntax::is_dns_1035_label(version));
    ensure(fits, "apiVersion", || {
        "it is no version such as `v1` or `example.com/v1`".to_owned()
    })?;
    let kind = said(fields, "kind").to_ascii_lowercase();
    ensure(
        kind.is_empty() || syntax::is_dns_1035_label(&kind),
        "kind",
        || format!("{kind:?} is no kind"),
    )
}

/// Parameters are chosen by name or by labels.
pub(in crate::api) fn parameters_are_chosen(fields: &Fields) -> Verdict {
    if has(fields, "selector") && !said(fields, "name").is_empty() {
        return wrong("selector", "either a name or a selector");
    }
    let name = said(fields, "name");
    ensure(
        name.is_empty() || syntax::is_path_segment(name),
        "name",
        || format!("{name:?} is no name of an object"),
    )?;
    let action = said(fields, "parameterNotFoundAction");
    ensure(
        action.is_empty() || matches!(action, "Allow" | "Deny"),
        "parameterNotFoundAction",
        || format!("{action:?} is neither Allow nor Deny"),
    )
}

/// Who is denied is not warned too.
pub(in crate::api) fn actions_differ(fields: &Fields) -> Verdict {
    let actions: Vec<&str> = texts(fields, "validationActions").collect();
    if actions.contains(&"Deny") && actions.contains(&"Warn") {
        return wrong("validationActions", "Deny and Warn exclude one another");
    }
    let name = said(fields, "policyName");
    ensure(
        name.is_empty() || syntax::is_subdomain(name),
        "policyName",
        || format!("{name:?} is no name of a policy"),
    )
}

/// A device is chosen by an expression about it.
pub(in crate::api) fn device_selector_can_be_read(fields: &Fields) -> Verdict {
    let expression = said(fields, "expression");
    ensure(expression.len() <= 10 * 1024, "expression", || {
        "at most 10 KiB".to_owned()
    })?;
    compiles(
        expression,
        names_of(&["device"], &[]),
        Wanted::Boolean,
        "expression",
    )
}
