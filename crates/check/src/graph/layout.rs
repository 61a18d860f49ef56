//! Where everything stands: groups in columns from those who call to what is called, the nodes of a group inside of it.

use std::collections::BTreeMap;

use super::Graph;
use super::bundle::{Groups, Line, Terminal};

/// The height of a node, in pixels as all lengths here.
pub(super) const NODE: f64 = 24.0;
/// The width of the narrowest node.
const NARROW: f64 = 120.0;
/// The width of a letter of the names.
const LETTER: f64 = 6.7;
/// Between nodes of a group.
const GAP: f64 = 7.0;
/// Between nodes of a group that stand side by side.
const INNER: f64 = 90.0;
/// Inside the border of a group.
const PADDING: f64 = 10.0;
/// The line that a group's name stands on.
const HEADER: f64 = 24.0;
/// Between groups above each other.
const BETWEEN: f64 = 22.0;
/// Between columns.
const AISLE: f64 = 150.0;
/// Around everything.
const MARGIN: f64 = 24.0;
/// Above everything: title and legend.
const TOP: f64 = 76.0;
/// How often columns are put in order.
const SWEEPS: usize = 8;
/// How much wider than high a picture should be.
const ASPECT: f64 = 1.5;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Place {
    pub(super) fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }

    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }
}

/// Where everything stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) groups: Vec<Place>,
    pub(super) nodes: Vec<Place>,
}

