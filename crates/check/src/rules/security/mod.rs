//! May it do more than it should?

mod access_to_secrets;
mod added_capabilities;
mod admission_webhooks;
mod app_armor;
mod create_pods;
mod default_account;
mod deprecated_account_field;
mod escalation;
mod everything;
mod exec_into_pods;
mod groups_of_all;
mod host_ipc;
mod host_network;
mod host_paths;
mod host_ports;
mod host_process;
mod host_process_ids;
mod ingress_tls;
mod kept_capabilities;
mod literal_secrets;
mod mounted_tokens;
mod node_proxy;
mod pod_security_announced;
mod pod_security_enforced;
mod privilege_escalation;
mod privileged;
mod privileged_ports;
mod probe_hosts;
mod proc_mount;
mod raw_packets;
mod read_only_root;
mod remote_shells;
mod run_as_root;
mod runtime_sockets;
mod se_linux;
mod seccomp;
mod secrets_in_the_tree;
mod secrets_in_variables;
mod sysctls;
mod system_folders;
mod tokens_in_the_tree;
mod tokens_of_others;
mod user_and_group;
mod wildcards;
mod writable_host_paths;

use crate::rule::Rule;

/// The rules of this area, by code.
pub(super) static RULES: &[&Rule] = &[
    &pod_security_enforced::RULE,
    &pod_security_announced::RULE,
    &privileged::RULE,
    &host_network::RULE,
    &host_process_ids::RULE,
    &host_ipc::RULE,
    &host_ports::RULE,
    &host_paths::RULE,
    &runtime_sockets::RULE,
    &system_folders::RULE,
    &writable_host_paths::RULE,
    &added_capabilities::RULE,
    &raw_packets::RULE,
    &kept_capabilities::RULE,
    &privilege_escalation::RULE,
    &run_as_root::RULE,
    &user_and_group::RULE,
    &read_only_root::RULE,
    &seccomp::RULE,
    &sysctls::RULE,
    &proc_mount::RULE,
    &host_process::RULE,
    &app_armor::RULE,
    &se_linux::RULE,
    &probe_hosts::RULE,
    &privileged_ports::RULE,
    &remote_shells::RULE,
    &default_account::RULE,
    &deprecated_account_field::RULE,
    &mounted_tokens::RULE,
    &everything::RULE,
    &wildcards::RULE,
    &access_to_secrets::RULE,
    &create_pods::RULE,
    &exec_into_pods::RULE,
    &escalation::RULE,
    &node_proxy::RULE,
    &tokens_of_others::RULE,
    &admission_webhooks::RULE,
    &groups_of_all::RULE,
    &secrets_in_the_tree::RULE,
    &tokens_in_the_tree::RULE,
    &literal_secrets::RULE,
    &secrets_in_variables::RULE,
    &ingress_tls::RULE,
];
