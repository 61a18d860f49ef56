//! `cargo xtask check --explain CODE`: all that is known of a check.

use crate::failure::Failure;

/// All that is known of a check.
pub(super) fn explanation(code: &str) -> Result<String, Failure> {
    if let Some(page) = check::explanation(code) {
        return Ok(page.trim_end().to_owned());
    }
    let codes: Vec<&str> = check::rules().iter().map(|rule| rule.code).collect();
    let help = match environment::nearest(&code.to_ascii_uppercase(), codes.iter().copied()) {
        Some(nearest) => format!(
            "did you mean `{nearest}`? The checks are {}",
            codes.join(", ")
        ),
        None => format!("the checks are {}", codes.join(", ")),
    };
    Err(Failure::new(format!("unknown check `{code}`")).help(help))
}
