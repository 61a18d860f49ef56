//! `valkey.conf` of a cache: bounded memory, the least recently used goes first, and nothing is kept on disk.

pub(crate) mod scripts;

use std::fmt::Write as _;

use names::{Bytes, Port, percentage};

pub use scripts::Scripts;

/// A cache: what is in it can be lost at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache {
    /// The port.
    pub port: Port,
    /// The memory limit of the container; the rest beside the data is for connections, copies and fragmentation.
    pub memory: Bytes,
    /// Clients at most.
    pub clients: u32,
}

impl Cache {
    /// The memory that keys and values may take: seven tenths of the container's, in whole mebibytes.
    pub fn maximum_memory(&self) -> Bytes {
        Bytes::new(self.memory.share(percentage!(70)).as_mebi() << 20)
    }

    /// The file's text. The password is not in it: a script adds it from a secret.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (key, value) in [
            ("bind", "*".to_owned()),
            ("port", self.port.to_string()),
            // Everybody has to give the password, so that the mode which lets only this machine in is of no use.
            ("protected-mode", "no".to_owned()),
            ("dir", "/data".to_owned()),
            ("maxmemory", self.maximum_memory().get().to_string()),
            ("maxmemory-policy", "allkeys-lru".to_owned()),
            ("maxmemory-samples", "10".to_owned()),
            ("save", "\"\"".to_owned()),
            ("appendonly", "no".to_owned()),
            ("maxclients", self.clients.to_string()),
            ("timeout", "300".to_owned()),
            ("tcp-keepalive", "60".to_owned()),
            // Memory is given back in the background, so that a large value does not hold everybody up.
            ("lazyfree-lazy-eviction", "yes".to_owned()),
            ("lazyfree-lazy-expire", "yes".to_owned()),
            ("lazyfree-lazy-server-del", "yes".to_owned()),
            ("loglevel", "notice".to_owned()),
            ("logfile", "\"\"".to_owned()),
        ] {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{key} {value}");
        }
        text
    }
}
