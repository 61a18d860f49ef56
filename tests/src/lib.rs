//! What holds the workspace together, as tests; and what they share with the programs that hold real tools to the trees.

#[cfg(test)]
mod arrows;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod drift;
pub mod exceptions;
#[cfg(test)]
mod runbook;
#[cfg(test)]
mod second_reader;
#[cfg(test)]
mod tidy;
pub mod workspace;
