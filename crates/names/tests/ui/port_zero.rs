use names::port;

fn main() {
    let _ = port!(0);
}
