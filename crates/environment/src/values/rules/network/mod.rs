//! Networks: zones of the region, and ranges of addresses that lie where they should and apart from each other.

mod aks;
mod eks;
mod gke;

use names::Cidr;

use crate::values::{Environment, Provider};
use crate::{Diagnostics, Located};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    match &environment.cluster.provider {
        Provider::Eks(eks) => eks::check(eks, diagnostics),
        Provider::Gke(gke) => gke::check(environment, gke, diagnostics),
        Provider::Aks(aks) => aks::check(aks, diagnostics),
    }
}

/// Each zone is the region, `separator` and one letter, and is listed once.
fn zones_of_the_region(
    zones: &[Located<String>],
    region: &Located<String>,
    separator: &str,
    diagnostics: &mut Diagnostics,
) {
    for zone in zones {
        let letter = zone
            .strip_prefix(region.as_str())
            .and_then(|rest| rest.strip_prefix(separator));
        let is_letter =
            |rest: &str| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_lowercase());
        if !letter.is_some_and(is_letter) {
            diagnostics
                .error(
                    &zone.origin,
                    format!("`{}` is not a zone of {}", zone.value, region.value),
                )
                .label(&region.origin, "the region")
                .help(format!(
                    "zones of this region are {0}{separator}a, {0}{separator}b, …",
                    region.value
                ));
        }
    }
    listed_once(zones, diagnostics);
}

fn listed_once<T: std::fmt::Display + PartialEq>(
    zones: &[Located<T>],
    diagnostics: &mut Diagnostics,
) {
    for (index, zone) in zones.iter().enumerate() {
        if let Some(first) = zones
            .iter()
            .take(index)
            .find(|other| other.value == zone.value)
        {
            diagnostics
                .error(
                    &zone.origin,
                    format!("zone `{}` is listed twice", zone.value),
                )
                .label(&first.origin, "first here");
        }
    }
}

/// No two ranges have an address in common; each is named by what it is for.
fn apart(ranges: &[(&str, &Located<Cidr>)], diagnostics: &mut Diagnostics) {
    for (index, (what, range)) in ranges.iter().enumerate() {
        for (other_what, other) in ranges
            .iter()
            .take(index)
            .filter(|(_, other)| other.overlaps(&range.value))
        {
            diagnostics
                .error(
                    &range.origin,
                    format!(
                        "the addresses of {what}, {}, overlap those of {other_what}, {}",
                        range.value, other.value
                    ),
                )
                .label(&other.origin, format!("the addresses of {other_what}"))
                .help("take a range that nothing else uses");
        }
    }
}
