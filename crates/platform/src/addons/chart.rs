//! A chart as Argo CD installs it, with what the rest of the tree has to know of what it runs.

use builders::{Endpoint, Flow, Identity, Labels, NamedPort, Peer, ServiceAccountRef};
use environment::{Environment, PodSecurityLevel};
use manifest::{ApplicationSyncOption, ChartSource, IgnoreDifference};
use names::{
    ApplicationName, LabelKey, NamespaceName, ObjectName, Port, PortName, ServiceAccountName, Url,
    Version, WorkloadName, name, port,
};
use serde::Serialize;
use serde_json::Value;

use crate::component::Component;
use crate::external::{ExternalObject, Footprint};
use crate::network::{HTTPS, api_server, beyond, identity_servers};
use crate::wave;

/// Where a chart is published.
pub(super) struct Published {
    pub(super) repository: Url,
    pub(super) chart: &'static str,
}

impl Published {
    pub(super) const fn at(repository: &'static str, chart: &'static str) -> Self {
        Self {
            repository: Url::from_static(repository),
            chart,
        }
    }
}

/// Where a chart is installed.
#[derive(Clone, Debug)]
pub(super) enum Home {
    /// A namespace that is there before the tree: that of Kubernetes or that of Argo CD.
    Existing(NamespaceName),
    /// A namespace of its own, whose pods are restricted and talk to nobody but whom they have to.
    Restricted(NamespaceName),
    /// A namespace of its own, whose pods need more, for the reason given.
    Privileged(NamespaceName, &'static str),
    /// A namespace of its own whose pods are restricted, but talk to more than this tree says: gateways to the services,
    /// scanners to pods that they make themselves.
    Open(NamespaceName),
}

impl Home {
    pub(super) fn name(&self) -> &NamespaceName {
        match self {
            Self::Existing(name)
            | Self::Restricted(name)
            | Self::Privileged(name, _)
            | Self::Open(name) => name,
        }
    }
}

/// A namespace of charts, with what is to be enforced on its pods.
pub(crate) struct ChartNamespace {
    /// Its name.
    pub(crate) name: NamespaceName,
    /// What its pods may do.
    pub(crate) level: PodSecurityLevel,
    /// Why they may do more than restricted ones.
    pub(crate) reason: Option<&'static str>,
    /// Whether everything is denied that nothing allows.
    pub(crate) isolated: bool,
}

/// Whom the pods of a chart call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calls {
    /// The API server only.
    ApiServer,
    /// The API server, and the provider or a registry, by HTTPS.
    Beyond,
    /// As [`Self::Beyond`], and the DNS servers of the internet, to see what they answer.
    BeyondAndDns,
}

/// The pods of one workload of a chart, as its templates make them.
#[derive(Clone, Debug)]
pub(crate) struct ChartPods {
    /// The kind of the workload.
    pub(super) kind: &'static str,
    /// The name of the workload.
    pub(super) name: WorkloadName,
    /// The label that only these pods of the namespace have, and its value.
    pub(super) label: (LabelKey, WorkloadName),
    /// The service account.
    pub(super) account: ServiceAccountName,
    /// Where they serve metrics.
    pub(super) metrics: Option<Port>,
    /// Where the API server calls them.
    pub(super) webhooks: &'static [Port],
    /// Whom they call.
    pub(super) calls: Calls,
}

/// Where the values of a chart say what the pods of one of its workloads ask for, as JSON pointers.
pub(super) struct Counted {
    /// The name of the workload.
    pub(super) name: &'static str,
    /// The least and the greatest number of pods; empty for one.
    pub(super) replicas: [&'static str; 2],
    /// Requests and limits.
    pub(super) resources: &'static str,
}

impl Counted {
    /// A workload of as many pods as one value says.
    pub(super) const fn new(
        name: &'static str,
        replicas: &'static str,
        resources: &'static str,
    ) -> Self {
        Self {
            name,
            replicas: [replicas, replicas],
            resources,
        }
    }

    /// What the values say; what they leave out, the chart decides, and nobody counts it.
    fn footprint(&self, values: &Value) -> Option<Footprint> {
        let resources = values.pointer(self.resources)?;
        let amounts = |field: &str| {
            let amounts = resources.get(field).and_then(Value::as_object);
            let amounts = amounts.into_iter().flatten();
            amounts
                .filter_map(|(name, amount)| Some((name.clone(), amount.as_str()?.to_owned())))
                .collect()
        };
        let replicas = self.replicas.map(|pointer| {
            if pointer.is_empty() {
                return Some(1);
            }
            let number = values.pointer(pointer).and_then(Value::as_u64)?;
            u32::try_from(number).ok()
        });
        let [Some(least), Some(most)] = replicas else {
            return None;
        };
        Some(Footprint {
            replicas: (least, most),
            requests: amounts("requests"),
            limits: amounts("limits"),
            everywhere: false,
        })
    }
}

/// A chart at a pinned version, with its values.
pub(crate) struct Chart {
    application: ApplicationName,
    home: Home,
    wave: i32,
    source: ChartSource,
    differences: Vec<IgnoreDifference>,
    pods: Vec<ChartPods>,
    counted: Vec<Counted>,
}

impl Chart {
    /// A chart that is released under the name of its application.
    pub(super) fn new(
        application: ApplicationName,
        home: Home,
        published: Published,
        version: &Version,
        values: &impl Serialize,
    ) -> Self {
        let source = ChartSource::new(published.repository, published.chart, version.clone())
            .release_name(application.as_str())
            .values(values);
        Self {
            application,
            home,
            wave: wave::CONTROLLERS,
            source,
            differences: Vec::new(),
            pods: Vec::new(),
            counted: Vec::new(),
        }
    }

