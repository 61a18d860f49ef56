//! Jobs, and those of a CronJob: one pod template that runs to its end, once or on a schedule.

use k8s_openapi::api::batch::v1 as batch;
use manifest::Manifest;
use names::{CronSchedule, Duration};

use crate::{Identity, Pod};

/// The time zone of every schedule: a run neither falls out nor comes twice when clocks are changed.
const TIME_ZONE: &str = "Etc/UTC";

/// Runs that failed before a Job gives up; the pause between two of them doubles from 10 seconds on.
const RETRIES: u32 = 3;
/// How long a Job may take with all its retries.
const DEADLINE: Duration = Duration::hours(1);
/// How long a finished Job that no `CronJob` owns can still be looked at.
const KEPT: Duration = Duration::hours(24);
/// How late a run may start after the controller was away; long enough for an upgrade of the control plane.
const START_WITHIN: Duration = Duration::minutes(30);
/// Finished runs that are kept with their logs: those that went well, and those that did not.
const HISTORY: (u16, u16) = (3, 3);

/// A Job under construction.
///
/// Each attempt is a new pod, so that the logs of a failed one stay; a pod that a drain or a preemption took away does
/// not count as a failure. Kubernetes never lets a Job's template change: one that Argo CD applies wants
/// `SyncOption::ForceReplace`.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Job {
    identity: Identity,
    spec: batch::JobSpec,
}

impl Job {
    /// A pod that runs to its end once.
    pub fn new(pod: Pod) -> Self {
        let mut job = Self::of_schedule(pod);
        job.spec.ttl_seconds_after_finished = Some(KEPT.as_seconds_i32());
        job
    }

    /// A Job without a lifetime of its own: the history of its schedule decides.
    fn of_schedule(pod: Pod) -> Self {
        let identity = pod.identity().clone();
        let pod = pod.patch(|spec| spec.restart_policy = Some("Never".to_owned()));
        let spec = batch::JobSpec {
            template: pod.template(),
            pod_failure_policy: Some(ignoring_disruptions()),
            ..Default::default()
        };
        Self { identity, spec }.retries(RETRIES).deadline(DEADLINE)
    }

    /// How many failed pods are replaced before the Job counts as failed; 3 where nothing is said.
    pub fn retries(mut self, count: u32) -> Self {
        self.spec.backoff_limit = i32::try_from(count).ok();
        self
    }

    /// How long the Job may take with all its retries, in whole seconds; an hour where nothing is said.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.spec.active_deadline_seconds = Some(limit.as_seconds_i64());
        self
    }

    /// How long the finished Job and its logs stay, in whole seconds; a day where nothing is said.
    pub fn keep_for(mut self, time: Duration) -> Self {
        self.spec.ttl_seconds_after_finished = Some(time.as_seconds_i32());
        self
    }

    /// Starts a failed container again in its pod, so that its scratch volumes survive the attempt.
    pub fn restart_in_place(mut self) -> Self {
        // The failure policy is for pods that never restart.
        self.spec.pod_failure_policy = None;
        if let Some(pod) = &mut self.spec.template.spec {
            pod.restart_policy = Some("OnFailure".to_owned());
        }
        self
    }

    /// Exit codes of a container after which another attempt would end the same way: the Job fails at once.
    pub fn gives_up_on(mut self, codes: impl IntoIterator<Item = i32>) -> Self {
        let rule = batch::PodFailurePolicyRule {
            action: "FailJob".to_owned(),
            on_exit_codes: Some(batch::PodFailurePolicyOnExitCodesRequirement {
                container_name: None,
                operator: "In".to_owned(),
                values: codes.into_iter().collect(),
            }),
            on_pod_conditions: None,
        };
        // Rules are tried in order, and a pod that was taken away has an exit code as well.
        if let Some(policy) = &mut self.spec.pod_failure_policy {
            policy.rules.push(rule);
        }
        self
    }

    /// Makes it, but does not start it until somebody sets `suspend` to false.
    pub fn suspended(mut self) -> Self {
        self.spec.suspend = Some(true);
        self
    }

    /// Changes what this builder has no word for; say why at the call.
    pub fn patch(mut self, change: impl FnOnce(&mut batch::JobSpec)) -> Self {
        change(&mut self.spec);
        self
    }

    /// Who the Job is.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The manifest.
    #[track_caller]
    pub fn manifest(self) -> Manifest {
        let job = batch::Job {
            metadata: self.identity.metadata(),
            spec: Some(self.spec),
            ..Default::default()
        };
        Manifest::namespaced(self.identity.namespace(), self.identity.name().clone(), job)
    }
}

