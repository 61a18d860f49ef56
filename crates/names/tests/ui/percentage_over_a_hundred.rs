use names::percentage;

fn main() {
    let _ = percentage!(101);
}
