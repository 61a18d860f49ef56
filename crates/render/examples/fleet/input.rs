//! The environment file of the benchmark: a fleet of applications of one shape.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The whole file. Texts without escapes are borrowed from it.
#[derive(Deserialize)]
pub(crate) struct Fleet<'a> {
    /// The name of the environment.
    pub(crate) environment: &'a str,
    /// Where the images of the applications are.
    pub(crate) registry: &'a str,
    /// The image of the container that stands beside every application.
    #[serde(rename = "sidecarImage")]
    pub(crate) sidecar_image: &'a str,
    /// Settings that every application has.
    #[serde(rename = "configDefaults")]
    pub(crate) config_defaults: BTreeMap<&'a str, String>,
    /// The applications.
    pub(crate) apps: Vec<App<'a>>,
}

/// One application.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct App<'a> {
    /// Its name, which all of its objects have.
    pub(crate) name: &'a str,
    /// Where it runs.
    pub(crate) namespace: &'a str,
    /// Who owns it.
    pub(crate) team: &'a str,
    /// The tag of its image.
    pub(crate) tag: &'a str,
    /// Under which host it is reached.
    pub(crate) host: &'a str,
    /// Its least number of pods.
    pub(crate) min_replicas: u32,
    /// Its largest number of pods.
    pub(crate) max_replicas: u32,
    /// CPU that it asks for.
    pub(crate) cpu: &'a str,
    /// Memory that it asks for and may use.
    pub(crate) memory: &'a str,
    /// What it logs.
    pub(crate) log_level: &'a str,
    /// How long a request may take.
    pub(crate) timeout: &'a str,
    /// Who may call it.
    pub(crate) callers: Vec<Caller<'a>>,
    /// Settings of its own.
    pub(crate) config: BTreeMap<&'a str, String>,
}

/// A service account that may call an application.
#[derive(Deserialize)]
pub(crate) struct Caller<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its namespace.
    pub(crate) namespace: &'a str,
}
