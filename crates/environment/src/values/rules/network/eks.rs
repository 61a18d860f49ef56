//! A network of AWS: one public and one private subnet in each zone, inside the VPC and apart from each other.

use std::collections::BTreeMap;

use names::Cidr;

use crate::values::Eks;
use crate::{Diagnostics, Located, nearest};

pub(super) fn check(eks: &Eks, diagnostics: &mut Diagnostics) {
    zones(eks, diagnostics);
    account(eks, diagnostics);
    subnets_of(eks, "public", &eks.vpc.public, diagnostics);
    subnets_of(eks, "private", &eks.vpc.private, diagnostics);
    subnets(eks, diagnostics);
}

fn zones(eks: &Eks, diagnostics: &mut Diagnostics) {
    super::zones_of_the_region(&eks.zones, &eks.region, "", diagnostics);
    if eks.zones.len() < 2 {
        diagnostics
            .error(
                &eks.zones.origin,
                "EKS makes a cluster only over two zones or more",
            )
            .help("add a zone with its subnets; the pools may still be small");
    }
}

fn account(eks: &Eks, diagnostics: &mut Diagnostics) {
    if eks.account.len() != 12 || !eks.account.bytes().all(|byte| byte.is_ascii_digit()) {
        diagnostics
            .error(
                &eks.account.origin,
                "an AWS account is a number of twelve digits",
            )
            .help("write it in quotes, so that a leading zero stays");
    }
    let key = eks.encryption_key.to_string();
    let mut parts = key.split(':').skip(2);
    if (parts.next(), parts.next()) != (Some("kms"), Some(eks.region.as_str())) {
        diagnostics
            .error(
                &eks.encryption_key.origin,
                "the encryption key is not a KMS key of the cluster's region",
            )
            .label(&eks.region.origin, "the region");
    }
}

fn subnets_of(
    eks: &Eks,
    what: &str,
    subnets: &BTreeMap<String, Located<Cidr>>,
    diagnostics: &mut Diagnostics,
) {
    let zones: Vec<&str> = eks.zones.iter().map(|zone| zone.value.as_str()).collect();
    for (zone, subnet) in subnets
        .iter()
        .filter(|(zone, _)| !zones.contains(&zone.as_str()))
    {
        let near =
            nearest(zone, zones.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        diagnostics
            .error(
                &subnet.origin,
                format!("{what} subnet of `{zone}`, which is not a zone of this cluster"),
            )
            .label(&eks.zones.origin, "the zones")
            .maybe_help(near);
    }
    for zone in eks
        .zones
        .iter()
        .filter(|zone| !subnets.contains_key(&zone.value))
    {
        diagnostics
            .error(
                &zone.origin,
                format!("zone `{}` has no {what} subnet", zone.value),
            )
            .help(format!("add it under `vpc.{what}`"));
    }
}

fn subnets(eks: &Eks, diagnostics: &mut Diagnostics) {
    let vpc = &eks.vpc;
    let all: Vec<&Located<Cidr>> = vpc.public.values().chain(vpc.private.values()).collect();
    for (index, subnet) in all.iter().enumerate() {
        if !vpc.cidr.contains(&subnet.value) {
            diagnostics
                .error(
                    &subnet.origin,
                    format!("subnet {} lies outside the VPC", subnet.value),
                )
                .label(&vpc.cidr.origin, "the VPC");
        }
        for other in all
            .iter()
            .take(index)
            .filter(|other| other.overlaps(&subnet.value))
        {
            diagnostics
                .error(
                    &subnet.origin,
                    format!("subnets {} and {} overlap", subnet.value, other.value),
                )
                .label(&other.origin, "the other subnet");
        }
    }
    if vpc.services.overlaps(&vpc.cidr.value) {
        diagnostics
            .error(
                &vpc.services.origin,
                "the addresses of Services overlap those of the VPC",
            )
            .label(&vpc.cidr.origin, "the VPC")
            .help("take a range that nothing else uses, for example 172.20.0.0/16");
    }
}
