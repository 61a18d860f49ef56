//! The charts that an environment installs, each on a version that is written out.

use names::{EmailAddress, HostName, ImageReference, ObjectName, Percentage, Url, Version};

use crate::{Located, Range, choice, record};

record! {
    /// The certificate authority that public hosts get their certificates from. Ownership of a domain is proved by a
    /// record in the provider's DNS, which works for hosts that nothing outside reaches and asks no pod to be let in.
    pub struct AcmeIssuer {
        /// The name by which certificates ask for it.
        pub name: ObjectName,
        /// The authority's directory, as ACME calls its entrance.
        pub directory: Url,
        /// Who is told before certificates run out that were not renewed.
        pub email: EmailAddress,
    }
}

record! {
    /// cert-manager with the authority that it asks.
    pub struct CertManager {
        /// The version of the chart.
        pub version: Version,
        /// The authority; without it only components with an authority of their own get certificates.
        pub issuer: Option<Located<AcmeIssuer>>,
    }
}

record! {
    /// The NGINX ingress controller.
    pub struct NginxIngress {
        /// The version of the chart.
        pub version: Version,
        /// Between how many pods its autoscaler moves it.
        pub replicas: Located<Range<u32>>,
    }
}

choice! {
    /// What decides between node groups that would all do.
    pub enum Expander {
        /// The group that leaves the least CPU, then memory, unused.
        LeastWaste = "least-waste",
        /// The group that fits the most waiting pods.
        MostPods = "most-pods",
        /// Any of them.
        Random = "random",
    }
}

record! {
    /// The autoscaler of node groups. It adds nodes when pods find no place: there is no use at which it scales up.
    pub struct ClusterAutoscaler {
        /// The version of the chart.
        pub version: Version,
        /// The program, of the minor that the cluster runs.
        pub image: Located<ImageReference>,
        /// A node whose pods request less than this share of it is given up.
        pub scale_down_below: Percentage,
        /// How long a node has to be unneeded, and how long after a new node nothing is given up.
        pub cool_down: names::Duration,
        /// What decides between groups, the next one where the one before is undecided.
        pub expanders: Vec<Expander> = vec![Expander::LeastWaste],
    }
}

choice! {
    /// What external-dns may do to records.
    pub enum DnsPolicy {
        /// Make and change them.
        UpsertOnly = "upsert-only",
        /// Make, change and remove them.
        Sync = "sync",
    }
}

record! {
    /// The controller of the provider's DNS records.
    pub struct ExternalDns {
        /// The version of the chart.
        pub version: Version,
        /// The domains that it may write to.
        pub domains: Vec<HostName>,
        /// What it may do to records.
        pub policy: DnsPolicy = DnsPolicy::UpsertOnly,
    }
}

choice! {
    /// How bad a vulnerability is.
    pub enum VulnerabilitySeverity {
        /// Low.
        Low = "LOW",
        /// Medium.
        Medium = "MEDIUM",
        /// High.
        High = "HIGH",
        /// Critical.
        Critical = "CRITICAL",
    }
}

record! {
    /// The operator that scans what runs in the cluster.
    pub struct TrivyOperator {
        /// The version of the chart.
        pub version: Version,
        /// The severities that are reported.
        pub severities: Vec<VulnerabilitySeverity> = vec![VulnerabilitySeverity::High, VulnerabilitySeverity::Critical],
        /// How long a report is good for before the image is scanned again.
        pub scan_again_after: names::Duration,
    }
}

record! {
    /// The charts that an environment installs.
    pub struct Addons {
        /// Argo CD itself.
        pub argo_cd: Option<Version>,
        /// Istio: base, control plane, CNI and gateway, on one version.
        pub istio: Option<Located<Version>>,
        /// Calico as the engine of network policies: its kinds and its operator, on one version.
        pub calico: Option<Located<Version>>,
        /// Argo Rollouts.
        pub argo_rollouts: Option<Located<Version>>,
        /// The vertical pod autoscaler.
        pub vertical_pod_autoscaler: Option<Located<Version>>,
        /// The autoscaler of node groups.
        pub cluster_autoscaler: Option<Located<ClusterAutoscaler>>,
        /// The metrics server.
        pub metrics_server: Option<Located<Version>>,
        /// External Secrets.
        pub external_secrets: Version,
        /// cert-manager.
        pub cert_manager: Option<Located<CertManager>>,
        /// The F5 NGINX ingress controller.
        pub nginx_ingress: Option<Located<NginxIngress>>,
        /// The controller of AWS load balancers.
        pub aws_load_balancer_controller: Option<Located<Version>>,
        /// The controller of DNS records.
        pub external_dns: Option<Located<ExternalDns>>,
        /// Velero.
        pub velero: Option<Located<Version>>,
        /// Gatekeeper.
        pub gatekeeper: Option<Version>,
        /// Kyverno, without its own set of policies.
        pub kyverno: Option<Version>,
        /// The policy controller of Sigstore, which verifies signatures of images.
        pub policy_controller: Option<Version>,
        /// Falco, which watches system calls.
        pub falco: Option<Version>,
        /// The Trivy operator, which scans images and settings.
        pub trivy_operator: Option<TrivyOperator>,
    }
}
