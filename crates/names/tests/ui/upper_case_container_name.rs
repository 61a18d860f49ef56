use names::{ContainerName, name};

fn main() {
    let _ = name!(ContainerName, "Redis");
}
