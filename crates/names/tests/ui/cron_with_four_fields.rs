use names::cron;

fn main() {
    let _ = cron!("15 2 * *");
}
