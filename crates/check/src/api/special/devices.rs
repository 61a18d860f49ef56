//! Agreement inside of claims for devices and of the slices that offer them.

use std::collections::BTreeMap;

use super::fields::{
    ensure, entries, has, inner, inside, is_true, items, objects, said, said_or, texts, twice,
    wrong,
};
use super::{Fields, Verdict};
use crate::syntax;

/// The longest name of a pool.
const POOL: usize = 253;

fn is_driver(text: &str) -> bool {
    text.len() <= 63 && syntax::is_subdomain(text)
}

/// A name as in C, at most 32 characters.
fn is_identifier(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// `name`, or `domain/name`.
fn is_attribute(text: &str) -> bool {
    match text.split_once('/') {
        Some((domain, name)) => is_driver(domain) && is_identifier(name),
        None => is_identifier(text),
    }
}

/// Requests of a claim have names, and what is said of them names them.
pub(in crate::api) fn requests_are_named(fields: &Fields) -> Verdict {
    let mut requests: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for list in ["requests", "constraints", "config"] {
        if items(fields, list).len() > 32 {
            return wrong("requests", format!("at most 32 {list}"));
        }
    }
    for request in objects(fields, "requests") {
        let name = said(request, "name");
        let inner: Vec<&str> = objects(request, "firstAvailable")
            .map(|choice| said(choice, "name"))
            .collect();
        let fits = syntax::is_label(name)
            && inner.len() <= 8
            && inner.iter().all(|name| syntax::is_label(name))
            && twice(inner.iter().copied()).is_none();
        ensure(fits, "requests", || {
            format!("{name:?} or a choice of it is no name")
        })?;
        requests.insert(name, inner);
    }
    let is_known = |name: &str| {
        let (request, choice) = name.split_once('/').unwrap_or((name, ""));
        requests
            .get(request)
            .is_some_and(|inner| choice.is_empty() || inner.contains(&choice))
            && !name.ends_with('/')
    };
    for (list, field) in [("constraints", "constraints"), ("config", "config")] {
        for about in objects(fields, list) {
            if let Some(name) = texts(about, "requests").find(|name| !is_known(name)) {
                return wrong(field, format!("there is no request {name:?}"));
            }
            ensure(twice(texts(about, "requests")).is_none(), field, || {
                "a request is named twice".to_owned()
            })?;
        }
    }
    Ok(())
}

/// A constraint is about an attribute with a domain.
pub(in crate::api) fn attribute_has_a_domain(fields: &Fields) -> Verdict {
    for (name, field) in [
        ("matchAttribute", "matchAttribute"),
        ("distinctAttribute", "distinctAttribute"),
    ] {
        let text = said(fields, name);
        let fits = is_attribute(text) && text.contains('/');
        ensure(!has(fields, name) || fits, field, || {
            format!("{text:?} is no attribute such as `example.com/model`")
        })?;
    }
    Ok(())
}

/// So many devices, or all of them.
pub(in crate::api) fn count_fits_mode(fields: &Fields) -> Verdict {
    let count = fields
        .get("count")
        .and_then(serde_json::Value::as_i64)
        .unwrap_or(0);
    match said_or(fields, "allocationMode", "ExactCount") {
        "All" => ensure(count == 0, "count", || {
            "all devices are not counted".to_owned()
        })?,
        _ => ensure(count >= 0, "count", || "at least 1".to_owned())?,
    }
    let class = said(fields, "deviceClassName");
    ensure(syntax::is_subdomain(class), "deviceClassName", || {
        format!("{class:?} is no name of a class")
    })?;
    ensure(items(fields, "selectors").len() <= 32, "selectors", || {
        "at most 32".to_owned()
    })
}

/// What is sent to a driver is an object.
pub(in crate::api) fn parameters_are_an_object(fields: &Fields) -> Verdict {
    ensure(inner(fields, "parameters").is_some(), "parameters", || {
        "parameters must be an object".to_owned()
    })?;
    let driver = said(fields, "driver");
    ensure(driver.is_empty() || is_driver(driver), "driver", || {
        format!("{driver:?} is no name of a driver")
    })
}

/// A class chooses and configures with so many entries.
pub(in crate::api) fn class_is_short(fields: &Fields) -> Verdict {
    ensure(
        items(fields, "selectors").len() <= 32 && items(fields, "config").len() <= 32,
        "selectors",
        || "at most 32".to_owned(),
    )
}

/// Where the devices of a slice are, and that it offers either devices or counters.
pub(in crate::api) fn slice_is_somewhere(fields: &Fields) -> Verdict {
    let driver = said(fields, "driver");
    ensure(is_driver(driver), "driver", || {
        format!("{driver:?} is no name of a driver")
    })?;
    let pool = inside(fields, "pool");
    let name = said(pool, "name");
    let fits = name.len() <= POOL && name.split('/').all(syntax::is_subdomain);
    ensure(fits, "pool", || format!("{name:?} is no name of a pool"))?;
    let generation = pool.get("generation").and_then(serde_json::Value::as_i64);
    ensure(generation.is_none_or(|number| number >= 0), "pool", || {
        "the generation is 0 or more".to_owned()
    })?;
    // What belongs to devices that can be divided is dropped by the server, because the feature is off.
    let nodes = ["nodeName", "nodeSelector", "allNodes"];
    let given = nodes.iter().filter(|name| has(fields, name)).count();
    ensure(given == 1, "nodeName", || {
        format!(
            "exactly one of {} must be there, found {given}",
            nodes.join(", ")
        )
    })?;
    ensure(
        !has(fields, "allNodes") || is_true(fields, "allNodes"),
        "allNodes",
        || "it is true or not there".to_owned(),
    )?;
    if has(fields, "nodeName") {
        let node = said(fields, "nodeName");
        ensure(syntax::is_subdomain(node), "nodeName", || {
            format!("{node:?} is no name of a node")
        })?;
    }
    if let Some(selector) = inner(fields, "nodeSelector") {
        ensure(
            items(selector, "nodeSelectorTerms").len() == 1,
            "nodeSelector",
            || "it has exactly one term".to_owned(),
        )?;
    }
    let names: Vec<&str> = objects(fields, "devices")
        .map(|device| said(device, "name"))
        .collect();
    ensure(
        names.len() <= 128 && twice(names.iter().copied()).is_none(),
        "devices",
        || "at most 128 devices, each with a name of its own".to_owned(),
    )?;
    objects(fields, "devices").try_for_each(device_is_whole)
}

fn device_is_whole(device: &Fields) -> Verdict {
    let name = said(device, "name");
    ensure(syntax::is_label(name), "devices", || {
        format!("{name:?} is no name of a device")
    })?;
    for (key, value) in entries(device, "attributes") {
        let fields = value.as_object();
        let count = fields.map_or(0, |fields| {
            fields.values().filter(|value| !value.is_null()).count()
        });
        let short = fields.is_none_or(|fields| {
            said(fields, "string").len() <= 64 && said(fields, "version").len() <= 64
        });
        let version = fields
            .is_none_or(|fields| !has(fields, "version") || is_version(said(fields, "version")));
        ensure(
            is_attribute(key) && count == 1 && short && version,
            "devices",
            || format!("the attribute {key:?} has a name and one value"),
        )?;
    }
    for (key, _) in entries(device, "capacity") {
        ensure(is_attribute(key), "devices", || {
            format!("{key:?} is no name of a capacity")
        })?;
    }
    Ok(())
}

/// `1.2.3`, with what may follow.
fn is_version(text: &str) -> bool {
    let (core, build) = text.split_once('+').unwrap_or((text, "0"));
    let (core, before) = core.split_once('-').unwrap_or((core, "0"));
    let is_number = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    let is_word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    core.split('.').count() == 3
        && core.split('.').all(is_number)
        && before.split('.').all(is_word)
        && build.split('.').all(is_word)
}
