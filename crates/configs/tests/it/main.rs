//! The files of this crate against readers and programs that share nothing with what writes them.

mod postgres;
mod shell;
