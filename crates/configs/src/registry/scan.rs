//! The scan of a list of images by Trivy: the list, the script, and the form of what it finds.

use std::collections::BTreeSet;

use names::{Duration, ImageReference};
use serde::Serialize;

use crate::FilePath;
use crate::templates::{shell_script, template};

/// The exit code of a scan that found something; other codes than this and 0 say that the scan itself failed.
pub const FOUND: i32 = 10;

/// One line of JSON for each vulnerability, so that logs can be searched by its fields; a template in Trivy's language.
/// The variable `IMAGE` is set by the script.
pub const FINDINGS_TEMPLATE: &str = include_str!("findings.tpl");

/// The script that scans image by image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImageScan {
    /// The file with one image a line.
    images: String,
    /// The file with [`FINDINGS_TEMPLATE`].
    findings: String,
    /// The severities that count, separated by commas.
    severities: String,
    /// Whether vulnerabilities count that nobody has repaired yet.
    unfixed: bool,
    /// How long one image may take, as Go writes it.
    timeout: String,
    /// [`FOUND`].
    found: i32,
}

impl ImageScan {
    /// A scan of the images in one file, which writes its findings by the template in another one.
    pub fn new(
        images: &FilePath,
        findings: &FilePath,
        severities: impl IntoIterator<Item = &'static str>,
        unfixed: bool,
        timeout: Duration,
    ) -> Self {
        let severities: Vec<_> = severities.into_iter().collect();
        Self {
            images: images.to_string(),
            findings: findings.to_string(),
            severities: severities.join(","),
            unfixed,
            timeout: timeout.to_string(),
            found: FOUND,
        }
    }

    /// The script.
    pub fn script(&self) -> String {
        shell_script(self)
    }
}

template!(ImageScan, "images/scan.sh");

/// The list of images, one a line.
pub fn image_list<'a>(images: impl IntoIterator<Item = &'a ImageReference>) -> String {
    let images: BTreeSet<_> = images.into_iter().collect();
    images
        .into_iter()
        .flat_map(|image| [image.as_str(), "\n"])
        .collect()
}
