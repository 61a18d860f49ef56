//! SEC027: no container offers a remote shell.

use crate::cluster::{Cluster, list, templates, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// No container offers a remote shell.
pub(crate) static RULE: Rule = Rule {
    code: "SEC027",
    area: Area::Security,
    severity: Severity::Warning,
    title: "no container offers a remote shell",
    why: "A shell over SSH passes by the rights and the audit log of the API server, and brings keys of its own.",
    fix: "Leave it out; `kubectl exec` does what is needed, for those who may.",
    absorbs: &["kube-linter ssh-port"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        for container in template.containers() {
            for (index, port) in list(container.value, "/ports") {
                let is_tcp = text(port, "/protocol").is_none_or(|protocol| protocol == "TCP");
                if is_tcp
                    && port
                        .get("containerPort")
                        .is_some_and(|number| *number == 22)
                {
                    let message = format!(
                        "container {} listens on port 22, which is that of SSH",
                        container.name()
                    );
                    let path =
                        template.path_in(&container, &format!("ports[{index}].containerPort"));
                    findings.add(template.owner, path, message);
                }
            }
        }
    }
}
