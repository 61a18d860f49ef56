//! What the types of this crate accept, refuse and print.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of tests fail by panicking, as tests do"
)]

mod addresses;
mod amounts;
mod cidrs;
mod compose;
mod cron;
mod durations;
mod hosts;
mod images;
mod labels;
mod literals;
mod names;
mod table;
mod versions;
