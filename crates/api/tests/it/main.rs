//! The generated types as their users see them.

mod objects;
mod surface;
