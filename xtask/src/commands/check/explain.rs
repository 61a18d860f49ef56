//! `cargo xtask check --explain CODE`: all that is known of a check.

use check::Rule;

use crate::failure::Failure;

/// All that is known of a check.
pub(super) fn explanation(code: &str) -> Result<String, Failure> {
    let rules = check::rules();
    let Some(rule) = rules
        .iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(code))
    else {
        let codes: Vec<&str> = rules.iter().map(|rule| rule.code).collect();
        let help = match environment::nearest(&code.to_ascii_uppercase(), codes.iter().copied()) {
            Some(nearest) => format!(
                "did you mean `{nearest}`? The checks are {}",
                codes.join(", ")
            ),
            None => format!("the checks are {}", codes.join(", ")),
        };
        return Err(Failure::new(format!("unknown check `{code}`")).help(help));
    };
    let Rule {
        code,
        area,
        severity,
        title,
        why,
        fix,
        absorbs,
        ..
    } = rule;
    let mut text = format!(
        "{code} {} ({})  {title}\n   why: {why}\n   fix: {fix}",
        severity.as_str(),
        area.as_str()
    );
    if !absorbs.is_empty() {
        text.push_str("\n   covers: ");
        text.push_str(&absorbs.join(", "));
    }
    Ok(text)
}
