use crate::table::texts;
use names::CronSchedule;

#[test]
fn schedules_are_those_of_the_cron_job_controller() {
    texts::<CronSchedule>(
        &[
            "* * * * *",
            "0 0 1 1 *",
            "15 2 * * *",
            "*/15 * * * *",
            "0-30/10 8-18 * * MON-FRI",
            "5,10,15 0 * * *",
            "0 0 ? * ?",
            "10/20 * * * *",
            "0 0 1 JAN sun",
            "0 0 * jan-mar,DEC *",
            "0 22 * * 1-5",
            "00 07 * * *",
            "0  0 * *   0",
            "0 0 31 1,2 *",
            "0 0 30 2 MON",
            "0 0 29 2 *",
            "59 23 31 12 6",
            "0 0 */31 * *",
            "0 0 * * */2",
            "@daily",
            "@hourly",
            "@weekly",
            "@monthly",
            "@yearly",
            "@annually",
            "@midnight",
        ],
        &[
            "",
            "*",
            "* * * *",
            "* * * * * *",
            " * * * * *",
            "* * * * * ",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * 32 * *",
            "* * * 0 *",
            "* * * 13 *",
            "* * * * 7",
            "-1 * * * *",
            "*/0 * * * *",
            "5-1 * * * *",
            "1- * * * *",
            "-5 * * * *",
            ", * * * *",
            "1,, * * * *",
            "1/ * * * *",
            "1/a * * * *",
            "1/2/3 * * * *",
            "1-2-3 * * * *",
            "*-5 * * * *",
            "** * * * *",
            "a * * * *",
            "MON * * * *",
            "* * * MON *",
            "* * * * JAN",
            "* * * * MOND",
            "* * * * FRI-MON",
            "0.5 * * * *",
            "@Daily",
            "@reboot",
            "@every 1h",
            "TZ=UTC 0 0 * * *",
            "CRON_TZ=UTC 0 0 * * *",
            "*\t* * * *",
        ],
    );
}

#[test]
fn a_date_that_never_comes_is_refused() {
    texts::<CronSchedule>(
        &[
            "0 0 29 2 *",
            "0 0 30 1-3 *",
            "0 0 31 * *",
            "0 0 31 4,5 *",
            "0 0 28-31 2 *",
        ],
        &[
            "0 0 30 2 *",
            "0 0 31 2 *",
            "0 0 30,31 FEB *",
            "0 0 31 4 *",
            "0 0 31 4,6,9,11 *",
            "0 0 31 apr,jun ?",
        ],
    );
}

#[test]
fn words_stand_for_five_fields() {
    let fields = |text: &str| {
        text.parse::<CronSchedule>()
            .unwrap()
            .fields()
            .map(str::to_owned)
    };
    assert_eq!(fields("@daily"), ["0", "0", "*", "*", "*"]);
    assert_eq!(fields("@weekly"), ["0", "0", "*", "*", "0"]);
    assert_eq!(fields("@yearly"), ["0", "0", "1", "1", "*"]);
    assert_eq!(fields("@monthly"), ["0", "0", "1", "*", "*"]);
    assert_eq!(fields("@hourly"), ["0", "*", "*", "*", "*"]);
    assert_eq!(fields("5  4 * *  SUN"), ["5", "4", "*", "*", "SUN"]);
    assert_eq!(
        names::cron!("15 2 * * *").fields(),
        ["15", "2", "*", "*", "*"]
    );
}
