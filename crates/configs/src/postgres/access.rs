//! `pg_hba.conf`: who may connect from where, and how they prove who they are. The first rule that
//! fits decides.

use std::fmt;

use names::Cidr;

use super::role::DatabaseRole;
use super::transport::Transport;

/// Which databases a rule is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// All of them, which does not include replication.
    All,
    /// The write-ahead log, for standbys and base backups.
    Replication,
    /// The maintenance database `postgres`.
    Maintenance,
}

/// Which roles a rule is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum User {
    /// All of them.
    All,
    /// One role.
    Role(DatabaseRole),
}

/// How a client over the network proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By its password, never sent in clear.
    ScramSha256,
    /// Not at all: it is turned away.
    Reject,
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccessRule {
    /// Connections through the socket inside the pod are trusted: whoever is there can read the
    /// data files too.
    Local {
        /// The databases.
        database: Database,
        /// The roles.
        user: User,
    },
    /// Connections over the network.
    Network {
        /// Whether only TLS will do.
        encrypted: bool,
        /// The databases.
        database: Database,
        /// The roles.
        user: User,
        /// Where the client must be.
        from: Cidr,
        /// What the client must show.
        method: Method,
    },
}

impl fmt::Display for AccessRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = |database: &Database| match database {
            Database::All => "all",
            Database::Replication => "replication",
            Database::Maintenance => "postgres",
        };
        let who = |user: &User| match user {
            User::All => "all".to_owned(),
            User::Role(role) => role.to_string(),
        };
        match self {
            Self::Local { database, user } => {
                write!(f, "local {} {} trust", column(database), who(user))
            }
            Self::Network {
                encrypted,
                database,
                user,
                from,
                method,
            } => {
                let connection = if *encrypted { "hostssl" } else { "host" };
                let method = match method {
                    Method::ScramSha256 => "scram-sha-256",
                    Method::Reject => "reject",
                };
                write!(
                    f,
                    "{connection} {} {} {from} {method}",
                    column(database),
                    who(user)
                )
            }
        }
    }
}

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessRules(pub Vec<AccessRule>);

impl AccessRules {
    /// What a cluster with standbys needs: the socket, the replication role for the log and for its
    /// questions in `postgres`, and every role with its password, each from these networks. The
    /// replication role gets no further than `postgres`.
    pub fn for_replication(
        transport: &Transport,
        replication: &DatabaseRole,
        networks: &[Cidr],
    ) -> Self {
        let encrypted = matches!(transport, Transport::Tls(_));
        let replicator = || User::Role(replication.clone());
        let mut rules = vec![AccessRule::Local {
            database: Database::All,
            user: User::All,
        }];
        for network in networks {
            let rule = |database, user, method| AccessRule::Network {
                encrypted,
                database,
                user,
                from: *network,
                method,
            };
            rules.extend([
                rule(Database::Replication, replicator(), Method::ScramSha256),
                rule(Database::Maintenance, replicator(), Method::ScramSha256),
                rule(Database::All, replicator(), Method::Reject),
                rule(Database::All, User::All, Method::ScramSha256),
            ]);
        }
        Self(rules)
    }

    /// A role that reads statistics may connect to `postgres` from inside its pod.
    pub fn monitored_by(mut self, role: &DatabaseRole) -> Self {
        self.0.push(AccessRule::Network {
            encrypted: false,
            database: Database::Maintenance,
            user: User::Role(role.clone()),
            from: LOOPBACK,
            method: Method::ScramSha256,
        });
        self
    }
}

/// The pod itself.
const LOOPBACK: Cidr = Cidr::v4([127, 0, 0, 1], 32);

impl fmt::Display for AccessRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|rule| writeln!(f, "{rule}"))
    }
}
