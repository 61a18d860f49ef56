//! The database: its pools fit into its connections, and what it keeps and follows makes sense.

use names::Duration;

use crate::values::{Environment, Postgres};
use crate::{Diagnostics, nearest};

/// The shortest time that a restore has to reach back: a mistake is rarely noticed on the same day.
const SHORTEST_KEEP: Duration = Duration::days(1);

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    if let Some(postgres) = &environment.postgres {
        pools(postgres, diagnostics);
        archive(postgres, diagnostics);
        follows(environment, postgres, diagnostics);
        nodes(environment, postgres, diagnostics);
    }
}

/// All pools together are smaller than what the server takes, by how they are derived; they must also be worth having.
fn pools(postgres: &Postgres, diagnostics: &mut Diagnostics) {
    let (Some(pooler), Some(sizes)) = (&postgres.pooler, postgres.pool_sizes()) else {
        return;
    };
    if pooler.replicas.value == 0 {
        diagnostics
            .error(&pooler.replicas.origin, "no pooler runs")
            .help("take `pooler` away, or run two, which survive the loss of a node");
    } else if u32::from(sizes.read_write) + u32::from(sizes.read_only) < Postgres::SMALLEST_POOL {
        let needed = Postgres::RESERVED_CONNECTIONS
            + Postgres::SMALLEST_POOL * (u32::from(pooler.replicas.value) + 1);
        diagnostics
            .error(
                &postgres.connections.origin,
                "too few connections for the poolers before the database",
            )
            .label(
                &pooler.replicas.origin,
                "this many poolers share them, and one more while an update rolls",
            )
            .help(format!("at least {needed} connections, or fewer poolers"));
    }
}

fn archive(postgres: &Postgres, diagnostics: &mut Diagnostics) {
    if let Some(archive) = &postgres.archive
        && archive.keep.value < SHORTEST_KEEP
    {
        diagnostics
            .error(
                &archive.keep.origin,
                "a restore could not even go back to yesterday",
            )
            .help("keep at least `1d`, and better two weeks");
    }
}

/// What follows reads one archive and writes another: it copies what it reads, so that it can be restored by itself.
fn follows(environment: &Environment, postgres: &Postgres, diagnostics: &mut Diagnostics) {
    let Some(followed) = &postgres.follows else {
        return;
    };
    if environment.twin.is_none() {
        diagnostics
            .error(
                &followed.origin,
                "there is no twin whose database could be followed",
            )
            .help("say in `twin` which cluster it is and in which region");
    }
    match &postgres.archive {
        None => {
            diagnostics
                .error(
                    &followed.origin,
                    "a database that follows another one needs an archive of its own",
                )
                .help("add `archive` with a bucket in this region");
        }
        Some(archive) if archive.bucket == followed.value.bucket => {
            diagnostics
                .error(
                    &followed.origin,
                    "a database cannot follow the archive that it writes itself",
                )
                .help("`follows.bucket` is the other cluster's bucket");
        }
        Some(_) => {}
    }
}

fn nodes(environment: &Environment, postgres: &Postgres, diagnostics: &mut Diagnostics) {
    let Some(pool) = &postgres.nodes else {
        return;
    };
    let Some(known) = environment.nodes.pools.get(&pool.value) else {
        let near = nearest(
            pool.as_str(),
            environment
                .nodes
                .pools
                .keys()
                .map(names::ObjectName::as_str),
        );
        diagnostics
            .error(&pool.origin, format!("unknown node pool `{}`", pool.value))
            .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
        return;
    };
    // No two instances share a node.
    if u32::from(postgres.instances) > *known.size.upper() {
        diagnostics
            .error(
                &pool.origin,
                format!(
                    "{} instances need as many nodes, and this pool has {} at most",
                    postgres.instances,
                    known.size.upper()
                ),
            )
            .label(&known.size.origin, "the pool");
    }
}
