//! The selector of an identity is fixed when the identity is made.

use builders::Identity;

fn change(identity: Identity) {
    identity
        .selector()
        .insert("team".to_owned(), "checkout".to_owned());
}

fn main() {}
