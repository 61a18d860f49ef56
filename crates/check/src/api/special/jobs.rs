//! Agreement inside of jobs: how many pods, which failures count, when it is done.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::fields::{
    ensure, has, inner, inside, is_true, items, lower_half, objects, said, said_or, small, wrong,
};
use super::{Fields, Verdict};
use crate::api::syntax_of::is_domain_prefixed_path;
use crate::syntax;

/// The largest number of pods of an indexed job at a time.
const PARALLEL: i64 = 100_000;
/// Above so many indexes the limits of each are smaller.
const MANY: i64 = 100_000;
/// Those smaller limits.
const FEWER: i64 = 10_000;
/// The longest list of indexes, in bytes.
const INDEXES: usize = 64 * 1024;

/// The numbers of a job fit one another and its mode.
pub(in crate::api) fn job_counts_fit(fields: &Fields) -> Verdict {
    let completions = small(fields, "completions");
    let failed = small(fields, "maxFailedIndexes");
    let per_index = small(fields, "backoffLimitPerIndex");
    if failed.is_some() && per_index.is_none() {
        return wrong("maxFailedIndexes", "it needs backoffLimitPerIndex");
    }
    let manager = said(fields, "managedBy");
    if has(fields, "managedBy") && (manager.len() > 63 || !is_domain_prefixed_path(manager)) {
        return wrong(
            "managedBy",
            format!("{manager:?} is no name with a domain in front of at most 63 characters"),
        );
    }
    if said(fields, "completionMode") != "Indexed" {
        for name in ["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"] {
            ensure(!has(fields, name), name_of(name), || {
                "it needs the completionMode Indexed".to_owned()
            })?;
        }
        return Ok(());
    }
    let Some(completions) = completions else {
        return wrong("completions", "the completionMode Indexed needs it");
    };
    // Where it is not set, the server takes 1.
    let parallel = small(fields, "parallelism").unwrap_or(1);
    if parallel > PARALLEL {
        return wrong(
            "parallelism",
            format!("at most {PARALLEL} for indexed jobs"),
        );
    }
    if failed.is_some_and(|failed| failed > completions || failed > MANY) {
        return wrong("maxFailedIndexes", "it is above completions");
    }
    if completions > MANY && per_index.is_some() {
        let fits = failed.is_some_and(|failed| failed <= FEWER) && parallel <= FEWER;
        return ensure(fits, "maxFailedIndexes", || {
            format!(
                "with so many completions, maxFailedIndexes and parallelism are at most {FEWER}"
            )
        });
    }
    Ok(())
}

/// The field itself, for a complaint.
fn name_of(name: &str) -> &'static str {
    match name {
        "backoffLimitPerIndex" => "backoffLimitPerIndex",
        "maxFailedIndexes" => "maxFailedIndexes",
        _ => "successPolicy",
    }
}

/// Which failures of pods count, and how.
pub(in crate::api) fn failures_count(fields: &Fields) -> Verdict {
    let Some(policy) = inner(fields, "podFailurePolicy") else {
        return Ok(());
    };
    let field = "podFailurePolicy";
    let pod = inside(inside(fields, "template"), "spec");
    if said(pod, "restartPolicy") == "OnFailure" {
        return wrong(field, "it needs the restartPolicy Never");
    }
    if has(fields, "podReplacementPolicy") && said(fields, "podReplacementPolicy") != "Failed" {
        return wrong(field, "it needs the podReplacementPolicy Failed");
    }
    let containers: BTreeSet<&str> = objects(pod, "containers")
        .chain(objects(pod, "initContainers"))
        .map(|container| said(container, "name"))
        .collect();
    if items(policy, "rules").len() > 20 {
        return wrong(field, "at most 20 rules");
    }
    for rule in objects(policy, "rules") {
        if said(rule, "action") == "FailIndex" && !has(fields, "backoffLimitPerIndex") {
            return wrong(field, "the action FailIndex needs backoffLimitPerIndex");
        }
        if items(rule, "onPodConditions").len() > 20 {
            return wrong(field, "at most 20 conditions");
        }
        if let Some(codes) = inner(rule, "onExitCodes") {
            exit_codes_fit(codes, &containers)?;
        }
    }
    Ok(())
}

