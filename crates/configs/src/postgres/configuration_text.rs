//! The text of `postgresql.conf`.

use names::{Bytes, Duration, percentage};

use super::configuration::{Archive, Configuration, Synchronous, mebibytes};
use super::member::Members;
use super::setting::{Lines, Value};
use super::transport::Transport;
use crate::path::FilePath;

impl Configuration {
    /// The file's text. `members` are the standbys that a commit may have to wait for.
    pub fn to_text(&self, members: &Members) -> String {
        let mut lines = Lines::default();
        self.connections(&mut lines);
        self.resources(&mut lines);
        self.log(&mut lines);
        self.standbys(&mut lines, members);
        self.messages(&mut lines);
        lines.into_text()
    }

    fn connections(&self, lines: &mut Lines) {
        lines.heading("Connections");
        lines.set("listen_addresses", &Value::Text("*".to_owned()));
        lines.set("port", &Value::Number(self.port.get().into()));
        lines.set(
            "unix_socket_directories",
            &path(&self.layout.socket_directory),
        );
        lines.set("hba_file", &path(&self.layout.access_file()));
        lines.set(
            "max_connections",
            &Value::Number(self.max_connections.into()),
        );
        lines.set("password_encryption", &Value::Word("scram-sha-256"));
        // A client that vanished without a word is noticed within two minutes.
        lines.set("tcp_keepalives_idle", &Value::Time(Duration::seconds(60)));
        lines.set(
            "tcp_keepalives_interval",
            &Value::Time(Duration::seconds(10)),
        );
        lines.set("tcp_keepalives_count", &Value::Number(6));
        lines.set(
            "idle_in_transaction_session_timeout",
            &Value::Time(Duration::minutes(10)),
        );
        if let Transport::Tls(server) = &self.transport {
            lines.set("ssl", &Value::Switch(true));
            lines.set("ssl_cert_file", &path(&server.certificate));
            lines.set("ssl_key_file", &path(&server.key));
            lines.set(
                "ssl_min_protocol_version",
                &Value::Text("TLSv1.2".to_owned()),
            );
        }
    }

    fn resources(&self, lines: &mut Lines) {
        lines.heading("Resources");
        lines.set("shared_buffers", &Value::Size(self.shared_buffers));
        lines.set(
            "effective_cache_size",
            &Value::Size(self.effective_cache_size),
        );
        lines.set("work_mem", &Value::Size(self.work_mem));
        lines.set(
            "maintenance_work_mem",
            &Value::Size(self.maintenance_work_mem),
        );
        // Under a memory limit the kernel may refuse huge pages by killing the server.
        lines.set("huge_pages", &Value::Word("off"));
        lines.set(
            "max_worker_processes",
            &Value::Number(self.worker_processes.into()),
        );
        lines.set(
            "max_parallel_workers",
            &Value::Number(self.worker_processes.into()),
        );
        lines.set("random_page_cost", &Value::Hundredths(110));
        lines.set("effective_io_concurrency", &Value::Number(200));
    }

    fn log(&self, lines: &mut Lines) {
        lines.heading("Write-ahead log");
        lines.set("wal_level", &Value::Word("replica"));
        // Without it, or checksums, a former primary cannot be rewound.
        lines.set("wal_log_hints", &Value::Switch(true));
        lines.set("wal_compression", &Value::Switch(true));
        lines.set("checkpoint_timeout", &Value::Time(Duration::minutes(15)));
        lines.set("checkpoint_completion_target", &Value::Hundredths(90));
        lines.set("max_wal_size", &Value::Size(self.max_wal_size));
        lines.set(
            "min_wal_size",
            &Value::Size(mebibytes(self.max_wal_size.share(percentage!(25))).max(Bytes::mebi(80))),
        );
        let command = match &self.archive {
            // With the mode on and no command the log would be kept for ever.
            Archive::Off => None,
            Archive::Directory(directory) => Some(archive_into(directory)),
            Archive::Command(command) => Some(command.clone()),
        };
        lines.set("archive_mode", &Value::Switch(command.is_some()));
        if let Some(command) = command {
            lines.set("archive_command", &Value::Text(command));
            lines.set("archive_timeout", &Value::Time(Duration::minutes(1)));
        }
    }

    fn standbys(&self, lines: &mut Lines, members: &Members) {
        lines.heading("Replication");
        lines.set("hot_standby", &Value::Switch(true));
        // Long reads on a standby are not cancelled; the primary keeps the rows that they need.
        lines.set("hot_standby_feedback", &Value::Switch(true));
        lines.set(
            "max_wal_senders",
            &Value::Number(self.replication.senders.into()),
        );
        lines.set(
            "max_replication_slots",
            &Value::Number(self.replication.senders.into()),
        );
        lines.set("wal_keep_size", &Value::Size(self.replication.keep_size));
        lines.set(
            "max_slot_wal_keep_size",
            &Value::Size(self.replication.slot_keep_size),
        );
        if self.replication.synchronous == Synchronous::AnyStandby {
            let names: Vec<String> = members
                .iter()
                .map(|member| format!("\"{}\"", member.name()))
                .collect();
            lines.set(
                "synchronous_standby_names",
                &Value::Text(format!("ANY 1 ({})", names.join(","))),
            );
        }
    }

    fn messages(&self, lines: &mut Lines) {
        lines.heading("Messages");
        lines.set("logging_collector", &Value::Switch(false));
        lines.set(
            "log_line_prefix",
            &Value::Text("%m [%p] %q%u@%d from %h ".to_owned()),
        );
        lines.set("log_timezone", &Value::Text("UTC".to_owned()));
        lines.set("timezone", &Value::Text("UTC".to_owned()));
        lines.set("log_checkpoints", &Value::Switch(true));
        lines.set("log_lock_waits", &Value::Switch(true));
        lines.set(
            "log_autovacuum_min_duration",
            &Value::Time(Duration::seconds(10)),
        );
        lines.set("log_temp_files", &Value::Size(Bytes::mebi(10)));
        lines.set(
            "log_min_duration_statement",
            &Value::Time(self.slow_statement),
        );
        lines.set("track_io_timing", &Value::Switch(true));
    }
}

/// Copies a finished piece under another name first, so that a crash leaves no half of one under
/// its own.
fn archive_into(directory: &FilePath) -> String {
    format!(
        "test ! -f {directory}/%f && cp %p {directory}/%f.part && sync {directory}/%f.part && mv {directory}/%f.part {directory}/%f"
    )
}

fn path(path: &FilePath) -> Value {
    Value::Text(path.to_string())
}
