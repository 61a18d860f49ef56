//! Where Fluentd ships to: names, ports and what its certificates are trusted by, handed on by those who take the logs.

use builders::{Container, Endpoint, SecretKeyRef, SecretRef};
use names::{DataKey, EnvironmentVariable, HostName, NamespaceName, Port, SecretName};

/// The names of a user and of the password in a Secret of one user.
pub(super) const USERNAME: DataKey = DataKey::from_static("username");
pub(super) const PASSWORD: DataKey = DataKey::from_static("password");

/// The Secret with Fluentd's user, of the same name beside Fluentd and beside what lets it in.
pub(super) const FLUENTD_USER: SecretName = SecretName::from_static("fluentd-elasticsearch");

/// A server that takes logs.
#[derive(Clone, Debug)]
pub(super) struct Server {
    /// The host that its certificate is for.
    pub(super) host: HostName,
    /// The port of its service.
    pub(super) port: Port,
    /// Where packets go.
    pub(super) endpoint: Endpoint,
}

/// All servers that Fluentd ships to.
#[derive(Clone, Debug)]
pub(super) struct Destination {
    /// What stores the logs.
    pub(super) elasticsearch: Server,
    /// What reads the logs of applications before they are stored.
    pub(super) logstash: Option<Server>,
    /// The namespace of both, where they are in this cluster: their certificates come from the platform's authority.
    pub(super) namespace: Option<NamespaceName>,
}

/// The variables that hold a user and its password.
#[derive(Clone, Debug)]
pub(super) struct Login {
    pub(super) user: EnvironmentVariable,
    pub(super) password: EnvironmentVariable,
}

impl Login {
    pub(super) const ELASTICSEARCH: Self = Self {
        user: EnvironmentVariable::from_static("ELASTICSEARCH_USER"),
        password: EnvironmentVariable::from_static("ELASTICSEARCH_PASSWORD"),
    };
    pub(super) const LOGSTASH: Self = Self {
        user: EnvironmentVariable::from_static("LOGSTASH_USER"),
        password: EnvironmentVariable::from_static("LOGSTASH_PASSWORD"),
    };

    /// The container with both variables, from a Secret of one user.
    pub(super) fn of(self, container: Container, secret: &SecretRef) -> Container {
        container
            .env_from_secret(&self.user, &SecretKeyRef::new(secret, &USERNAME))
            .env_from_secret(&self.password, &SecretKeyRef::new(secret, &PASSWORD))
    }
}
