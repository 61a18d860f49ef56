//! Jobs: how many runs, and of which pods.

use serde_json::Value as Json;

use super::built_in::Update;

/// What the scheduler is told of pods that do not run yet.
const DIRECTIVES: [(&str, &[&str]); 2] = [
    ("metadata", &["annotations", "labels"]),
    ("spec", &["nodeSelector", "schedulingGates", "tolerations"]),
];

/// Judges what depends on more than one field.
pub(super) fn check(update: &mut Update<'_>) {
    completions(update);
    let is_suspended = update.was("spec.suspend") == Some(&Json::Bool(true));
    let template = |value: Option<&Json>| {
        let mut template = value.cloned()?;
        if is_suspended {
            forget_directives(&mut template);
        }
        Some(template)
    };
    let old = template(update.was("spec.template"));
    let new = template(update.becomes("spec.template"));
    update.same("spec.template", old.as_ref(), new.as_ref());
}

/// With an index for each run, their number may change together with how many run at once.
fn completions(update: &mut Update<'_>) {
    let is_indexed =
        update.becomes("spec.completionMode").and_then(Json::as_str) == Some("Indexed");
    if !is_indexed {
        update.keep("spec.completions", &[]);
        return;
    }
    let wanted = update.becomes("spec.completions");
    let together = wanted.is_none() || wanted == update.becomes("spec.parallelism");
    if wanted != update.was("spec.completions") && !together {
        let message = "can only change together with parallelism, to the same number";
        update.report("spec.completions", message);
    }
}

/// A suspended job may still be told where to run.
fn forget_directives(template: &mut Json) {
    for (part, names) in DIRECTIVES {
        if let Some(fields) = template.get_mut(part).and_then(Json::as_object_mut) {
            fields.retain(|name, _| !names.contains(&name.as_str()));
        }
    }
    let Some(spec) = template.get_mut("spec").and_then(Json::as_object_mut) else {
        return;
    };
    let Some(affinity) = spec.get_mut("affinity").and_then(Json::as_object_mut) else {
        return;
    };
    affinity.remove("nodeAffinity");
    if affinity.is_empty() {
        spec.remove("affinity");
    }
}
