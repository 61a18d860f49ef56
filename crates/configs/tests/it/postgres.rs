//! PostgreSQL's files: snapshots, shellcheck, and a real cluster of three on this machine.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests hand files to other programs"
)]

use std::fs;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;

use configs::FilePath;
use configs::postgres::{
    AccessRules, Configuration, DatabaseRole, Layout, Member, Members, Monitoring, Scripts,
    ServerCertificate, Sizing, Transport,
};
use names::{Bytes, Cidr, Cpu, NamespaceName, Port, ServiceName, WorkloadName, name, port};

use crate::programs::run;
use crate::snapshots;

const REPLICATOR: DatabaseRole = DatabaseRole::from_static("replicator");

fn members() -> Members {
    let service = name!(ServiceName, "postgres-headless");
    let replicas = NonZeroU16::new(3).unwrap();
    Members::of_stateful_set(
        &name!(WorkloadName, "postgres"),
        &service,
        &name!(NamespaceName, "app"),
        port!(5432),
        replicas,
    )
}

fn tls() -> Transport {
    Transport::Tls(ServerCertificate {
        certificate: FilePath::from_static("/etc/postgresql-tls/tls.crt"),
        key: FilePath::from_static("/etc/postgresql-tls/tls.key"),
        authorities: FilePath::from_static("/etc/postgresql-tls/ca.crt"),
    })
}

fn monitoring() -> Monitoring {
    Monitoring {
        role: DatabaseRole::from_static("monitor"),
        password_file: FilePath::from_static("/etc/postgresql-monitor/password"),
    }
}

fn scripts(
    transport: Transport,
    monitoring: Option<Monitoring>,
    standby_must_stream: bool,
) -> Scripts {
    Scripts {
        members: members(),
        port: port!(5432),
        layout: Layout::default(),
        transport,
        replication_role: REPLICATOR,
        monitoring,
        standby_must_stream,
    }
}

#[test]
fn the_configuration_of_a_pod_with_four_gibibytes() {
    let sizing = Sizing {
        memory: Bytes::gibi(4),
        cpu: Cpu::cores(2),
        volume: Bytes::gibi(100),
    };
    let configuration =
        Configuration::derive(sizing, &members(), port!(5432), Layout::default(), tls());
    snapshots().bind(|| {
        insta::assert_snapshot!(
            "postgres__postgresql_conf",
            configuration.to_text(&members())
        );
    });
}

#[test]
fn the_access_rules_of_a_cluster_with_tls() {
    let networks = [Cidr::v4([10, 0, 0, 0], 16), "fd00:10::/56".parse().unwrap()];
    let rules = AccessRules::for_replication(&tls(), &REPLICATOR, &networks);
    snapshots().bind(|| insta::assert_snapshot!("postgres__pg_hba_conf", rules.to_string()));
}

#[test]
fn the_scripts_with_everything_on() {
    let files = scripts(tls(), Some(monitoring()), true).files();
    snapshots().bind(|| {
        for (key, text) in &files {
            insta::assert_snapshot!(
                format!("postgres__{}", key.as_str().replace('.', "_")),
                text
            );
        }
    });
}

#[test]
fn what_is_switched_off_leaves_no_trace() {
    let files = scripts(Transport::Clear, None, false).files();
    assert!(
        !files[&Scripts::INITIALIZE].contains("pg_monitor"),
        "{}",
        files[&Scripts::INITIALIZE]
    );
    assert!(
        !files[&Scripts::READINESS].contains("psql"),
        "{}",
        files[&Scripts::READINESS]
    );
    assert!(files[&Scripts::START].contains("sslmode=disable"));
    assert!(!files[&Scripts::START].contains("sslrootcert"));
}

#[test]
#[ignore = "needs shellcheck"]
fn shellcheck_finds_nothing() {
    let directory = tempfile::tempdir().unwrap();
    for (variant, scripts) in [
        scripts(tls(), Some(monitoring()), true),
        scripts(Transport::Clear, None, false),
    ]
    .iter()
    .enumerate()
    {
        for (key, text) in scripts.files() {
            fs::write(directory.path().join(format!("{variant}-{key}")), text).unwrap();
        }
    }
    let drivers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres");
    for directory in [directory.path(), &drivers] {
        for script in fs::read_dir(directory).unwrap() {
            run(Command::new("shellcheck")
                .arg("--enable=all")
                .arg("--exclude=SC2250,SC2310,SC2312,SC2311,SC2249")
                .arg(script.unwrap().path()));
        }
    }
}

