//! rclone beside the database: how it gets into the pods, and the variables by which it reaches the archive.

use builders::{Container, Resources, Volume};
use environment::{DatabaseArchive, Provider};
use names::{Bytes, ContainerName, Cpu, EnvironmentVariable, VolumeName, name};

use super::Plan;
use crate::provider;

/// The variables of one remote: rclone reads `RCLONE_CONFIG_<REMOTE>_<OPTION>`.
type Variables = Vec<(EnvironmentVariable, String)>;
/// Pieces that S3 takes of one upload at most; a base backup is an upload of unknown length.
const S3_PIECES: u64 = 10_000;

/// The names of one remote's variables, as far as any provider needs them.
struct RemoteVariables {
    kind: EnvironmentVariable,
    provider: EnvironmentVariable,
    identity: EnvironmentVariable,
    region: EnvironmentVariable,
    chunk: EnvironmentVariable,
    unchecked: EnvironmentVariable,
    uniform: EnvironmentVariable,
    account: EnvironmentVariable,
}

macro_rules! remote_variables {
    ($prefix:literal) => {
        RemoteVariables {
            kind: EnvironmentVariable::from_static(concat!($prefix, "_TYPE")),
            provider: EnvironmentVariable::from_static(concat!($prefix, "_PROVIDER")),
            identity: EnvironmentVariable::from_static(concat!($prefix, "_ENV_AUTH")),
            region: EnvironmentVariable::from_static(concat!($prefix, "_REGION")),
            chunk: EnvironmentVariable::from_static(concat!($prefix, "_CHUNK_SIZE")),
            unchecked: EnvironmentVariable::from_static(concat!($prefix, "_NO_CHECK_BUCKET")),
            uniform: EnvironmentVariable::from_static(concat!($prefix, "_BUCKET_POLICY_ONLY")),
            account: EnvironmentVariable::from_static(concat!($prefix, "_ACCOUNT")),
        }
    };
}

/// The remote of a provider's storage, reached with the identity of the pod's service account.
fn remote(
    plan: &Plan<'_>,
    names: RemoteVariables,
    region: &str,
    storage_account: Option<&str>,
) -> Variables {
    let yes = || "true".to_owned();
    let mut variables = vec![(names.identity, yes())];
    match &plan.environment.cluster.provider {
        Provider::Eks(_) => variables.extend([
            (names.kind, "s3".to_owned()),
            (names.provider, "AWS".to_owned()),
            (names.region, region.to_owned()),
            // The role may write into the bucket, not make one.
            (names.unchecked, yes()),
            (names.chunk, chunk(plan.settings.storage.size.value)),
        ]),
        Provider::Gke(_) => variables.extend([
            (names.kind, "google cloud storage".to_owned()),
            (names.uniform, yes()),
        ]),
        Provider::Aks(_) => variables.extend([
            (names.kind, "azureblob".to_owned()),
            (
                names.account,
                storage_account.unwrap_or_default().to_owned(),
            ),
        ]),
    }
    variables.sort();
    variables
}

/// The size of a piece, so that a full volume fits into one upload: whole steps of 8 MiB, 16 MiB at least.
fn chunk(volume: Bytes) -> String {
    let steps = (volume.as_mebi() * 5 / 4)
        .div_ceil(S3_PIECES)
        .div_ceil(8)
        .max(2);
    format!("{}Mi", steps * 8)
}

/// Every variable that rclone needs.
fn variables(plan: &Plan<'_>, settings: &DatabaseArchive) -> Variables {
    let account = |account: &Option<environment::Located<String>>| {
        account.as_ref().map(|account| account.value.clone())
    };
    let mut variables = vec![(
        // There is no file: the variables say everything.
        name!(EnvironmentVariable, "RCLONE_CONFIG"),
        "/dev/null".to_owned(),
    )];
    variables.extend(remote(
        plan,
        remote_variables!("RCLONE_CONFIG_ARCHIVE"),
        provider::region(plan.environment),
        account(&settings.storage_account).as_deref(),
    ));
    if let Some(followed) = &plan.settings.follows {
        variables.extend(remote(
            plan,
            remote_variables!("RCLONE_CONFIG_SOURCE"),
            // Rules hold that there is one.
            plan.environment
                .twin
                .as_ref()
                .map_or_else(String::new, |twin| twin.region.value.clone())
                .as_str(),
            account(&followed.value.storage_account).as_deref(),
        ));
    }
    variables
}

/// Gives rclone to a container of the database's image, which brings neither it nor the authorities that it trusts.
pub(super) fn with_rclone(plan: &Plan<'_>, container: Container) -> Container {
    let Some(settings) = &plan.settings.archive else {
        return container;
    };
    let tools = tools();
    let container = container
        .mount_file(&tools, "rclone", "/usr/local/bin/rclone")
        .mount_file(
            &tools,
            "ca-certificates.crt",
            "/etc/ssl/certs/ca-certificates.crt",
        );
    variables(plan, settings)
        .into_iter()
        .fold(container, |container, (name, value)| {
            container.env(&name, value)
        })
}

fn tools() -> Volume {
    Volume::scratch(&name!(VolumeName, "tools"), Bytes::mebi(256))
}

/// The init container that fetches rclone and its authorities out of rclone's image.
pub(super) fn fetch_rclone(settings: &DatabaseArchive) -> Container {
    let small = Resources::new(
        (Cpu::millis(10), Bytes::mebi(32)),
        (Cpu::millis(500), Bytes::mebi(256)),
    )
    .ephemeral_storage(Bytes::mebi(256), Bytes::mebi(512));
    Container::new(&name!(ContainerName, "tools"), &settings.image, &small)
        .command([
            "cp",
            "/usr/local/bin/rclone",
            "/etc/ssl/certs/ca-certificates.crt",
            "/tools/",
        ])
        .mount(&tools(), "/tools")
}
