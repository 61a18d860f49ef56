//! Where PostgreSQL's files are inside its pod.

use crate::path::FilePath;

/// The paths that the configuration and the scripts agree on. The default is the layout of our
/// StatefulSet and of the `postgres` image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Where the claim is mounted.
    pub volume: FilePath,
    /// `PGDATA`: a directory below the volume, because `initdb` refuses the `lost+found` of a file
    /// system's root.
    pub data_directory: FilePath,
    /// Where the ConfigMap with the configuration and the scripts is mounted.
    pub configuration_directory: FilePath,
    /// The file whose only word is the name of the primary's pod; a ConfigMap key of its own,
    /// because a failover changes it.
    pub primary_file: FilePath,
    /// The file that says whether the whole cluster follows another one, beside the one before.
    pub follows_file: FilePath,
    /// The file with the time that a restore goes back to, or the word `latest`.
    pub restore_time_file: FilePath,
    /// Where the replication role's password is mounted.
    pub replication_password_file: FilePath,
    /// Where an init container puts the password file that libpq accepts: an `emptyDir`.
    pub passfile: FilePath,
    /// Where the test of a restore may fill a volume of its own.
    pub scratch_directory: FilePath,
    /// The directory of the server's socket. The image's first start reaches its server there and
    /// nowhere else.
    pub socket_directory: FilePath,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            volume: const { FilePath::from_static("/var/lib/postgresql/data") },
            data_directory: const { FilePath::from_static("/var/lib/postgresql/data/pgdata") },
            configuration_directory: const { FilePath::from_static("/etc/postgresql") },
            primary_file: const { FilePath::from_static("/etc/postgresql-topology/primary") },
            follows_file: const { FilePath::from_static("/etc/postgresql-topology/follows") },
            restore_time_file: const { FilePath::from_static("/etc/postgresql-restore/time") },
            replication_password_file: const {
                FilePath::from_static("/etc/postgresql-replication/password")
            },
            passfile: const { FilePath::from_static("/run/postgresql-passfile/passfile") },
            scratch_directory: const { FilePath::from_static("/var/lib/postgresql/restored") },
            socket_directory: const { FilePath::from_static("/var/run/postgresql") },
        }
    }
}

impl Layout {
    /// `postgresql.conf`.
    pub fn configuration_file(&self) -> FilePath {
        self.configuration_directory.join("postgresql.conf")
    }

    /// `pg_hba.conf`.
    pub fn access_file(&self) -> FilePath {
        self.configuration_directory.join("pg_hba.conf")
    }
}