impl Layout {
    /// Where an end of a line stands.
    pub(super) fn place(&self, terminal: Terminal) -> Place {
        let found = match terminal {
            Terminal::Node(node) => self.nodes.get(node),
            Terminal::Group(group) => self.groups.get(group),
        };
        found.copied().unwrap_or_default()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a picture has far fewer nodes")]
fn length(count: usize) -> f64 {
    count as f64
}

/// The nodes of a group by rank, and its size.
struct Block {
    ranks: Vec<(f64, Vec<usize>)>,
    width: f64,
    height: f64,
    is_framed: bool,
}

impl Block {
    fn new(graph: &Graph, name: &str, nodes: &[usize]) -> Self {
        let mut ranks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let is_framed = !name.is_empty();
        for node in nodes {
            let rank = graph.nodes.get(*node).map_or(0, |node| node.rank);
            ranks
                .entry(if is_framed { rank } else { 0 })
                .or_default()
                .push(*node);
        }
        let width = |nodes: &Vec<usize>| {
            let names = nodes.iter().filter_map(|node| graph.nodes.get(*node));
            let letters = names
                .map(|node| super::svg::text(node).chars().count())
                .max();
            (length(letters.unwrap_or(0)) * LETTER + 20.0).max(NARROW)
        };
        let ranks: Vec<(f64, Vec<usize>)> = ranks
            .into_values()
            .map(|nodes| (width(&nodes), nodes))
            .collect();
        let most = ranks
            .iter()
            .map(|(_, nodes)| nodes.len())
            .max()
            .unwrap_or(0);
        let inner = ranks.iter().map(|(width, _)| width).sum::<f64>()
            + INNER * length(ranks.len().saturating_sub(1));
        let named = length(name.chars().count()) * LETTER * 1.15;
        let around = if is_framed {
            (2.0 * PADDING, HEADER + PADDING)
        } else {
            (0.0, 0.0)
        };
        Self {
            width: inner.max(named) + around.0,
            height: length(most) * (NODE + GAP) - GAP + around.1,
            ranks,
            is_framed,
        }
    }
}

/// Lays a graph out.
pub(super) fn layout(graph: &Graph, groups: &Groups, lines: &[Line]) -> Layout {
    let all = groups.groups.iter();
    let mut blocks: Vec<Block> = all
        .map(|(name, nodes)| Block::new(graph, name, nodes))
        .collect();
    let mut columns = columns(graph, groups, &blocks, &sequence(graph, groups));
    let mut layout = place(graph, &blocks, &columns);
    for _ in 0..SWEEPS {
        let pull = pulls(graph, groups, lines, &layout);
        let mean = |pull: Option<&(f64, f64)>, own: f64| match pull {
            Some((sum, count)) if *count > 0.0 => sum / count,
            _ => own,
        };
        for (_, nodes) in blocks.iter_mut().flat_map(|block| &mut block.ranks) {
            let own = |node: usize| layout.nodes.get(node).map_or(0.0, Place::middle);
            nodes.sort_by(|left, right| {
                let pull = |node: usize| mean(pull.0.get(node), own(node));
                pull(*left).total_cmp(&pull(*right)).then(left.cmp(right))
            });
        }
        for column in &mut columns {
            let own = |group: usize| layout.groups.get(group).map_or(0.0, Place::middle);
            column.sort_by(|left, right| {
                let pull = |group: usize| mean(pull.1.get(group), own(group));
                pull(*left).total_cmp(&pull(*right)).then(left.cmp(right))
            });
        }
        layout = place(graph, &blocks, &columns);
    }
    layout
}

/// Sum and number of the heights that pull at something.
type Pull = (f64, f64);

/// What pulls at each node and each group: the heights of the other ends of their lines.
fn pulls(
    graph: &Graph,
    groups: &Groups,
    lines: &[Line],
    layout: &Layout,
) -> (Vec<Pull>, Vec<Pull>) {
    let mut nodes = vec![(0.0, 0.0); graph.nodes.len()];
    let mut all = vec![(0.0, 0.0); groups.groups.len()];
    let mut pull = |at: Terminal, to: Terminal| {
        let height = layout.place(to).middle();
        let add = |pull: Option<&mut Pull>| {
            if let Some((sum, count)) = pull {
                *sum += height;
                *count += 1.0;
            }
        };
        match at {
            Terminal::Node(node) => {
                add(nodes.get_mut(node));
                add(all.get_mut(groups.group(node)));
            }
            Terminal::Group(group) => add(all.get_mut(group)),
        }
    };
    for line in lines {
        pull(line.from, line.to);
        pull(line.to, line.from);
    }
    (nodes, all)
}

/// The groups, callers before those whom they call as far as that goes (the heuristic of Eades, Lin and Smyth).
fn sequence(graph: &Graph, groups: &Groups) -> Vec<usize> {
    let count = groups.groups.len();
    let mut ways: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for edge in &graph.edges {
        let pair = (groups.group(edge.from), groups.group(edge.to));
        if pair.0 != pair.1 {
            *ways.entry(pair).or_default() += 1;
        }
    }
    let mut balance = vec![(0_i64, 0_i64); count];
    let mut near: Vec<Vec<(usize, i64, bool)>> = vec![Vec::new(); count];
    for ((from, to), weight) in ways {
        if let Some((out, _)) = balance.get_mut(from) {
            *out += weight;
        }
        if let Some((_, into)) = balance.get_mut(to) {
            *into += weight;
        }
        near[from].push((to, weight, true));
        near[to].push((from, weight, false));
    }
    let (mut first, mut last) = (Vec::new(), Vec::new());
    let mut left: Vec<usize> = (0..count).collect();
    while !left.is_empty() {
        let of = |group: &usize| balance[*group];
        let sink = left
            .iter()
            .position(|group| of(group).0 == 0 && of(group).1 > 0);
        let best = || {
            let by = |(_, group): &(usize, &usize)| {
                (of(group).0 - of(group).1, std::cmp::Reverse(**group))
            };
            left.iter()
                .enumerate()
                .max_by_key(by)
                .map(|(position, _)| position)
        };
        let is_source =
            |position: &usize| left.get(*position).is_some_and(|group| of(group).1 == 0);
        let source = (0..left.len()).find(is_source);
        let Some(position) = source.or(sink).or_else(best) else {
            break;
        };
        let group = left.remove(position);
        for (other, weight, is_out) in std::mem::take(&mut near[group]) {
            if is_out {
                balance[other].1 -= weight;
            } else {
                balance[other].0 -= weight;
            }
        }
        if source.is_none() && sink.is_some() {
            last.push(group);
        } else {
            first.push(group);
        }
    }
    first.extend(last.into_iter().rev());
    // Who comes from outside comes first, and what is beyond comes last.
    let side = |group: &usize| {
        let outside = groups
            .groups
            .get(*group)
            .filter(|(name, _)| name.is_empty());
        let node = outside.and_then(|(_, nodes)| graph.nodes.get(*nodes.first()?));
        node.map_or(1, |node| node.rank)
    };
    first.sort_by_key(side);
    first
}

/// Cuts the sequence into columns of about one height, as many as make a good picture.
fn columns(
    graph: &Graph,
    groups: &Groups,
    blocks: &[Block],
    sequence: &[usize],
) -> Vec<Vec<usize>> {
    let height = |group: &usize| {
        blocks
            .get(*group)
            .map_or(0.0, |block| block.height + BETWEEN)
    };
    let width = blocks.iter().map(|block| block.width).fold(0.0, f64::max) + AISLE;
    let total: f64 = sequence.iter().map(height).sum();
    let count = (total * ASPECT / width).sqrt().round().clamp(1.0, 12.0);
    let most = blocks
        .iter()
        .map(|block| block.height)
        .fold(total / count, f64::max);
    let side = |group: usize| {
        let (name, nodes) = groups.groups.get(group)?;
        let node = graph.nodes.get(*nodes.first()?)?;
        name.is_empty().then_some(node.rank)
    };
    let mut columns: Vec<Vec<usize>> = vec![Vec::new()];
    let mut filled = 0.0;
    let mut before = None;
    for group in sequence {
        let own = side(*group);
        let turns = columns.last().is_some_and(|column| !column.is_empty())
            && own != before
            && (own.is_some() || before.is_some());
        if turns || filled > 0.0 && filled + height(group) / 2.0 > most {
            columns.push(Vec::new());
            filled = 0.0;
        }
        before = own;
        filled += height(group);
        if let Some(column) = columns.last_mut() {
            column.push(*group);
        }
    }
    columns
}

/// Puts the columns side by side, and everything in them below each other.
fn place(graph: &Graph, blocks: &[Block], columns: &[Vec<usize>]) -> Layout {
    let mut layout = Layout {
        groups: vec![Place::default(); blocks.len()],
        nodes: vec![Place::default(); graph.nodes.len()],
        ..Layout::default()
    };
    let of = |group: &usize| blocks.get(*group);
    let height = |column: &Vec<usize>| {
        let blocks = column.iter().filter_map(of);
        blocks.map(|block| block.height + BETWEEN).sum::<f64>() - BETWEEN
    };
    let tallest = columns.iter().map(height).fold(0.0, f64::max);
    let mut x = MARGIN;
    for column in columns {
        let width = column
            .iter()
            .filter_map(of)
            .map(|block| block.width)
            .fold(0.0, f64::max);
        let mut y = TOP + (tallest - height(column)) / 2.0;
        for group in column {
            let Some(block) = of(group) else {
                continue;
            };
            let left = x + (width - block.width) / 2.0;
            place_block(&mut layout, block, left, y);
            if let Some(place) = layout.groups.get_mut(*group) {
                *place = Place {
                    x: left,
                    y,
                    width: block.width,
                    height: block.height,
                };
            }
            y += block.height + BETWEEN;
        }
        x += width + AISLE;
    }
    layout.width = (x - AISLE + MARGIN).max(720.0);
    layout.height = TOP + tallest + MARGIN;
    layout
}

fn place_block(layout: &mut Layout, block: &Block, left: f64, top: f64) {
    let (mut x, top) = if block.is_framed {
        (left + PADDING, top + HEADER)
    } else {
        (left, top)
    };
    let most = block.ranks.iter().map(|(_, nodes)| nodes.len()).max();
    for (width, nodes) in &block.ranks {
        let less = most.unwrap_or(0).saturating_sub(nodes.len());
        let mut y = top + length(less) * (NODE + GAP) / 2.0;
        for node in nodes {
            if let Some(place) = layout.nodes.get_mut(*node) {
                *place = Place {
                    x,
                    y,
                    width: *width,
                    height: NODE,
                };
            }
            y += NODE + GAP;
        }
        x += width + INNER;
    }
}
