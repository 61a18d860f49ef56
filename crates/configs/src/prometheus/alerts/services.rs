//! Alerts about services that fail their callers: each has its own limits.

use names::{Duration, NamespaceName, Percentage, WorkloadName};

use crate::prometheus::label::LabelName;
use crate::prometheus::rule_tests::TestGroup;
use crate::prometheus::rules::{AlertRule, RuleGroup, Severity};

/// What a service promises its callers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    /// Its namespace.
    pub namespace: NamespaceName,
    /// Its workload.
    pub workload: WorkloadName,
    /// The share of answers that may be server errors.
    pub errors: Percentage,
    /// The time within which ninety-nine of a hundred requests are answered.
    pub latency: Duration,
    /// How long either has to be missed.
    pub after: Duration,
}

/// Who counts the requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The mesh's proxies. Both ends report each request; the callee's is enough.
    Mesh,
    /// The services themselves, as Prometheus' client libraries do: `http_requests_total` with the label `code`, and
    /// `http_request_duration_seconds`.
    Service,
}

impl Source {
    fn requests(self, of: &Objective, errors: bool) -> String {
        let Objective {
            namespace,
            workload,
            ..
        } = of;
        match self {
            Self::Mesh => {
                let code = if errors {
                    ",response_code=~\"5..\""
                } else {
                    ""
                };
                format!(
                    "istio_requests_total{{reporter=\"destination\",destination_workload_namespace=\"{namespace}\",\
                     destination_workload=\"{workload}\"{code}}}"
                )
            }
            Self::Service => {
                let code = if errors { ",code=~\"5..\"" } else { "" };
                format!(
                    "http_requests_total{{namespace=\"{namespace}\",pod=~\"{workload}-.+\"{code}}}"
                )
            }
        }
    }

    /// The buckets of the durations, and how many of their unit a second has.
    fn durations(self, of: &Objective) -> (String, u32) {
        let Objective {
            namespace,
            workload,
            ..
        } = of;
        match self {
            Self::Mesh => (
                format!(
                    "istio_request_duration_milliseconds_bucket{{reporter=\"destination\",\
                     destination_workload_namespace=\"{namespace}\",destination_workload=\"{workload}\"}}"
                ),
                1000,
            ),
            Self::Service => (
                format!(
                    "http_request_duration_seconds_bucket{{namespace=\"{namespace}\",pod=~\"{workload}-.+\"}}"
                ),
                1,
            ),
        }
    }
}

/// The alerts of these services, as a group of this name.
pub fn services(name: &str, source: Source, objectives: &[Objective]) -> RuleGroup {
    let rules = objectives.iter().flat_map(|objective| {
        [
            service_errors(source, objective),
            service_slow(source, objective),
        ]
    });
    RuleGroup::of_alerts(name, rules)
}

fn service_errors(source: Source, of: &Objective) -> AlertRule {
    let rate = |errors| format!("sum(rate({}[5m]))", source.requests(of, errors));
    let expression = format!(
        "{} / {} > {} / 100",
        rate(true),
        rate(false),
        i32::from(of.errors)
    );
    let rule = AlertRule::new(
        "ServiceErrors",
        Severity::Critical,
        expression,
        &format!("{}/{} answers with errors", of.namespace, of.workload),
        "{{ $value | humanizePercentage }} of its answers are server errors, which is more than its callers are promised.",
    );
    of_service(rule, of)
}

fn service_slow(source: Source, of: &Objective) -> AlertRule {
    let (buckets, unit) = source.durations(of);
    let expression = format!(
        "histogram_quantile(0.99, sum by (le) (rate({buckets}[5m]))) / {unit} > {} / 1000",
        of.latency.as_milliseconds()
    );
    let rule = AlertRule::new(
        "ServiceSlow",
        Severity::Warning,
        expression,
        &format!("{}/{} answers slowly", of.namespace, of.workload),
        "One request in a hundred takes more than {{ $value | humanizeDuration }}, which is longer than its callers are promised.",
    );
    of_service(rule, of)
}

/// The rule with the labels that its sums have lost. Its texts do not see them: they are filled in before.
fn of_service(mut rule: AlertRule, of: &Objective) -> AlertRule {
    let labels = [
        ("namespace", of.namespace.to_string()),
        ("service", of.workload.to_string()),
    ];
    rule.labels
        .extend(labels.map(|(label, value)| (LabelName::from_static(label), value)));
    rule.after(of.after)
}

/// promtool's tests of the alerts of one service.
pub fn service_tests(source: Source, of: &Objective) -> Vec<TestGroup> {
    let (errors, slow) = (service_errors(source, of), service_slow(source, of));
    let series = |selector: String| {
        selector
            .replace("=~\"5..\"", "=\"503\"")
            .replace("pod=~\"", "pod=\"")
            .replace("-.+\"", "-1\"")
    };
    let bucket = |le: &str| {
        let (selector, _) = source.durations(of);
        series(selector).replace('}', &format!(",le=\"{le}\"}}"))
    };
    // A bucket far below the limit, and one above it that all requests fall into.
    let (_, unit) = source.durations(of);
    let seconds = of.latency.as_seconds() * 10 + 10;
    let far = seconds * u64::from(unit);
    let long_after = of.after.saturating_add(Duration::minutes(20));
    let title = format!("{}/{}", of.namespace, of.workload);
    vec![
        TestGroup::new(format!("{title} of which every answer is an error"))
            .given(&series(source.requests(of, true)), "0x5 0+60x120")
            .silent(&errors, Duration::minutes(4))
            .raised(
                &errors,
                long_after,
                &[],
                &format!("{title} answers with errors"),
                "100% of its answers are server errors, which is more than its callers are promised.",
            ),
        TestGroup::new(format!("{title} that answers at once"))
            .given(&bucket("0.001"), "0+60x120")
            .given(&bucket("+Inf"), "0+60x120")
            .silent(&slow, long_after),
        TestGroup::new(format!("{title} that takes its time"))
            .given(&bucket("0.001"), "0x120")
            .given(&bucket(&far.to_string()), "0x5 0+0x120")
            .given(&bucket("+Inf"), "0x5 0+60x120")
            .silent(&slow, Duration::minutes(4))
            .raised(
                &slow,
                long_after,
                &[],
                &format!("{title} answers slowly"),
                &format!(
                    "One request in a hundred takes more than {}, which is longer than its callers are promised.",
                    humanized(seconds)
                ),
            ),
    ]
}

/// Seconds as the server's templates write them.
fn humanized(seconds: u64) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    if minutes > 0 {
        format!("{minutes}m {seconds}s")
    } else {
        format!("{seconds}s")
    }
}
