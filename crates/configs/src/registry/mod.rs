//! Registries: how long images are kept, in the provider's own document, and the scan of images by Trivy.

mod artifact_registry;
mod scan;

pub use artifact_registry::{CleanupPolicies, Kept};
pub use scan::{FINDINGS_TEMPLATE, FOUND, ImageScan, image_list};
