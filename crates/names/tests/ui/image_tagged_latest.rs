use names::{ImageReference, name};

fn main() {
    let _ = name!(ImageReference, "registry.example.com/api:latest");
}
