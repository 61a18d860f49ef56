//! Why pods find no place, and what would make one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::amounts::shown;
use super::super::constraints;
use super::board::{Board, Obstacle, quantity, short_of};
use super::{At, Fault, Ground, Left, LeftOver};

/// How many pools are named of which the same is said.
const NAMED: usize = 4;

/// Why pods found no place, as the nodes are at this moment.
pub(super) fn left(ground: &Ground<'_>, board: &Board<'_, '_>, position: usize, pods: u64) -> Left {
    Left {
        position,
        pods,
        reason: by_pool(ground, |pool| reason(ground, board, position, pool)),
        remedy: if is_never(ground, position) {
            larger(ground, position)
        } else {
            more_nodes(ground, board, position, pods)
        },
    }
}

/// What is left over in the end.
pub(super) fn left_over(
    ground: &Ground<'_>,
    board: &Board<'_, '_>,
    at: At,
    left: Vec<Left>,
) -> Vec<LeftOver> {
    let mut crowded: BTreeMap<usize, Vec<(usize, u64)>> = BTreeMap::new();
    for ((position, pool), pods) in &board.crowded {
        crowded.entry(*position).or_default().push((*pool, *pods));
    }
    let crowded = crowded.into_iter().map(|(position, pools)| {
        let names = pools
            .iter()
            .map(|(pool, _)| ground.pools[*pool].name.as_str());
        let names = names.collect::<Vec<_>>().join(", ");
        let pods = pools.iter().map(|(_, pods)| pods).sum();
        let item = ground.items.get(position);
        LeftOver {
            workload: item.id.clone(),
            pods,
            of: pods,
            reason: format!("{names}: a node has no room for it beside what runs on every node"),
            remedy: Some(format!("larger machines for {names}")),
            fault: Fault::Never,
            demand: item.demand,
        }
    });
    let others = left.into_iter().map(|left| {
        let item = ground.items.get(left.position);
        let fault = if item.priority < 0 {
            Fault::GivesWay
        } else if is_never(ground, left.position) {
            Fault::Never
        } else {
            Fault::Full
        };
        LeftOver {
            workload: item.id.clone(),
            pods: left.pods,
            of: ground.items.pods(left.position, at),
            reason: left.reason,
            remedy: left.remedy.filter(|_| fault != Fault::GivesWay),
            fault,
            demand: item.demand,
        }
    });
    crowded.chain(others).collect()
}

/// What is said of each pool; pools of which the same is said stand together.
fn by_pool(ground: &Ground<'_>, said: impl Fn(usize) -> String) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (pool, settings) in ground.pools.iter().enumerate() {
        let text = said(pool);
        match groups.iter_mut().find(|(known, _)| *known == text) {
            Some((_, pools)) => pools.push(&settings.name),
            None => groups.push((text, vec![&settings.name])),
        }
    }
    let groups = groups.into_iter().map(|(text, pools)| {
        let more = pools.len().saturating_sub(NAMED);
        let mut names = pools[..pools.len().min(NAMED)].join(", ");
        if more > 0 {
            let _ = write!(names, " and {more} more");
        }
        format!("{names}: {text}")
    });
    groups.collect::<Vec<_>>().join("; ")
}

/// Whether no node that there may be takes a pod of the workload, even if it is empty.
fn is_never(ground: &Ground<'_>, position: usize) -> bool {
    let item = ground.items.get(position);
    !(0..ground.pools.len()).any(|pool| {
        let has_nodes = ground.pools[pool].most_nodes() > 0;
        has_nodes
            && item.is_taken_by(pool)
            && (0..ground.pools[pool].machines.len())
                .any(|machine| short_of(&ground.empty(pool, machine), &item.requests).is_none())
    })
}

/// Why a pool does not take a pod of the workload.
fn reason(ground: &Ground<'_>, board: &Board<'_, '_>, position: usize, pool: usize) -> String {
    let item = ground.items.get(position);
    let settings = &ground.pools[pool];
    if let Some(taint) = constraints::untolerated(item.spec, &settings.taints) {
        return format!(
            "does not tolerate the taint {}={}:{}",
            taint.key, taint.value, taint.effect
        );
    }
    if !item.is_taken_by(pool) {
        return "its labels or zones are not the ones that are selected".to_owned();
    }
    let empty = settings.machines.len().checked_sub(1);
    let empty = empty.map(|largest| ground.empty(pool, largest));
    if let Some((free, short)) =
        empty.and_then(|free| short_of(&free, &item.requests).map(|short| (free, short)))
    {
        let resource = ground.items.resources[short].as_str();
        return format!(
            "asks for {} of {resource}, and an empty node has {}",
            shown(resource, quantity(resource, item.requests[short])),
            shown(resource, quantity(resource, free[short]))
        );
    }
    full(ground, board, position, pool)
}

/// What is in the way on the nodes of a pool that would take the pod.
fn full(ground: &Ground<'_>, board: &Board<'_, '_>, position: usize, pool: usize) -> String {
    let item = ground.items.get(position);
    let mut obstacles: Vec<Obstacle> = Vec::new();
    let nodes = board.standing(pool);
    for node in &nodes {
        obstacles.extend(board.obstacle(item, position, *node));
    }
    obstacles.sort_unstable();
    let most = obstacles
        .chunk_by(|left, right| left == right)
        .max_by_key(|same| same.len())
        .and_then(|same| same.first().copied());
    match most {
        Some(Obstacle::Short(resource)) => {
            format!(
                "its nodes are short of {}",
                ground.items.resources[resource]
            )
        }
        Some(Obstacle::Port) => "another pod has its port on each node".to_owned(),
        Some(Obstacle::NotApart) => "pods that it may not stand beside are there".to_owned(),
        Some(Obstacle::NotBeside) => "what it has to stand beside is not there".to_owned(),
        Some(Obstacle::Uneven) => "its pods would be spread too unevenly".to_owned(),
        None => "it may have no nodes there".to_owned(),
    }
}

/// The pool of which some more nodes would do, and how many.
fn more_nodes(
    ground: &Ground<'_>,
    board: &Board<'_, '_>,
    position: usize,
    pods: u64,
) -> Option<String> {
    let item = ground.items.get(position);
    let pools = (0..ground.pools.len()).filter(|pool| item.is_taken_by(*pool));
    let offers = pools.filter_map(|pool| Some((board.needed(pool, position, pods)?, pool)));
    let (needed, pool) = offers.min()?;
    let nodes = if needed == 1 { "node" } else { "nodes" };
    Some(format!(
        "{needed} more {nodes} of {} would do",
        ground.pools[pool].name
    ))
}

/// How large a machine would have to be.
fn larger(ground: &Ground<'_>, position: usize) -> Option<String> {
    let item = ground.items.get(position);
    let pool = (0..ground.pools.len()).find(|pool| item.is_taken_by(*pool))?;
    let machine = ground.pools[pool].machines.len().checked_sub(1)?;
    let whole = &ground.items.allocatable[pool][machine];
    let free = ground.empty(pool, machine);
    let short = short_of(&free, &item.requests)?;
    let resource = ground.items.resources[short].as_str();
    let needed = item.requests[short] + (whole[short] - free[short]);
    Some(format!(
        "a machine for {} that leaves {} of {resource} to pods",
        ground.pools[pool].name,
        shown(resource, quantity(resource, needed))
    ))
}
