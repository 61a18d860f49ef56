//! The archive: where the log and the base backups go, and the scripts that write, read, restore and test it.

use names::{DataKey, Duration, ObjectName, Port, name};
use serde::Serialize;

use super::layout::Layout;
use super::member::Member;
use super::role::DatabaseRole;
use super::scripts::Scripts;
use crate::path::FilePath;
use crate::serialize;
use crate::templates::{shell_script, template};
use crate::text::text_type;

/// Seconds for which a base backup waits until the archive has the piece of the log that holds its end. With a heartbeat,
/// a piece is finished and archived within `archive_timeout`.
const ARCHIVE_WAIT: u32 = 600;

text_type! {
    /// A folder at one of rclone's remotes: the remote's name, a colon, and a path of harmless characters.
    ArchivePath, "archive", is_archive,
    "a remote's name of lowercase letters, a colon, and a path of letters, digits and `._/-`",
    "archive:example-backups/postgres"
}

/// One of rclone's remotes, as the environment of a container defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remote {
    /// Where this cluster keeps its own archive: `RCLONE_CONFIG_ARCHIVE_…`.
    Archive,
    /// Where the cluster that this one follows keeps its archive: `RCLONE_CONFIG_SOURCE_…`.
    Source,
}

impl ArchivePath {
    /// The folder of the database in a bucket.
    pub fn in_bucket(remote: Remote, bucket: &ObjectName) -> Self {
        let remote = match remote {
            Remote::Archive => "archive",
            Remote::Source => "source",
        };
        Self(format!("{remote}:{bucket}/postgres").into())
    }
}

const fn is_archive(text: &[u8]) -> bool {
    let mut at = 0;
    while at < text.len() && text[at].is_ascii_lowercase() {
        at += 1;
    }
    if at == 0 || at + 1 >= text.len() || text[at] != b':' || text[text.len() - 1] == b'/' {
        return false;
    }
    at += 1;
    while at < text.len() {
        if !(text[at].is_ascii_alphanumeric() || matches!(text[at], b'.' | b'_' | b'/' | b'-')) {
            return false;
        }
        at += 1;
    }
    true
}

/// Where the log and the base backups are kept, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archiving {
    /// The archive that this cluster writes.
    pub archive: ArchivePath,
    /// The archive of the cluster that this one follows, where it stands by for another.
    pub follows: Option<ArchivePath>,
    /// How far back a restore has to be able to go.
    pub keep: Duration,
    /// The greatest age of the heartbeat in a server that was restored for a test.
    pub maximum_age: Duration,
}

impl Archiving {
    /// The server's `archive_command`.
    pub const ARCHIVE: DataKey = name!(DataKey, "archive.sh");
    /// The server's `restore_command`.
    pub const FETCH_LOG: DataKey = name!(DataKey, "fetch-log.sh");
    /// Unpacks and verifies a base backup.
    pub const FETCH_BASE: DataKey = name!(DataKey, "fetch-base.sh");
    /// Makes a server out of the archive.
    pub const RECOVER: DataKey = name!(DataKey, "recover.sh");
    /// Takes a base backup and removes what is too old.
    pub const BACKUP: DataKey = name!(DataKey, "backup.sh");
    /// Puts the first member's volume back to a time.
    pub const RESTORE: DataKey = name!(DataKey, "restore.sh");
    /// Proves that the archive can be restored.
    pub const RESTORE_TEST: DataKey = name!(DataKey, "restore-test.sh");

    /// The server's `archive_command`, with the scripts in this folder.
    pub fn command(layout: &Layout) -> String {
        format!(
            "bash {}/{} %p %f",
            layout.configuration_directory,
            Self::ARCHIVE
        )
    }

    pub(super) fn files(&self, scripts: &Scripts) -> [(DataKey, String); 7] {
        [
            (
                Self::ARCHIVE,
                shell_script(&Archive {
                    archive: &self.archive,
                }),
            ),
            (
                Self::FETCH_LOG,
                shell_script(&FetchLog {
                    archive: &self.archive,
                }),
            ),
            (
                Self::FETCH_BASE,
                shell_script(&FetchBase {
                    archive: &self.archive,
                }),
            ),
            (Self::RECOVER, shell_script(&Recover::of(scripts))),
            (Self::BACKUP, shell_script(&self.backup(scripts))),
            (Self::RESTORE, shell_script(&Restore::of(scripts))),
            (
                Self::RESTORE_TEST,
                shell_script(&RestoreTest {
                    scratch_directory: &scripts.layout.scratch_directory,
                    socket_directory: &scripts.layout.socket_directory,
                    port: scripts.port,
                    maximum_age: self.maximum_age.as_seconds(),
                }),
            ),
        ]
    }