/// A `CronJob` under construction.
///
/// A run that is still going keeps the next one from starting, and schedules are in UTC.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct CronJob {
    job: Job,
    spec: batch::CronJobSpec,
}

impl CronJob {
    /// A pod that runs to its end at each time of `schedule`.
    pub fn new(pod: Pod, schedule: &CronSchedule) -> Self {
        let spec = batch::CronJobSpec {
            schedule: schedule.to_string(),
            time_zone: Some(TIME_ZONE.to_owned()),
            ..Default::default()
        };
        let job = Job::of_schedule(pod);
        Self { job, spec }
            .concurrency("Forbid")
            .start_within(START_WITHIN)
            .history(HISTORY.0, HISTORY.1)
    }

    fn concurrency(mut self, policy: &'static str) -> Self {
        self.spec.concurrency_policy = Some(policy.to_owned());
        self
    }

    /// Lets a run start while an earlier one is still going.
    pub fn overlapping(self) -> Self {
        self.concurrency("Allow")
    }

    /// Ends a run that is still going when the next one starts.
    pub fn replacing(self) -> Self {
        self.concurrency("Replace")
    }

    /// How late a run may start before it is left out; half an hour where nothing is said. Below 10 seconds the
    /// controller may miss every run.
    pub fn start_within(mut self, limit: Duration) -> Self {
        self.spec.starting_deadline_seconds = Some(limit.as_seconds_i64());
        self
    }

    /// How many finished runs stay: those that went well and those that did not; three of each where nothing is said.
    pub fn history(mut self, successful: u16, failed: u16) -> Self {
        self.spec.successful_jobs_history_limit = Some(successful.into());
        self.spec.failed_jobs_history_limit = Some(failed.into());
        self
    }

    /// Runs only when somebody makes a Job from it: `kubectl create job --from=cronjob/NAME`.
    pub fn on_demand(mut self) -> Self {
        self.spec.suspend = Some(true);
        self
    }

    /// How many failed pods of a run are replaced before the run counts as failed; 3 where nothing is said.
    pub fn retries(self, count: u32) -> Self {
        self.each_run(|job| job.retries(count))
    }

    /// How long a run may take with all its retries, in whole seconds; an hour where nothing is said.
    pub fn deadline(self, limit: Duration) -> Self {
        self.each_run(|job| job.deadline(limit))
    }

    /// Changes each run by what [`Job`] has a word for.
    pub fn each_run(mut self, change: impl FnOnce(Job) -> Job) -> Self {
        self.job = change(self.job);
        self
    }

    /// Changes what this builder has no word for; say why at the call. The template of the runs is not in it:
    /// [`Self::each_run`] is for that.
    pub fn patch(mut self, change: impl FnOnce(&mut batch::CronJobSpec)) -> Self {
        change(&mut self.spec);
        self
    }

    /// Who the `CronJob` is.
    pub fn identity(&self) -> &Identity {
        self.job.identity()
    }

    /// The manifest.
    #[track_caller]
    pub fn manifest(self) -> Manifest {
        let identity = self.job.identity;
        let spec = batch::CronJobSpec {
            job_template: batch::JobTemplateSpec {
                metadata: Some(identity.metadata()),
                spec: Some(self.job.spec),
            },
            ..self.spec
        };
        let cron_job = batch::CronJob {
            metadata: identity.metadata(),
            spec: Some(spec),
            ..Default::default()
        };
        Manifest::namespaced(identity.namespace(), identity.name().clone(), cron_job)
    }
}

/// A drain, a preemption or an eviction is no failure of the program.
fn ignoring_disruptions() -> batch::PodFailurePolicy {
    batch::PodFailurePolicy {
        rules: vec![batch::PodFailurePolicyRule {
            action: "Ignore".to_owned(),
            on_pod_conditions: Some(vec![batch::PodFailurePolicyOnPodConditionsPattern {
                type_: "DisruptionTarget".to_owned(),
                status: Some("True".to_owned()),
            }]),
            on_exit_codes: None,
        }],
    }
}
