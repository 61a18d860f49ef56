//! Rules of Falco: what a container does that nobody expects of it.
//!
//! Conditions are made of typed tests, lists and macros; a file holds each list and macro that its rules use, once and
//! before its first use, so that none is missing and none is left over.

mod condition;
mod file;
mod platform;
mod rule;

pub use condition::{Condition, Field, List, Macro};
pub use file::RulesFile;
pub use platform::{Expected, platform_rules};
pub use rule::{Priority, Rule};