/// Lays out three members below `root` and lets `tests/postgres/replication.sh` drive them.
#[test]
#[ignore = "needs the PostgreSQL 15 programs and, for root, a user `postgres`"]
fn a_real_cluster_replicates_and_never_has_two_primaries() {
    let root = tempfile::tempdir().unwrap();
    let ports = free_ports();
    let names = ["postgres-0", "postgres-1", "postgres-2"];
    let mut all = names.iter().zip(ports).map(|(name, port)| {
        Member::at(
            &name.parse().unwrap(),
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            port,
        )
    });
    let members = Members::new(all.next().unwrap(), all);
    for (name, port) in names.iter().zip(ports) {
        lay_out(&root.path().join(name), port, &members);
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres");
    fs::copy(
        tests.join("docker-entrypoint.sh"),
        root.path().join("docker-entrypoint.sh"),
    )
    .unwrap();
    run(Command::new("chmod")
        .arg("-R")
        .arg("a+rX,u+x")
        .arg(root.path()));
    let driver = root.path().join("replication.sh");
    fs::copy(tests.join("replication.sh"), &driver).unwrap();
    let programs = "PATH=\"$1:$(ls -d /usr/lib/postgresql/15/bin /usr/local/pgsql/bin 2>/dev/null | head -n 1):$PATH\"; exec bash \"$2\" \"$1\"";
    let mut command = if run(Command::new("id").arg("-u")).trim() == "0" {
        run(Command::new("chown")
            .arg("-R")
            .arg("postgres")
            .arg(root.path()));
        let mut command = Command::new("setpriv");
        command.args([
            "--reuid=postgres",
            "--regid=postgres",
            "--clear-groups",
            "bash",
        ]);
        command
    } else {
        Command::new("bash")
    };
    let said = run(command
        .current_dir(root.path())
        .args(["-c", programs, "bash"])
        .arg(root.path())
        .arg(driver));
    assert!(said.contains("every step as expected"), "{said}");
}

/// Ports that nothing listened on a moment ago.
fn free_ports() -> [Port; 3] {
    let listeners = [(); 3].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
    listeners.map(|listener| Port::new(listener.local_addr().unwrap().port()).unwrap())
}

/// The files of one member, where a pod would have its mounts.
fn lay_out(home: &Path, port: Port, members: &Members) {
    let path = |name: &str| {
        home.join(name)
            .to_str()
            .unwrap()
            .parse::<FilePath>()
            .unwrap()
    };
    let layout = Layout {
        volume: path("volume"),
        data_directory: path("volume/data"),
        configuration_directory: path("configuration"),
        primary_file: path("topology/primary"),
        replication_password_file: path("password"),
        passfile: path("passfile"),
        socket_directory: path("socket"),
    };
    for directory in [
        "volume",
        "configuration",
        "topology",
        "socket",
        "scripts",
        "initdb.d",
    ] {
        fs::create_dir_all(home.join(directory)).unwrap();
    }
    let sizing = Sizing {
        memory: Bytes::mebi(256),
        cpu: Cpu::cores(1),
        volume: Bytes::gibi(4),
    };
    let configuration =
        Configuration::derive(sizing, members, port, layout.clone(), Transport::Clear);
    fs::write(
        home.join("configuration/postgresql.conf"),
        configuration.to_text(members),
    )
    .unwrap();
    let rules = AccessRules::for_replication(
        &Transport::Clear,
        &REPLICATOR,
        &[Cidr::v4([127, 0, 0, 0], 8)],
    );
    fs::write(home.join("configuration/pg_hba.conf"), rules.to_string()).unwrap();
    fs::write(
        home.join("password"),
        "pass:word\\ with 'quotes' and $HOME\n",
    )
    .unwrap();
    fs::write(home.join("port"), port.to_string()).unwrap();
    let monitoring = Some(Monitoring {
        password_file: path("password"),
        ..monitoring()
    });
    let scripts = Scripts {
        members: members.clone(),
        port,
        layout,
        transport: Transport::Clear,
        replication_role: REPLICATOR,
        monitoring,
        standby_must_stream: true,
    };
    for (key, text) in scripts.files() {
        let directory = if key == Scripts::INITIALIZE {
            "initdb.d"
        } else {
            "scripts"
        };
        fs::write(home.join(directory).join(key.as_str()), text).unwrap();
    }
}
