//! What every member of a cluster runs with, derived from the resources of its pod.

use names::{Bytes, Cpu, Duration, Port, percentage};

use super::layout::Layout;
use super::member::Members;
use super::transport::Transport;
use crate::path::FilePath;

/// What a pod has; the derived settings follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizing {
    /// The memory limit of the container.
    pub memory: Bytes,
    /// Its CPU limit.
    pub cpu: Cpu,
    /// The size of the claim.
    pub volume: Bytes,
}

/// How the primary confirms a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Synchronous {
    /// When its own disk has it: what a lost primary had not sent is lost.
    #[default]
    Local,
    /// When any one standby has it too. With no standby connected commits wait.
    AnyStandby,
}

/// Streaming replication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replication {
    /// Connections and slots for standbys and base backups.
    pub senders: u16,
    /// The log kept for a member without a slot, such as a former primary that has to be rewound.
    pub keep_size: Bytes,
    /// The most log that a slot may hold back. A standby that is further behind has to be cloned;
    /// without a bound it would fill the disk.
    pub slot_keep_size: Bytes,
    /// How commits are confirmed.
    pub synchronous: Synchronous,
}

/// Where finished pieces of the log go, for recovery to a point in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Archive {
    /// Nowhere.
    #[default]
    Off,
    /// Into a directory on a volume of its own.
    Directory(FilePath),
    /// To wherever this command takes `%p` (a path) under the name `%f`. It must fail rather than
    /// overwrite.
    Command(String),
}

/// All settings that differ from PostgreSQL's own, and some that must not.
///
/// The connection and worker limits are the same on all members: a standby with a lower one does
/// not start.
#[derive(Clone, Debug, PartialEq)]
pub struct Configuration {
    /// The port inside the pod.
    pub port: Port,
    /// Where the files are.
    pub layout: Layout,
    /// Whether the server encrypts.
    pub transport: Transport,
    /// Clients at the same time.
    pub max_connections: u16,
    /// The server's own cache.
    pub shared_buffers: Bytes,
    /// The cache that the planner may count on, the kernel's included.
    pub effective_cache_size: Bytes,
    /// Memory of one sort or hash; a query may use several.
    pub work_mem: Bytes,
    /// Memory of one vacuum or index build.
    pub maintenance_work_mem: Bytes,
    /// Background processes, and among them those that may help queries.
    pub worker_processes: u16,
    /// The log's size at which a checkpoint is forced.
    pub max_wal_size: Bytes,
    /// The replication settings.
    pub replication: Replication,
    /// The archive.
    pub archive: Archive,
    /// Statements that take longer are logged.
    pub slow_statement: Duration,
}

impl Configuration {
    /// Settings that fit the pod: a quarter of the memory for the server's cache, three quarters
    /// for both caches, a connection for each 16 MiB (25 to 500), a tenth of the volume for the log
    /// between checkpoints and three tenths for what slots may hold back.
    pub fn derive(
        sizing: Sizing,
        members: &Members,
        port: Port,
        layout: Layout,
        transport: Transport,
    ) -> Self {
        let Sizing {
            memory,
            cpu,
            volume,
        } = sizing;
        let shared_buffers = mebibytes(memory.share(percentage!(25))).max(Bytes::mebi(128));
        let max_connections = limit_u16(memory.as_mebi() / 16).clamp(25, 500);
        let per_connection =
            memory.saturating_sub(shared_buffers).get() / (u64::from(max_connections) * 3);
        Self {
            port,
            layout,
            transport,
            max_connections,
            shared_buffers,
            effective_cache_size: mebibytes(memory.share(percentage!(75))).max(shared_buffers),
            work_mem: mebibytes(Bytes::new(per_connection)).max(Bytes::mebi(4)),
            maintenance_work_mem: mebibytes(memory.share(percentage!(6)))
                .clamp(Bytes::mebi(64), Bytes::gibi(2)),
            worker_processes: limit_u16(cpu.whole_cores()).max(8),
            max_wal_size: mebibytes(volume.share(percentage!(10)))
                .clamp(Bytes::mebi(256), Bytes::gibi(16)),
            replication: Replication {
                // Each standby needs one for its slot, a clone two more for the time that it takes;
                // the rest is for backups.
                senders: limit_u16(members.count() as u64 * 3).max(10),
                keep_size: Bytes::gibi(1).min(mebibytes(volume.share(percentage!(5)))),
                slot_keep_size: mebibytes(volume.share(percentage!(30))),
                synchronous: Synchronous::default(),
            },
            archive: Archive::default(),
            slow_statement: Duration::seconds(1),
        }
    }
}

