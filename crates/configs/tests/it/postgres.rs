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
    AccessRules, Account, Accounts, Archive, Archiving, Configuration, DatabaseRole, Layout,
    Member, Members, PoolerAccount, Scripts, ServerCertificate, Sizing, Transport,
};
use names::{
    Bytes, Cidr, Cpu, Duration, NamespaceName, Port, ServiceName, WorkloadName, name, port,
};

use crate::programs::run;
use crate::{cache, pooler, snapshots};

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

fn accounts(file: impl Fn(&str) -> FilePath) -> Accounts {
    Accounts {
        monitoring: Some(Account {
            role: DatabaseRole::from_static("monitor"),
            password_file: file("monitoring-password"),
        }),
        pooler: Some(PoolerAccount {
            account: Account {
                role: DatabaseRole::from_static("pooler"),
                password_file: file("pooler-password"),
            },
            database: "app".to_owned(),
            connections: 20,
        }),
    }
}

fn mounted(name: &str) -> FilePath {
    format!("/etc/{name}").parse().unwrap()
}

fn archiving() -> Archiving {
    Archiving {
        archive: "archive:example-backups/postgres".parse().unwrap(),
        follows: Some("source:example-other/postgres".parse().unwrap()),
        keep: Duration::days(14),
        maximum_age: Duration::minutes(15),
    }
}

fn scripts(
    transport: Transport,
    accounts: Accounts,
    archive: Option<Archiving>,
    standby_must_stream: bool,
) -> Scripts {
    Scripts {
        members: members(),
        port: port!(5432),
        layout: Layout::default(),
        transport,
        replication_role: REPLICATOR,
        accounts,
        archive,
        standby_must_stream,
    }
}

fn everything() -> Scripts {
    scripts(tls(), accounts(mounted), Some(archiving()), true)
}

fn nothing() -> Scripts {
    scripts(Transport::Clear, Accounts::default(), None, false)
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
    let files = everything().files();
    snapshots().bind(|| {
        for (key, text) in &files {
            insta::assert_snapshot!(
                format!("postgres__{}", key.as_str().replace('.', "_")),
                text
            );
        }
    });
}

/// Without this, a template that does not fit would be found by whoever runs its script.
#[test]
fn every_template_fits_its_context_with_everything_on_and_off() {
    for files in [
        everything().files(),
        nothing().files(),
        pooler::scripts().files(),
        cache::scripts().files(),
    ] {
        for (key, text) in files {
            assert!(text.starts_with("#!/"), "{key}");
            assert!(!text.contains("failed to render"), "{key}: {text}");
        }
    }
}

#[test]
fn what_is_switched_off_leaves_no_trace() {
    let files = nothing().files();
    assert!(
        !files[&Scripts::UPKEEP].contains("create role"),
        "{}",
        files[&Scripts::UPKEEP]
    );
    assert!(!files[&Scripts::START].contains("following"));
    assert!(!files.contains_key(&Archiving::BACKUP));
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
    let variants = [
        everything().files(),
        nothing().files(),
        pooler::scripts().files(),
        cache::scripts().files(),
    ];
    for (variant, files) in variants.into_iter().enumerate() {
        for (key, text) in files {
            fs::write(directory.path().join(format!("{variant}-{key}")), text).unwrap();
        }
    }
    let drivers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres");
    for directory in [directory.path(), &drivers] {
        for script in fs::read_dir(directory).unwrap() {
            run(Command::new("shellcheck")
                .args(["--external-sources", "--enable=all"])
                .arg("--exclude=SC2250,SC2310,SC2312,SC2311,SC2249")
                .arg(script.unwrap().path()));
        }
    }
}

/// A cluster laid out below a folder, one member a folder, with what its pods would have mounted.
struct Laid<'a> {
    root: &'a Path,
    archive: Option<&'a str>,
    follows: Option<&'a str>,
}

const NAMES: [&str; 3] = ["postgres-0", "postgres-1", "postgres-2"];

