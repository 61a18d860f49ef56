//! The generated types as their users see them.

#[cfg(test)]
mod objects;
#[cfg(test)]
mod surface;
