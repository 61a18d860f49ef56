//! Where a pod may run: spread, affinity and tolerations.

use super::fields::{ensure, has, inside, items, objects, said, said_or, texts, wrong};
use super::{Fields, Verdict};
use crate::syntax;

/// Spread constraints differ, and a least number of domains is only demanded where it can be refused.
pub(in crate::api) fn spreads_fit(fields: &Fields) -> Verdict {
    for constraint in objects(fields, "topologySpreadConstraints") {
        if has(constraint, "minDomains") && said(constraint, "whenUnsatisfiable") != "DoNotSchedule"
        {
            return wrong(
                "topologySpreadConstraints",
                "minDomains needs whenUnsatisfiable DoNotSchedule",
            );
        }
        keys_are_new(constraint, "matchLabelKeys", "topologySpreadConstraints")?;
    }
    Ok(())
}

/// Keys that narrow a selector are not in it twice already.
fn keys_are_new(fields: &Fields, name: &str, field: &'static str) -> Verdict {
    let selector = inside(fields, "labelSelector");
    let mut seen: Vec<&str> = inside(selector, "matchLabels")
        .keys()
        .map(String::as_str)
        .collect();
    for expression in objects(selector, "matchExpressions") {
        let key = said(expression, "key");
        if seen.contains(&key) && texts(fields, name).any(|other| other == key) {
            return wrong(field, format!("{key:?} is in the selector already"));
        }
        seen.push(key);
    }
    Ok(())
}

/// A term of affinity between pods.
pub(in crate::api) fn affinity_term_fits(fields: &Fields) -> Verdict {
    for namespace in texts(fields, "namespaces") {
        ensure(syntax::is_label(namespace), "namespaces", || {
            format!("{namespace:?} is no namespace")
        })?;
    }
    for (name, other) in [
        ("matchLabelKeys", "mismatchLabelKeys"),
        ("mismatchLabelKeys", "matchLabelKeys"),
    ] {
        let field = if name == "matchLabelKeys" {
            "matchLabelKeys"
        } else {
            "mismatchLabelKeys"
        };
        if !items(fields, name).is_empty() && !has(fields, "labelSelector") {
            return wrong(
                field,
                "there is no labelSelector that the keys could narrow",
            );
        }
        for key in texts(fields, name) {
            let fits =
                syntax::is_qualified_name(key) && !texts(fields, other).any(|other| other == key);
            ensure(fits, field, || {
                format!("{key:?} is no key, or is in both lists")
            })?;
        }
    }
    Ok(())
}

/// Terms about nodes that must hold.
pub(in crate::api) fn node_selector_fits(fields: &Fields) -> Verdict {
    for term in objects(fields, "nodeSelectorTerms") {
        node_term_fits(term, "nodeSelectorTerms", true)?;
    }
    Ok(())
}

/// A term about nodes that would be nice.
pub(in crate::api) fn preference_fits(fields: &Fields) -> Verdict {
    node_term_fits(inside(fields, "preference"), "preference", false)
}

fn node_term_fits(term: &Fields, field: &'static str, values_are_labels: bool) -> Verdict {
    for wanted in objects(term, "matchExpressions") {
        let count = items(wanted, "values").len();
        let fits = match said(wanted, "operator") {
            "In" | "NotIn" => count > 0,
            "Exists" | "DoesNotExist" => count == 0,
            "Gt" | "Lt" => count == 1,
            _ => false,
        };
        ensure(fits, field, || {
            "In and NotIn take values, Gt and Lt one, Exists and DoesNotExist none".to_owned()
        })?;
        let key = said(wanted, "key");
        ensure(syntax::is_qualified_name(key), field, || {
            format!("{key:?} is no key of a label")
        })?;
        let other = texts(wanted, "values").find(|value| !syntax::is_label_value(value));
        if let Some(value) = other.filter(|_| values_are_labels) {
            return wrong(field, format!("{value:?} is no value of a label"));
        }
    }
    for wanted in objects(term, "matchFields") {
        let fits = said(wanted, "key") == "metadata.name"
            && matches!(said(wanted, "operator"), "In" | "NotIn")
            && items(wanted, "values").len() == 1
            && texts(wanted, "values").all(syntax::is_subdomain);
        ensure(fits, field, || {
            "matchFields compares metadata.name with one name of a node".to_owned()
        })?;
    }
    Ok(())
}

/// A toleration's value is one of a label, or a number that is compared.
pub(in crate::api) fn toleration_value_fits(fields: &Fields) -> Verdict {
    let value = said(fields, "value");
    match said_or(fields, "operator", "Equal") {
        "Equal" => ensure(syntax::is_label_value(value), "value", || {
            format!("{value:?} is no value of a label")
        }),
        "Gt" | "Lt" => wrong("operator", "Gt and Lt are not compared by this server"),
        _ => Ok(()),
    }
}
