//! MESH020: the annotations of Istio have values that its injector takes.

use std::net::IpAddr;

use crate::cluster::Cluster;
use crate::quantity::Quantity;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::annotations;

/// The annotations of Istio have values that its injector takes.
pub(crate) static RULE: Rule = Rule {
    code: "MESH020",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the annotations of Istio have values that its injector takes",
    why: "The injector refuses a pod whose annotations it cannot read: the workload gets no pods.",
    fix: "Write a value of the form that the message names.",
    absorbs: &["istioctl IST0125"],
    check: Some(check),
};

/// What a value must look like.
#[derive(Clone, Copy)]
enum Form {
    Mode,
    Port,
    Number,
    Boolean,
    Ranges { may_be_all: bool },
    Ports { may_be_all: bool },
    Amount,
}

/// The annotations whose values have a form.
const FORMS: [(&str, Form); 15] = [
    ("sidecar.istio.io/interceptionMode", Form::Mode),
    ("status.sidecar.istio.io/port", Form::Port),
    (
        "readiness.status.sidecar.istio.io/initialDelaySeconds",
        Form::Number,
    ),
    (
        "readiness.status.sidecar.istio.io/periodSeconds",
        Form::Number,
    ),
    (
        "readiness.status.sidecar.istio.io/failureThreshold",
        Form::Number,
    ),
    (
        "traffic.sidecar.istio.io/includeOutboundIPRanges",
        Form::Ranges { may_be_all: true },
    ),
    (
        "traffic.sidecar.istio.io/excludeOutboundIPRanges",
        Form::Ranges { may_be_all: false },
    ),
    (
        "traffic.sidecar.istio.io/includeInboundPorts",
        Form::Ports { may_be_all: true },
    ),
    (
        "traffic.sidecar.istio.io/excludeInboundPorts",
        Form::Ports { may_be_all: false },
    ),
    (
        "traffic.sidecar.istio.io/excludeOutboundPorts",
        Form::Ports { may_be_all: false },
    ),
    ("prometheus.istio.io/merge-metrics", Form::Boolean),
    ("sidecar.istio.io/proxyCPU", Form::Amount),
    ("sidecar.istio.io/proxyMemory", Form::Amount),
    ("sidecar.istio.io/proxyCPULimit", Form::Amount),
    ("sidecar.istio.io/proxyMemoryLimit", Form::Amount),
];

impl Form {
    /// The form in words.
    fn wanted(self) -> &'static str {
        match self {
            Self::Mode => "REDIRECT, TPROXY or NONE",
            Self::Port => "a port number",
            Self::Number => "a whole number that is not negative",
            Self::Boolean => "true or false",
            Self::Ranges { may_be_all: true } => "address ranges with commas between, or `*`",
            Self::Ranges { may_be_all: false } => "address ranges with commas between",
            Self::Ports { may_be_all: true } => "port numbers with commas between, or `*`",
            Self::Ports { may_be_all: false } => "port numbers with commas between",
            Self::Amount => "a quantity",
        }
    }

    fn takes(self, value: &str) -> bool {
        let each = |fits: fn(&str) -> bool| value.trim().is_empty() || value.split(',').all(fits);
        match self {
            Self::Mode => ["REDIRECT", "TPROXY", "NONE"].contains(&value),
            Self::Port => is_port(value),
            Self::Number => value.parse::<u32>().is_ok(),
            // As Go reads a boolean.
            Self::Boolean => [
                "1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False",
            ]
            .contains(&value),
            Self::Ranges { may_be_all } => may_be_all && value == "*" || each(is_range),
            Self::Ports { may_be_all } => may_be_all && value == "*" || each(is_port),
            Self::Amount => Quantity::parse(value).is_some(),
        }
    }
}

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for annotation in annotations::all(cluster) {
        let form = FORMS.iter().find(|(name, _)| *name == annotation.name);
        let Some((name, form)) = form.filter(|_| annotation.kind == "Pod") else {
            continue;
        };
        if !form.takes(annotation.value) {
            let message = format!("{name} is {:?}, not {}", annotation.value, form.wanted());
            findings.add(annotation.document, annotation.path, message);
        }
    }
}

fn is_port(text: &str) -> bool {
    text.trim().parse::<u16>().is_ok()
}

fn is_range(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else {
        return false;
    };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    bits.parse::<u8>().is_ok_and(|bits| bits <= most)
}
