//! Does the mesh route as it is meant to?

mod ambient_sidecars;
mod annotations;
mod annotations_deprecated;
mod annotations_known;
mod annotations_placed;
mod annotations_valid;
mod api_versions;
mod claim_routes;
mod defaults_conflict;
mod deprecated_fields;
mod destination_hosts;
mod destination_ports;
mod entry_addresses;
mod entry_protocols;
mod envoy_operations;
mod envoy_relative;
mod gateway_certificates;
mod gateway_conflicts;
mod gateway_credentials;
mod gateway_hosts;
mod gateway_policies;
mod gateway_ports;
mod gateways;
pub(crate) mod hosts;
mod image_auto;
mod ineffective_matches;
mod ingress_subsets;
mod injection_labels;
mod injection_unsaid;
mod internal_gateways;
pub(crate) mod membership;
mod mesh_config;
mod mesh_host_conflicts;
mod policy_selectors;
mod port_names;
mod principals;
mod proxy_user;
mod retries_in_time;
mod route_order;
mod route_shapes;
mod routes;
mod rule_hosts;
mod rule_shapes;
mod scope;
mod selector_conflicts;
mod server_shapes;
mod server_verification;
mod service_ports_agree;
mod service_protocols;
mod service_target_ports;
mod source_namespaces;
mod subset_labels;
mod subsets;
mod telemetry_providers;
mod unreachable_routes;
mod weights_sum;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &destination_hosts::RULE,
    &destination_ports::RULE,
    &subsets::RULE,
    &gateways::RULE,
    &rule_hosts::RULE,
    &subset_labels::RULE,
    &policy_selectors::RULE,
    &gateway_hosts::RULE,
    &principals::RULE,
    &mesh_host_conflicts::RULE,
    &selector_conflicts::RULE,
    &defaults_conflict::RULE,
    &service_protocols::RULE,
    &service_target_ports::RULE,
    &port_names::RULE,
    &injection_labels::RULE,
    &injection_unsaid::RULE,
    &annotations_known::RULE,
    &annotations_placed::RULE,
    &annotations_valid::RULE,
    &annotations_deprecated::RULE,
    &proxy_user::RULE,
    &image_auto::RULE,
    &claim_routes::RULE,
    &envoy_relative::RULE,
    &envoy_operations::RULE,
    &telemetry_providers::RULE,
    &gateway_conflicts::RULE,
    &gateway_certificates::RULE,
    &gateway_credentials::RULE,
    &gateway_ports::RULE,
    &internal_gateways::RULE,
    &gateway_policies::RULE,
    &ambient_sidecars::RULE,
    &server_verification::RULE,
    &unreachable_routes::RULE,
    &ineffective_matches::RULE,
    &ingress_subsets::RULE,
    &entry_addresses::RULE,
    &entry_protocols::RULE,
    &deprecated_fields::RULE,
    &source_namespaces::RULE,
    &route_shapes::RULE,
    &server_shapes::RULE,
    &rule_shapes::RULE,
    &retries_in_time::RULE,
    &weights_sum::RULE,
    &api_versions::RULE,
];
