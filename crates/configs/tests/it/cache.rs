//! The cache's files: snapshots.

use configs::valkey::{Cache, Scripts};
use names::{Bytes, port};

use crate::snapshots;

pub(crate) fn scripts() -> Scripts {
    let path = |name: &str| name.parse().unwrap();
    Scripts {
        password_file: path("/etc/valkey-secret/password"),
        configuration_file: path("/etc/valkey/valkey.conf"),
        run_file: path("/run/valkey/valkey.conf"),
        port: port!(6379),
    }
}

#[test]
fn the_files_of_a_cache() {
    let cache = Cache {
        port: port!(6379),
        memory: Bytes::gibi(1),
        clients: 5000,
    };
    assert_eq!(cache.maximum_memory(), Bytes::mebi(716));
    snapshots().bind(|| {
        insta::assert_snapshot!("valkey__conf", cache.to_text());
        for (key, text) in scripts().files() {
            let name = key.as_str().replace('.', "_");
            insta::assert_snapshot!(format!("valkey__{name}"), text);
        }
    });
}