    /// Installs it with the foundation: it holds nothing but kinds, which what comes later needs.
    pub(super) fn definitions(mut self) -> Self {
        self.wave = wave::FOUNDATION;
        self
    }

    /// Adds the pods of a workload.
    pub(super) fn runs(mut self, pods: impl IntoIterator<Item = ChartPods>) -> Self {
        self.pods.extend(pods);
        self
    }

    /// Says where its values size its workloads.
    pub(super) fn counts(mut self, counted: impl IntoIterator<Item = Counted>) -> Self {
        self.counted.extend(counted);
        self
    }

    /// What the pods of a workload ask for, where the values say it.
    fn footprint(&self, workload: &str) -> Option<Footprint> {
        let mut counted = self.counted.iter();
        let counted = counted.find(|counted| counted.name == workload)?;
        counted.footprint(&self.source.values)
    }

    /// Leaves fields alone that a controller writes.
    pub(super) fn shares(
        mut self,
        differences: impl IntoIterator<Item = IgnoreDifference>,
    ) -> Self {
        self.differences.extend(differences);
        self
    }

    /// The namespace, where it is the chart's own.
    pub(super) fn namespace(&self) -> Option<ChartNamespace> {
        let (level, reason, isolated) = match self.home {
            Home::Existing(_) => return None,
            Home::Restricted(_) => (PodSecurityLevel::Restricted, None, true),
            Home::Open(_) => (PodSecurityLevel::Restricted, None, false),
            Home::Privileged(_, reason) => (PodSecurityLevel::Privileged, Some(reason), false),
        };
        Some(ChartNamespace {
            name: self.home.name().clone(),
            level,
            reason,
            isolated,
        })
    }

    /// The pods as flows take them: those of an isolated namespace get policies for their end.
    fn peer(&self, pods: &ChartPods) -> Peer {
        let namespace = self.home.name();
        let account = ServiceAccountRef::external(namespace, &pods.account, "made by the chart");
        let (key, value) = &pods.label;
        if matches!(self.home, Home::Restricted(_)) {
            let identity = Identity::new(&self.application, namespace, value, key);
            return Peer::plain(&identity, &account);
        }
        Peer::Pods {
            name: pods.name.clone().into(),
            namespace: namespace.clone(),
            labels: Labels::from([(key.to_string(), value.to_string())]),
            account: Some(account),
        }
    }

    /// The pods of each workload.
    pub(super) fn peers(&self) -> impl Iterator<Item = Peer> {
        self.pods.iter().map(|pods| self.peer(pods))
    }

    /// Where Prometheus finds the metrics of each workload.
    pub(super) fn metrics(&self) -> impl Iterator<Item = Endpoint> {
        self.pods.iter().filter_map(|pods| {
            Some(Endpoint {
                peer: self.peer(pods),
                port: NamedPort::tcp(name!(PortName, "http-metrics"), pods.metrics?),
            })
        })
    }

    /// The workloads, as objects that others may refer to.
    pub(super) fn external_objects(&self) -> impl Iterator<Item = ExternalObject> {
        let made_by = format!("the chart {}", self.source.chart);
        let namespace = self.home.name();
        self.pods.iter().flat_map(move |pods| {
            let (key, value) = &pods.label;
            let object = |api_version, kind, name: String| ExternalObject {
                api_version,
                kind,
                namespace: Some(namespace.to_string()),
                name,
                pod_labels: Vec::new(),
                made_by: made_by.clone(),
                footprint: None,
            };
            let labels = vec![(key.to_string(), value.to_string())];
            [
                ExternalObject {
                    pod_labels: labels,
                    footprint: self.footprint(pods.name.as_str()),
                    ..object("apps/v1", pods.kind, pods.name.to_string())
                },
                object("v1", "ServiceAccount", pods.account.to_string()),
            ]
        })
    }

    /// Whom the pods talk to, where they may not talk to everybody.
    fn flows(&self, environment: &Environment) -> Vec<Flow> {
        if !matches!(self.home, Home::Restricted(_)) {
            return Vec::new();
        }
        let server = api_server(environment);
        let outside = beyond(environment, name!(ObjectName, "providers"));
        let dns = [
            NamedPort::udp(name!(PortName, "dns"), port!(53)),
            NamedPort::tcp(name!(PortName, "dns-tcp"), port!(53)),
        ];
        let mut flows = Vec::new();
        for pods in &self.pods {
            let peer = self.peer(pods);
            flows.push(Flow::new(&peer, &server));
            let mut out = Vec::new();
            if pods.calls != Calls::ApiServer {
                out.push(HTTPS);
                let servers = identity_servers(environment);
                flows.extend(servers.iter().map(|server| Flow::new(&peer, server)));
            }
            if pods.calls == Calls::BeyondAndDns {
                out.extend(dns.clone());
            }
            flows.extend(out.into_iter().map(|port| {
                let peer_outside = Endpoint {
                    peer: outside.clone(),
                    port,
                };
                Flow::new(&peer, &peer_outside)
            }));
            flows.extend(pods.webhooks.iter().map(|port| {
                let webhook = Endpoint {
                    peer: peer.clone(),
                    port: NamedPort::tcp(name!(PortName, "webhook"), *port),
                };
                Flow::new(&server.peer, &webhook)
            }));
        }
        flows
    }

    /// What Argo CD applies.
    pub(super) fn component(self, environment: &Environment) -> Component<()> {
        let flows = self.flows(environment);
        Component::new(&self.application, self.home.name(), self.wave, ())
            .talks(flows)
            .application(|application| {
                application
                    .chart(self.source)
                    .ignore_differences(self.differences)
                    // Some definitions are longer than the annotation that a client would keep of them.
                    .sync_options([ApplicationSyncOption::ServerSideApply])
            })
    }
}
