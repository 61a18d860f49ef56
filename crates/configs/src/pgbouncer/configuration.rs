//! `pgbouncer.ini`: which databases are pooled, with how many connections, and how clients prove who they are.

use std::fmt::Write as _;

use names::{Duration, Port};

use crate::path::FilePath;
use crate::postgres::{DatabaseRole, Transport};

/// One database as clients see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The name that clients connect to.
    pub name: String,
    /// The server's host.
    pub host: String,
    /// The server's port.
    pub port: Port,
    /// The database there.
    pub database: String,
    /// Connections to the server at most, whoever uses them.
    pub connections: u16,
}

/// How passwords are found out: a role of its own asks the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The role that asks.
    pub role: DatabaseRole,
    /// The list with that role's own password, which a script makes.
    pub user_file: FilePath,
}

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// The port that clients connect to.
    pub port: Port,
    /// The databases.
    pub pools: Vec<Pool>,
    /// How passwords are found out.
    pub lookup: Lookup,
    /// Who may connect from where.
    pub access_file: FilePath,
    /// The role that reads statistics, where somebody does.
    pub statistics: Option<DatabaseRole>,
    /// Client connections at most.
    pub clients: u32,
    /// Whether the connections to the server are encrypted, as the server has it.
    pub transport: Transport,
}

impl Configuration {
    /// The user and the group that the image runs as: `postgres` of Alpine.
    pub const USER: i64 = 70;

    /// The file's text.
    pub fn to_text(&self) -> String {
        let mut text = String::from("[databases]\n");
        for pool in &self.pools {
            // Writing to a `String` cannot fail.
            let _ = writeln!(
                text,
                "{} = host={} port={} dbname={} pool_size={} max_db_connections={}",
                pool.name,
                pool.host,
                pool.port,
                pool.database,
                per_user(pool.connections),
                pool.connections
            );
        }
        text.push_str("\n[pgbouncer]\n");
        for (key, value) in self.settings() {
            let _ = writeln!(text, "{key} = {value}");
        }
        text
    }

    fn settings(&self) -> Vec<(&'static str, String)> {
        let word = |word: &str| word.to_owned();
        let seconds = |time: Duration| time.as_seconds().to_string();
        let mut settings = vec![
            ("listen_addr", word("0.0.0.0")),
            ("listen_port", self.port.to_string()),
            ("unix_socket_dir", word("")),
            ("logfile", word("")),
            ("pidfile", word("")),
            ("auth_type", word("hba")),
            ("auth_hba_file", self.access_file.to_string()),
            ("auth_file", self.lookup.user_file.to_string()),
            ("auth_user", self.lookup.role.to_string()),
            (
                "auth_query",
                word("SELECT username, password FROM pgbouncer.lookup($1)"),
            ),
            // A connection belongs to a client for one transaction. What is set for a session would leak to the next client.
            ("pool_mode", word("transaction")),
            ("max_prepared_statements", word("200")),
            ("max_client_conn", self.clients.to_string()),
            // The JDBC driver always sends it, and what it asks for is the default.
            ("ignore_startup_parameters", word("extra_float_digits")),
            // A client hears of a database that is away while somebody still waits for the answer.
            ("query_wait_timeout", seconds(Duration::seconds(30))),
            ("server_connect_timeout", seconds(Duration::seconds(5))),
            ("server_login_retry", seconds(Duration::seconds(2))),
            ("server_idle_timeout", seconds(Duration::minutes(10))),
            ("server_lifetime", seconds(Duration::hours(1))),
            ("tcp_keepalive", word("1")),
            ("tcp_keepidle", seconds(Duration::seconds(60))),
            ("tcp_keepintvl", seconds(Duration::seconds(10))),
            ("tcp_keepcnt", word("6")),
            ("log_connections", word("0")),
            ("log_disconnections", word("0")),
        ];
        match &self.transport {
            Transport::Tls(server) => settings.extend([
                ("server_tls_sslmode", word("verify-full")),
                ("server_tls_ca_file", server.authorities.to_string()),
            ]),
            Transport::Clear => settings.push(("server_tls_sslmode", word("disable"))),
        }
        if let Some(role) = &self.statistics {
            settings.push(("stats_users", role.to_string()));
        }
        settings
    }
}

/// Half of the connections for one role, so that a busy one does not leave the others without.
fn per_user(connections: u16) -> u16 {
    connections.div_ceil(2)
}