fn exit_codes_fit(codes: &Fields, containers: &BTreeSet<&str>) -> Verdict {
    let field = "podFailurePolicy";
    let name = said(codes, "containerName");
    if has(codes, "containerName") && !containers.contains(name) {
        return wrong(field, format!("there is no container {name:?}"));
    }
    let operator = said(codes, "operator");
    if !matches!(operator, "In" | "NotIn") {
        return wrong(field, "the operator of exit codes is In or NotIn");
    }
    let values: Vec<i64> = items(codes, "values")
        .iter()
        .map(|value| value.as_i64().map_or(0, lower_half))
        .collect();
    if values.is_empty() || values.len() > 255 {
        return wrong(field, "exit codes need 1 to 255 values");
    }
    if operator == "In" && values.contains(&0) {
        return wrong(field, "0 is the exit code of success, which In cannot name");
    }
    ensure(values.is_sorted_by(|one, next| one < next), field, || {
        "exit codes stand in ascending order, each once".to_owned()
    })
}

/// When an indexed job has succeeded.
pub(in crate::api) fn success_is_possible(fields: &Fields) -> Verdict {
    let Some(policy) = inner(fields, "successPolicy") else {
        return Ok(());
    };
    let field = "successPolicy";
    let Some(completions) = small(fields, "completions") else {
        return Ok(());
    };
    let rules = items(policy, "rules");
    if rules.is_empty() || rules.len() > 20 {
        return wrong(field, "it has 1 to 20 rules");
    }
    for rule in objects(policy, "rules") {
        let count = small(rule, "succeededCount");
        let indexes = rule.get("succeededIndexes").and_then(Json::as_str);
        if count.is_none() && indexes.is_none() {
            return wrong(field, "a rule says succeededIndexes or succeededCount");
        }
        let named = match indexes {
            None => None,
            Some(text) => match number_of_indexes(text, completions) {
                Some(number) => Some(number),
                None => {
                    return wrong(
                        field,
                        "indexes are written `1,3-5`, ascending and below completions",
                    );
                }
            },
        };
        if count.is_some_and(|count| {
            count < 0 || count > completions || named.is_some_and(|named| count > named)
        }) {
            return wrong(field, "succeededCount is more than there can be");
        }
    }
    Ok(())
}

/// How many indexes `1,3-5` names; nothing where that is not how indexes are written.
fn number_of_indexes(text: &str, completions: i64) -> Option<i64> {
    if text.len() > INDEXES {
        return None;
    }
    if text.is_empty() {
        return Some(0);
    }
    let (mut total, mut last) = (0, None);
    for part in text.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to): (i64, i64) = (from.parse().ok()?, to.parse().ok()?);
        let is_interval = part.contains('-');
        if from >= completions
            || to >= completions
            || from < 0
            || (is_interval && from >= to)
            || last.is_some_and(|last| last >= from)
        {
            return None;
        }
        total += to - from + 1;
        last = Some(to);
    }
    Some(total)
}

/// The selector of a job is made by the server, unless somebody insists; pods of an indexed one get names for it.
pub(in crate::api) fn job_is_whole(fields: &Fields) -> Verdict {
    let spec = inside(fields, "spec");
    if has(spec, "selector") && !is_true(spec, "manualSelector") {
        return wrong(
            "spec",
            "the selector is made by the server unless manualSelector is true",
        );
    }
    if is_true(spec, "manualSelector") {
        let Some(selector) = spec.get("selector").filter(|selector| selector.is_object()) else {
            return wrong("spec", "manualSelector needs a selector");
        };
        let labels = inside(inside(inside(spec, "template"), "metadata"), "labels");
        let labels = crate::cluster::labels(Some(&Json::Object(labels.clone())));
        return ensure(
            crate::cluster::selector::matches(selector, &labels),
            "spec",
            || "the selector does not fit the labels of the template".to_owned(),
        );
    }
    let name = said(inside(fields, "metadata"), "name");
    let completions = small(spec, "completions").unwrap_or(0);
    if said_or(spec, "completionMode", "NonIndexed") == "Indexed" && completions > 0 {
        let host = format!("{name}-{}", completions - 1);
        return ensure(
            name.is_empty() || syntax::is_label(&host),
            "metadata",
            || format!("the pods get names such as {host:?}, which is no name of a host"),
        );
    }
    Ok(())
}

/// The selector of the jobs that a schedule makes is left to the server.
pub(in crate::api) fn jobs_have_no_selector(fields: &Fields) -> Verdict {
    let spec = inside(inside(fields, "jobTemplate"), "spec");
    ensure(
        !has(spec, "selector") && !is_true(spec, "manualSelector"),
        "jobTemplate",
        || "the selector of these jobs is made by the server".to_owned(),
    )
}
