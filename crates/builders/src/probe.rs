//! Probes: how the kubelet asks a container whether it has started, lives and may get traffic.

use k8s_openapi::api::core::v1 as core;
use names::PathPrefix;

use crate::NamedPort;

/// One probe with its timing, in seconds; what is not set keeps Kubernetes' default.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Probe(core::Probe);

impl Probe {
    /// Asks over HTTP; any answer below 400 is success.
    pub fn http(port: &NamedPort, path: &PathPrefix) -> Self {
        let get = core::HTTPGetAction {
            path: Some(path.to_string()),
            port: port.by_name(),
            ..Default::default()
        };
        Self(core::Probe {
            http_get: Some(get),
            ..Default::default()
        })
    }

    /// Opens a TCP connection.
    pub fn tcp(port: &NamedPort) -> Self {
        let socket = core::TCPSocketAction {
            port: port.by_name(),
            ..Default::default()
        };
        Self(core::Probe {
            tcp_socket: Some(socket),
            ..Default::default()
        })
    }

    /// Runs a command in the container; exit code 0 is success.
    pub fn command<'a>(command: impl IntoIterator<Item = &'a str>) -> Self {
        let exec = core::ExecAction {
            command: Some(command.into_iter().map(str::to_owned).collect()),
        };
        Self(core::Probe {
            exec: Some(exec),
            ..Default::default()
        })
    }

    /// Over TLS, where it asks over HTTP; the kubelet looks at no certificate.
    pub fn https(mut self) -> Self {
        if let Some(get) = &mut self.0.http_get {
            get.scheme = Some("HTTPS".to_owned());
        }
        self
    }

    /// Waits this long after the container's start.
    pub fn initial_delay(mut self, seconds: u16) -> Self {
        self.0.initial_delay_seconds = Some(seconds.into());
        self
    }

    /// Asks this often.
    pub fn period(mut self, seconds: u16) -> Self {
        self.0.period_seconds = Some(seconds.into());
        self
    }

    /// Waits this long for an answer.
    pub fn timeout(mut self, seconds: u16) -> Self {
        self.0.timeout_seconds = Some(seconds.into());
        self
    }

    /// Gives up after this many failures in a row.
    pub fn failures(mut self, count: u16) -> Self {
        self.0.failure_threshold = Some(count.into());
        self
    }
}

/// The probes of one container.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct Probes {
    startup: Option<Probe>,
    liveness: Option<Probe>,
    readiness: Option<Probe>,
}

impl Probes {
    /// Liveness and readiness, which a long-running container should always have.
    pub fn new(liveness: Probe, readiness: Probe) -> Self {
        Self {
            startup: None,
            liveness: Some(liveness),
            readiness: Some(readiness),
        }
    }

    /// Liveness alone, for a helper beside the container that a pod is for: a pod is ready when all of its containers are,
    /// and a helper that falls silent must not take the pod out of its Services.
    pub fn helper(liveness: Probe) -> Self {
        Self {
            liveness: Some(liveness),
            ..Self::default()
        }
    }

    /// Holds the other probes back until this one has succeeded once.
    pub fn startup(mut self, probe: Probe) -> Self {
        self.startup = Some(probe);
        self
    }

    pub(crate) fn apply(self, container: &mut core::Container) {
        container.startup_probe = self.startup.map(|probe| probe.0);
        container.liveness_probe = self.liveness.map(|probe| probe.0);
        container.readiness_probe = self.readiness.map(|probe| probe.0);
    }
}
