//! PgBouncer's files: snapshots, and what the driver of a real one needs.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests hand files to other programs"
)]

use std::fs;
use std::path::Path;

use configs::FilePath;
use configs::pgbouncer::{Configuration, Lookup, Pool, Scripts, User, access_rules};
use configs::postgres::{DatabaseRole, ServerCertificate, Transport};
use names::{Cidr, Duration, Port, port};

use crate::snapshots;

const POOLER: DatabaseRole = DatabaseRole::from_static("pooler");
const STATISTICS: DatabaseRole = DatabaseRole::from_static("statistics");

fn scripts_in(path: impl Fn(&str) -> FilePath) -> Scripts {
    let user = |role: DatabaseRole, file| User {
        role,
        password_file: path(file),
    };
    Scripts {
        users: vec![
            user(POOLER, "password"),
            user(STATISTICS, "statistics-password"),
        ],
        user_file: path("users.txt"),
        configuration_file: path("pgbouncer.ini"),
        drain: Duration::seconds(5),
    }
}

pub(crate) fn scripts() -> Scripts {
    scripts_in(|name| format!("/etc/pgbouncer/{name}").parse().unwrap())
}

fn configuration(
    port: Port,
    server: Port,
    transport: Transport,
    path: impl Fn(&str) -> FilePath,
) -> Configuration {
    let pool = |name: &str, host: &str, connections| Pool {
        name: name.to_owned(),
        host: host.to_owned(),
        port: server,
        database: "app".to_owned(),
        connections,
    };
    Configuration {
        port,
        pools: vec![
            pool("app", "127.0.0.1", 60),
            pool("app_ro", "127.0.0.1", 20),
        ],
        lookup: Lookup {
            role: POOLER,
            user_file: path("users.txt"),
        },
        access_file: path("pg_hba.conf"),
        statistics: Some(STATISTICS),
        clients: 100,
        transport,
    }
}

/// The files of a PgBouncer before the server at `server`, in the folder `pooler`.
pub(crate) fn lay_out(root: &Path, server: Port, port: Port) {
    let folder = root.join("pooler");
    fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| -> FilePath { folder.join(name).to_str().unwrap().parse().unwrap() };
    let write = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
    let configuration = configuration(port, server, Transport::Clear, path);
    write("pgbouncer.ini", configuration.to_text());
    let loopback = [Cidr::v4([127, 0, 0, 0], 8)];
    write("pg_hba.conf", access_rules(&loopback, Some(&STATISTICS)));
    write("password", "say \"please\"\n".to_owned());
    write("statistics-password", "statistics".to_owned());
    write("port", port.to_string());
    for (key, text) in scripts_in(path).files() {
        write(key.as_str(), text);
    }
}

#[test]
fn the_files_of_a_pooler() {
    let path = |name: &str| -> FilePath { format!("/etc/pgbouncer/{name}").parse().unwrap() };
    let certificate = ServerCertificate {
        certificate: path("tls.crt"),
        key: path("tls.key"),
        authorities: path("ca.crt"),
    };
    let encrypted = configuration(port!(6432), port!(5432), Transport::Tls(certificate), path);
    let rules = access_rules(&[Cidr::v4([10, 0, 0, 0], 16)], Some(&STATISTICS));
    snapshots().bind(|| {
        insta::assert_snapshot!("pgbouncer__ini", encrypted.to_text());
        insta::assert_snapshot!("pgbouncer__pg_hba_conf", rules);
        for (key, text) in scripts().files() {
            let name = key.as_str().replace('.', "_");
            insta::assert_snapshot!(format!("pgbouncer__{name}"), text);
        }
    });
}
