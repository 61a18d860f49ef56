//! Images: who signed them, how long the registry keeps them, and when they are scanned.

use names::{
    Bytes, CronSchedule, Duration, ImageReference, NamespaceName, ObjectName, SecretName,
    StorageClassName, Url,
};

use super::policy::{Enforcement, ImageSource};
use super::{ComputeResources, VulnerabilitySeverity};
use crate::{Located, record, variant};

record! {
    /// A build pipeline that signs without a key: its identity is in the certificate, and the signature in a public log.
    pub struct SigningIdentity {
        /// Who vouches for the pipeline's identity.
        pub issuer: Url,
        /// The identity, as a regular expression.
        pub subject: String,
    }
}

record! {
    /// A key at the provider's key service, by which images are signed.
    pub struct SigningKey {
        /// The key, as cosign names it: `gcpkms://projects/…`.
        pub kms: String,
    }
}

variant! {
    /// Who signs images.
    pub enum Signer {
        /// A pipeline by its identity.
        Identity(SigningIdentity) = "identity",
        /// Whoever may use a key.
        Key(SigningKey) = "key",
    }
}

record! {
    /// The signatures that admission asks for.
    pub struct Signatures {
        /// The images that must be signed.
        pub of: Vec<ImageSource>,
        /// Who signs them.
        pub signer: Signer,
        /// What happens to a pod whose image is not signed.
        pub enforcement: Enforcement = Enforcement::Deny,
    }
}

record! {
    /// A repository of Artifact Registry.
    pub struct ArtifactRepository {
        /// The project that it belongs to.
        pub project: String,
        /// The region that it lies in.
        pub location: String,
        /// Its name.
        pub name: ObjectName,
    }
}

record! {
    /// The registry of the environment's own images, and how long they stay.
    pub struct Registry {
        /// The repository at the provider.
        pub repository: ArtifactRepository,
        /// How long an image without a tag stays.
        pub untagged: Duration,
        /// How long an image stays that this environment does not use.
        pub unused: Located<Duration>,
        /// How many of each image's newest versions stay however old they are.
        pub newest_kept: Located<u16>,
        /// Whether each image is scanned as it arrives.
        pub scan_on_push: bool,
        /// When the settings are set again, in UTC.
        pub schedule: CronSchedule,
        /// The image of the provider's command line.
        pub client: ImageReference,
        /// The CPU and memory of the client.
        pub resources: ComputeResources,
        /// Where the client runs.
        pub namespace: Located<NamespaceName>,
    }
}

record! {
    /// The daily search for vulnerabilities in the images of the tree.
    pub struct ImageScan {
        /// Where it runs.
        pub namespace: Located<NamespaceName>,
        /// The image of Trivy.
        pub image: ImageReference,
        /// When, in UTC.
        pub schedule: CronSchedule,
        /// The severities that make the run fail.
        pub severities: Vec<VulnerabilitySeverity>,
        /// The Secret with the credentials of registries, as `docker login` writes them; its key is `config.json`. The
        /// provider's own registry needs none, since the scanner has an identity there.
        pub credentials: Option<SecretName>,
        /// Whether vulnerabilities count that nobody has repaired yet.
        pub unfixed: bool = false,
        /// How long all images together may take.
        pub deadline: Duration = Duration::hours(2),
        /// CPU and memory of the scanner.
        pub resources: ComputeResources,
        /// The volume of the databases and of what is known about layers.
        pub cache: ScanCache,
    }
}

record! {
    /// The volume of the databases and of what is known about layers.
    pub struct ScanCache {
        /// Its storage class.
        pub class: Located<StorageClassName>,
        /// Its size.
        pub size: Bytes,
    }
}

record! {
    /// Images: who signed them, how long the registry keeps them, and when they are scanned.
    pub struct Images {
        /// The signatures that admission asks for.
        pub signatures: Option<Signatures>,
        /// The registry of the environment's own images.
        pub registry: Option<Registry>,
        /// The daily search for vulnerabilities.
        pub scan: Option<ImageScan>,
    }
}
