//! Whether PostgreSQL encrypts its own connections.

use crate::path::FilePath;

/// What the server shows to its clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerCertificate {
    /// The certificate and its intermediates.
    pub certificate: FilePath,
    /// Its key. PostgreSQL refuses one that others may read; a mounted Secret under `fsGroup`
    /// (0440, owner root) is accepted.
    pub key: FilePath,
    /// The authorities that the standbys check the primary's certificate against.
    pub authorities: FilePath,
}

/// How connections over the network travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// TLS by PostgreSQL itself; the access rules then admit nothing else.
    Tls(ServerCertificate),
    /// In clear as far as PostgreSQL knows: where a mesh encrypts, or on one machine.
    Clear,
}

impl Transport {
    /// The part of a libpq connection string that demands it.
    pub(crate) fn connection_options(&self) -> String {
        match self {
            Self::Tls(server) => format!("sslmode=verify-full sslrootcert={}", server.authorities),
            Self::Clear => "sslmode=disable".to_owned(),
        }
    }
}