impl Laid<'_> {
    fn out(&self) {
        let ports: [Port; 3] = free_ports();
        let mut all = NAMES.iter().zip(ports).map(|(name, port)| {
            Member::at(
                &name.parse().unwrap(),
                IpAddr::V4(Ipv4Addr::LOCALHOST),
                port,
            )
        });
        let members = Members::new(all.next().unwrap(), all);
        for (name, port) in NAMES.iter().zip(ports) {
            self.member(&self.root.join(name), port, &members);
        }
    }

    fn archiving(&self) -> Option<Archiving> {
        let path = |text: &str| format!("archive:{text}").parse().unwrap();
        self.archive.map(|archive| Archiving {
            archive: path(archive),
            follows: self.follows.map(path),
            keep: Duration::seconds(1),
            maximum_age: Duration::minutes(5),
        })
    }

    /// The files of one member, where a pod would have its mounts.
    fn member(&self, home: &Path, port: Port, members: &Members) {
        let path = |name: &str| -> FilePath { home.join(name).to_str().unwrap().parse().unwrap() };
        let layout = Layout {
            volume: path("volume"),
            data_directory: path("volume/data"),
            configuration_directory: path("configuration"),
            primary_file: path("topology/primary"),
            follows_file: path("topology/follows"),
            restore_time_file: path("restore-time"),
            replication_password_file: path("password"),
            passfile: path("passfile"),
            scratch_directory: path("scratch"),
            socket_directory: path("socket"),
        };
        for directory in [
            "volume",
            "configuration",
            "topology",
            "socket",
            "initdb.d",
            "scratch",
        ] {
            fs::create_dir_all(home.join(directory)).unwrap();
        }
        let sizing = Sizing {
            memory: Bytes::mebi(256),
            cpu: Cpu::cores(1),
            volume: Bytes::gibi(4),
        };
        let configuration = Configuration {
            archive: self.archive.map_or(Archive::Off, |_| {
                Archive::Command(Archiving::command(&layout))
            }),
            ..Configuration::derive(sizing, members, port, layout.clone(), Transport::Clear)
        };
        let rules = AccessRules::for_replication(
            &Transport::Clear,
            &REPLICATOR,
            &[Cidr::v4([127, 0, 0, 0], 8)],
        );
        let write = |name: &str, text: String| fs::write(home.join(name), text).unwrap();
        write(
            "configuration/postgresql.conf",
            configuration.to_text(members),
        );
        write("configuration/pg_hba.conf", rules.to_string());
        write(
            "password",
            "pass:word\\ with 'quotes' and $HOME\n".to_owned(),
        );
        write("monitoring-password", "monitor".to_owned());
        write("pooler-password", "say \"please\"".to_owned());
        write("restore-time", "latest".to_owned());
        write("port", port.to_string());
        write(
            "topology/follows",
            self.follows
                .map_or(Scripts::NOBODY, |_| Scripts::FOLLOWS)
                .to_owned(),
        );
        let scripts = Scripts {
            members: members.clone(),
            port,
            layout,
            transport: Transport::Clear,
            replication_role: REPLICATOR,
            accounts: accounts(path),
            archive: self.archiving(),
            standby_must_stream: true,
        };
        for (key, text) in scripts.files() {
            let directory = if key == Scripts::INITIALIZE {
                "initdb.d"
            } else {
                "configuration"
            };
            write(&format!("{directory}/{key}"), text);
        }
    }
}

/// Ports that nothing listened on a moment ago.
fn free_ports<const COUNT: usize>() -> [Port; COUNT] {
    let listeners = [(); COUNT].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
    listeners.map(|listener| Port::new(listener.local_addr().unwrap().port()).unwrap())
}

/// Runs a driver of `tests/postgres` in `root` as a user that PostgreSQL accepts.
fn drive(root: &Path, driver: &str) {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres");
    for file in ["docker-entrypoint.sh", "cluster.sh", driver] {
        fs::copy(tests.join(file), root.join(file)).unwrap();
    }
    run(Command::new("chmod").arg("-R").arg("a+rX,u+x").arg(root));
    let programs = "PATH=\"$1:$(ls -d /usr/lib/postgresql/15/bin /usr/local/pgsql/bin 2>/dev/null | head -n 1):$PATH\"; exec bash \"$2\" \"$1\"";
    let mut command = if run(Command::new("id").arg("-u")).trim() == "0" {
        run(Command::new("chown").arg("-R").arg("postgres").arg(root));
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
        .current_dir(root)
        .args(["-c", programs, "bash"])
        .arg(root)
        .arg(root.join(driver)));
    assert!(said.contains("every step as expected"), "{said}");
}

fn folder(root: &Path, name: &str) -> String {
    let folder = root.join(name);
    fs::create_dir_all(&folder).unwrap();
    folder.to_str().unwrap().to_owned()
}

#[test]
#[ignore = "needs the PostgreSQL 15 programs and, for root, a user `postgres`"]
fn a_real_cluster_replicates_and_never_has_two_primaries() {
    let root = tempfile::tempdir().unwrap();
    Laid {
        root: root.path(),
        archive: None,
        follows: None,
    }
    .out();
    drive(root.path(), "replication.sh");
}

/// One cluster that archives, another that follows its archive, and PgBouncer before the first.
#[test]
#[ignore = "needs the PostgreSQL 15 programs, rclone, PgBouncer and, for root, a user `postgres`"]
fn a_real_cluster_is_backed_up_destroyed_restored_and_followed() {
    let root = tempfile::tempdir().unwrap();
    let (archive, other) = (
        folder(root.path(), "archive"),
        folder(root.path(), "other-archive"),
    );
    Laid {
        root: root.path(),
        archive: Some(&archive),
        follows: None,
    }
    .out();
    let twin = root.path().join("twin");
    Laid {
        root: &twin,
        archive: Some(&other),
        follows: Some(&archive),
    }
    .out();
    let port = fs::read_to_string(root.path().join("postgres-0/port")).unwrap();
    pooler::lay_out(root.path(), port.parse().unwrap(), free_ports::<1>()[0]);
    drive(root.path(), "archive.sh");
}
