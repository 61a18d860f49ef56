//! A container says what it needs.

use builders::Container;
use names::{ContainerName, ImageReference, name};

fn container(image: &ImageReference) -> Container {
    Container::new(&name!(ContainerName, "basket"), image)
}

fn main() {}
