use names::Cidr;

fn main() {
    const RANGE: Cidr = Cidr::v4([10, 0, 0, 1], 16);
    let _ = RANGE;
}
