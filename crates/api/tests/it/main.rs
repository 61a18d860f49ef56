//! The generated types as their users see them.

#[cfg(test)]
mod objects;
#[cfg(all(test, feature = "roundtrip"))]
mod roundtrip;
#[cfg(test)]
mod surface;