/// The whole mebibytes of an amount.
pub(super) const fn mebibytes(amount: Bytes) -> Bytes {
    Bytes::new(amount.as_mebi() << 20)
}

fn limit_u16(number: u64) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use names::{Bytes, Cpu, NamespaceName, ServiceName, WorkloadName, name, port};

    use super::{Archive, Configuration, Layout, Members, Sizing, Synchronous, Transport};
    use crate::path::FilePath;

    fn members() -> Members {
        let replicas = NonZeroU16::new(3).unwrap();
        let service = name!(ServiceName, "postgres-headless");
        Members::of_stateful_set(
            &name!(WorkloadName, "postgres"),
            &service,
            &name!(NamespaceName, "app"),
            port!(5432),
            replicas,
        )
    }

    fn derived(memory: Bytes, volume: Bytes) -> Configuration {
        let sizing = Sizing {
            memory,
            cpu: Cpu::cores(2),
            volume,
        };
        Configuration::derive(
            sizing,
            &members(),
            port!(5432),
            Layout::default(),
            Transport::Clear,
        )
    }

    #[test]
    fn memory_settings_follow_the_container() {
        let small = derived(Bytes::gibi(1), Bytes::gibi(10));
        let large = derived(Bytes::gibi(32), Bytes::gibi(1000));
        assert_eq!(
            (small.shared_buffers, large.shared_buffers),
            (Bytes::mebi(256), Bytes::gibi(8))
        );
        assert_eq!(
            (small.effective_cache_size, large.effective_cache_size),
            (Bytes::mebi(768), Bytes::gibi(24))
        );
        assert_eq!((small.max_connections, large.max_connections), (64, 500));
        assert_eq!(large.max_wal_size, Bytes::gibi(16));
    }

    #[test]
    fn a_tiny_container_gets_settings_that_postgresql_accepts() {
        let tiny = derived(Bytes::mebi(64), Bytes::gibi(1));
        assert_eq!(
            (tiny.shared_buffers, tiny.max_connections, tiny.work_mem),
            (Bytes::mebi(128), 25, Bytes::mebi(4))
        );
        assert!(tiny.effective_cache_size >= tiny.shared_buffers);
    }

    #[test]
    fn the_log_and_what_slots_hold_back_leave_half_of_the_volume_for_data() {
        for gibi in [1, 10, 100, 1000] {
            let volume = Bytes::gibi(gibi);
            let settings = derived(Bytes::gibi(4), volume);
            let log = settings.max_wal_size
                + settings.replication.slot_keep_size
                + settings.replication.keep_size;
            assert!(log * 2 < volume + Bytes::mebi(600), "{gibi} GiB: {log}");
        }
    }

    #[test]
    fn an_archive_is_on_only_with_a_command() {
        let mut settings = derived(Bytes::gibi(4), Bytes::gibi(100));
        assert!(
            settings
                .to_text(&members())
                .contains("\narchive_mode = off\n")
        );
        settings.archive = Archive::Directory(FilePath::from_static("/archive"));
        let text = settings.to_text(&members());
        assert!(
            text.contains(
                "\narchive_mode = on\narchive_command = 'test ! -f /archive/%f && cp %p "
            ),
            "{text}"
        );
    }

    #[test]
    fn synchronous_commits_name_every_member_as_any_of_them_may_be_the_standby() {
        let mut settings = derived(Bytes::gibi(4), Bytes::gibi(100));
        assert!(
            !settings
                .to_text(&members())
                .contains("synchronous_standby_names")
        );
        settings.replication.synchronous = Synchronous::AnyStandby;
        let names =
            r#"synchronous_standby_names = 'ANY 1 ("postgres-0","postgres-1","postgres-2")'"#;
        assert!(settings.to_text(&members()).contains(names));
    }
}