    fn backup<'a>(&'a self, scripts: &'a Scripts) -> Backup<'a> {
        Backup {
            archive: &self.archive,
            members: scripts.members.iter().collect(),
            replication_role: &scripts.replication_role,
            passfile: &scripts.layout.passfile,
            transport: scripts.transport.connection_options(),
            archive_wait: ARCHIVE_WAIT,
            keep: self.keep.as_seconds(),
        }
    }
}

/// What `archive.sh` is made from: it archives one piece of the log.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Archive<'a> {
    archive: &'a ArchivePath,
}

/// What `fetch-log.sh` is made from: it gets one piece of the log back.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FetchLog<'a> {
    archive: &'a ArchivePath,
}

/// What `fetch-base.sh` is made from: it unpacks a base backup.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FetchBase<'a> {
    archive: &'a ArchivePath,
}

/// What `recover.sh` is made from: it makes a server out of the archive.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Recover<'a> {
    #[serde(serialize_with = "serialize::display")]
    configuration_file: FilePath,
    #[serde(serialize_with = "serialize::display")]
    configuration_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    socket_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    port: Port,
}

impl<'a> Recover<'a> {
    fn of(scripts: &'a Scripts) -> Self {
        Self {
            configuration_file: scripts.layout.configuration_file(),
            configuration_directory: &scripts.layout.configuration_directory,
            socket_directory: &scripts.layout.socket_directory,
            port: scripts.port,
        }
    }
}

/// What `backup.sh` is made from: it takes a base backup.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Backup<'a> {
    archive: &'a ArchivePath,
    members: Vec<&'a Member>,
    #[serde(serialize_with = "serialize::display")]
    replication_role: &'a DatabaseRole,
    #[serde(serialize_with = "serialize::display")]
    passfile: &'a FilePath,
    transport: String,
    archive_wait: u32,
    keep: u64,
}

/// What `restore.sh` is made from: it puts a volume back to a time.
#[derive(Clone, Debug, Serialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the names are the template's, which knows of no struct"
)]
pub(crate) struct Restore<'a> {
    #[serde(serialize_with = "serialize::display")]
    volume: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    data_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    primary_file: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    restore_time_file: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    socket_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    port: Port,
    members: Vec<&'a Member>,
    nobody: &'static str,
}

impl<'a> Restore<'a> {
    fn of(scripts: &'a Scripts) -> Self {
        let layout = &scripts.layout;
        Self {
            volume: &layout.volume,
            data_directory: &layout.data_directory,
            primary_file: &layout.primary_file,
            restore_time_file: &layout.restore_time_file,
            socket_directory: &layout.socket_directory,
            port: scripts.port,
            members: scripts.members.iter().collect(),
            nobody: Scripts::NOBODY,
        }
    }
}

/// What `restore-test.sh` is made from: it proves that the archive can be restored.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RestoreTest<'a> {
    #[serde(serialize_with = "serialize::display")]
    scratch_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    socket_directory: &'a FilePath,
    #[serde(serialize_with = "serialize::display")]
    port: Port,
    maximum_age: u64,
}

template!(Archive<'_>, "postgres/archive.sh");
template!(FetchLog<'_>, "postgres/fetch-log.sh");
template!(FetchBase<'_>, "postgres/fetch-base.sh");
template!(Recover<'_>, "postgres/recover.sh");
template!(Backup<'_>, "postgres/backup.sh");
template!(Restore<'_>, "postgres/restore.sh");
template!(RestoreTest<'_>, "postgres/restore-test.sh");

#[cfg(test)]
mod tests {
    use super::ArchivePath;

    #[test]
    fn an_archive_is_a_remote_and_a_path() {
        for right in [
            "archive:bucket",
            "source:bucket/postgres/prod",
            "archive:/tmp/x",
        ] {
            assert!(right.parse::<ArchivePath>().is_ok(), "{right}");
        }
        for wrong in [
            "",
            "archive:",
            "bucket/path",
            ":bucket",
            "Archive:b",
            "archive:b/",
            "archive:a b",
            "a:b'c",
        ] {
            assert!(wrong.parse::<ArchivePath>().is_err(), "{wrong}");
        }
    }
}
