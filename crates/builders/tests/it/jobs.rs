//! Jobs: a run ends, its failures stay visible, and runs of one schedule do not meet unless that is said.

use builders::{Claim, CronJob, Job, Pod, RunAs, StorageClassRef};
use names::{Bytes, ClaimName, CronSchedule, Duration, StorageClassName, VolumeName, name};
use serde_json::{Value, json};

use crate::sample::{account, basket, container, field, pod};

const HOURLY: CronSchedule = CronSchedule::from_static("@hourly");

fn cron_job() -> CronJob {
    CronJob::new(pod(&basket()), &HOURLY)
}

#[test]
fn a_job_ends_by_itself_and_goes_away_later() {
    let manifest = Job::new(pod(&basket())).manifest();
    assert_eq!(field(&manifest, "/spec/backoffLimit"), json!(3));
    assert_eq!(field(&manifest, "/spec/activeDeadlineSeconds"), json!(3600));
    assert_eq!(
        field(&manifest, "/spec/ttlSecondsAfterFinished"),
        json!(86_400)
    );
    assert_eq!(
        field(&manifest, "/spec/selector"),
        Value::Null,
        "the controller sets it"
    );
}

#[test]
fn what_is_said_of_a_job_wins() {
    let manifest = Job::new(pod(&basket()))
        .retries(0)
        .deadline(Duration::minutes(5))
        .keep_for(Duration::hours(2))
        .suspended()
        .manifest();
    assert_eq!(field(&manifest, "/spec/backoffLimit"), json!(0));
    assert_eq!(field(&manifest, "/spec/activeDeadlineSeconds"), json!(300));
    assert_eq!(
        field(&manifest, "/spec/ttlSecondsAfterFinished"),
        json!(7200)
    );
    assert_eq!(field(&manifest, "/spec/suspend"), json!(true));
}

#[test]
fn only_pods_that_never_restart_have_a_failure_policy() {
    let anew = Job::new(pod(&basket())).manifest();
    assert_eq!(
        field(&anew, "/spec/template/spec/restartPolicy"),
        json!("Never")
    );
    assert_eq!(
        field(&anew, "/spec/podFailurePolicy/rules/0"),
        json!({
            "action": "Ignore",
            "onPodConditions": [{ "type": "DisruptionTarget", "status": "True" }],
        })
    );
    let in_place = Job::new(pod(&basket())).restart_in_place().manifest();
    assert_eq!(
        field(&in_place, "/spec/template/spec/restartPolicy"),
        json!("OnFailure")
    );
    assert_eq!(field(&in_place, "/spec/podFailurePolicy"), Value::Null);
}

#[test]
fn runs_of_a_schedule_do_not_meet_unless_that_is_said() {
    let policy = |cron_job: CronJob| field(&cron_job.manifest(), "/spec/concurrencyPolicy");
    assert_eq!(policy(cron_job()), json!("Forbid"));
    assert_eq!(policy(cron_job().overlapping()), json!("Allow"));
    assert_eq!(policy(cron_job().replacing()), json!("Replace"));
}

#[test]
fn the_history_of_a_schedule_keeps_its_runs_and_not_their_lifetime() {
    let manifest = cron_job().history(1, 5).manifest();
    assert_eq!(
        field(&manifest, "/spec/successfulJobsHistoryLimit"),
        json!(1)
    );
    assert_eq!(field(&manifest, "/spec/failedJobsHistoryLimit"), json!(5));
    assert_eq!(
        field(&manifest, "/spec/jobTemplate/spec/ttlSecondsAfterFinished"),
        Value::Null
    );
}

#[test]
fn a_schedule_is_in_one_time_zone_and_its_runs_have_the_labels_of_the_identity() {
    let manifest = cron_job()
        .start_within(Duration::minutes(5))
        .deadline(Duration::minutes(20))
        .each_run(Job::restart_in_place)
        .on_demand()
        .manifest();
    assert_eq!(field(&manifest, "/spec/schedule"), json!("@hourly"));
    assert_eq!(field(&manifest, "/spec/timeZone"), json!("Etc/UTC"));
    assert_eq!(field(&manifest, "/spec/suspend"), json!(true));
    assert_eq!(
        field(&manifest, "/spec/startingDeadlineSeconds"),
        json!(300)
    );
    let run = "/spec/jobTemplate/spec";
    assert_eq!(
        field(&manifest, &format!("{run}/activeDeadlineSeconds")),
        json!(1200)
    );
    let labels = json!(basket().labels());
    for place in [
        "/metadata/labels",
        "/spec/jobTemplate/metadata/labels",
        "/spec/jobTemplate/spec/template/metadata/labels",
    ] {
        assert_eq!(field(&manifest, place), labels, "{place}");
    }
}

#[test]
fn an_exit_code_can_end_a_job_at_once_but_a_disruption_cannot() {
    let rules = |job: Job| field(&job.manifest(), "/spec/podFailurePolicy/rules");
    let job = Job::new(pod(&basket())).gives_up_on([10]);
    assert_eq!(
        rules(job)[1],
        json!({ "action": "FailJob", "onExitCodes": { "operator": "In", "values": [10] } }),
        "the rule about disruptions comes first"
    );
    let in_place = Job::new(pod(&basket()))
        .restart_in_place()
        .gives_up_on([10]);
    assert_eq!(rules(in_place), Value::Null);
}

#[test]
fn a_volume_outlives_the_runs_that_mount_it() {
    let class = StorageClassRef::declared(&name!(StorageClassName, "fast"), "of the tests");
    let claim = Claim::new(
        &basket(),
        &name!(ClaimName, "basket-cache"),
        &class,
        Bytes::gibi(1),
    );
    let container = container().mount(&claim.volume(&name!(VolumeName, "cache")), "/cache");
    let pod = Pod::new(
        &basket(),
        &account(&basket()),
        RunAs::same(10_001),
        container,
    );
    let run = CronJob::new(pod, &HOURLY).manifest();
    assert_eq!(
        field(&run, "/spec/jobTemplate/spec/template/spec/volumes/0"),
        json!({ "name": "cache", "persistentVolumeClaim": { "claimName": "basket-cache" } })
    );
    let claim = claim.manifest();
    assert_eq!(
        claim.id().to_string(),
        "v1 PersistentVolumeClaim shop/basket-cache"
    );
    assert_eq!(field(&claim, "/spec/accessModes"), json!(["ReadWriteOnce"]));
    assert_eq!(
        field(&claim, "/spec/resources/requests/storage"),
        json!("1Gi")
    );
}
