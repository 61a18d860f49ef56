//! Which value of the environment is behind each field that differs, found out by rendering with other values.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use environment::{Content, Node, Place, Sources};
use render::influence::{Movement, Traced, is_below, plain};
use review::Review;

use crate::commands::Session;
use crate::commands::influence::{influence, location, trace};
use crate::failure::Failure;

/// A value that moves a field: the field's path in one form, how many objects the value moves, and where it stands.
struct Behind {
    file: String,
    path: String,
    reach: usize,
    value: String,
}

/// Which values are tried.
pub(super) enum Tried<'f> {
    /// All of them.
    All,
    /// Those that are not what these files, by environment, make of them.
    Changed(&'f BTreeMap<String, String>),
}

/// More values than this are not tried unless somebody asks for it: each is one rendering at least.
const MOST: usize = 60;

/// Names the values behind the fields of a review of the working tree.
pub(super) fn name(
    session: &Session,
    review: &mut Review,
    tried: &Tried<'_>,
    threads: NonZeroUsize,
) -> Result<(), Failure> {
    let is_known = session.repository.names().contains(&review.environment);
    if !is_known || review.objects.is_empty() {
        return Ok(());
    }
    let places = match tried {
        Tried::All => None,
        Tried::Changed(before) => Some(changed(session, &review.environment, before)),
    };
    // Nothing is rendered where no value differs: the change is one of the components.
    if places
        .as_ref()
        .is_some_and(|places| places.is_empty() || places.len() > MOST)
    {
        return Ok(());
    }
    let influence = influence(session, &review.environment)?;
    let places = places.unwrap_or_else(|| influence.places());
    let traced = trace(&influence, &places, threads);
    let changed = |file: &str| review.objects.iter().any(|object| object.file == file);
    let mut behind = Vec::new();
    for traced in &traced {
        let value = format!(
            "{} {}",
            location(&influence, &traced.place),
            traced.place.path
        );
        collect(traced, &value, &changed, &mut behind);
    }
    // What moves few objects is nearer to a field than what moves all.
    behind.sort_by(|left, right| (left.reach, &left.value).cmp(&(right.reach, &right.value)));
    for object in &mut review.objects {
        for field in &mut object.fields {
            let path = &field.difference.path;
            let names = [plain(&path.positions()), plain(&path.to_string())];
            let found = behind.iter().find(|behind| {
                behind.file == object.file && names.iter().any(|name| touches(name, &behind.path))
            });
            field.value = found.map(|behind| behind.value.clone());
        }
    }
    Ok(())
}

/// The places of an environment whose values are not as they were; none where it was not there or cannot be read.
fn changed(session: &Session, name: &str, before: &BTreeMap<String, String>) -> Vec<Place> {
    if !before.contains_key(name) {
        return Vec::new();
    }
    let trees = (
        environment::load_tree(name, before),
        environment::load_tree(name, &session.repository),
    );
    let (Ok((was, _)), Ok((is, _))) = trees else {
        return Vec::new();
    };
    let mut places = environment::places(&is);
    places.retain(|place| {
        let text = |tree: &Node| match tree.at(&place.path).map(|node| &node.content) {
            None => None,
            Some(Content::Scalar(scalar)) => Some(scalar.text.clone()),
            // What stands below is compared by itself.
            Some(_) => Some(String::new()),
        };
        text(&was) != text(&is)
    });
    places
}

fn collect(traced: &Traced, value: &str, changed: &dyn Fn(&str) -> bool, behind: &mut Vec<Behind>) {
    for trial in &traced.trials {
        for moved in trial.moved.iter().filter(|moved| changed(&moved.file)) {
            if let Movement::Changes(changes) = &moved.movement {
                behind.extend(changes.iter().map(|change| Behind {
                    file: moved.file.clone(),
                    path: plain(&change.path),
                    reach: trial.moved.len(),
                    value: value.to_owned(),
                }));
            }
        }
    }
}

/// Whether one path is the other or below it.
fn touches(left: &str, right: &str) -> bool {
    is_below(left, right) || is_below(right, left)
}

#[cfg(test)]
mod tests {
    use super::{plain, touches};

    #[test]
    fn paths_are_compared_however_their_keys_are_written() {
        let left = plain("spec.containers[web].resources.limits[memory]");
        assert!(touches(
            &left,
            &plain("spec.containers[web].resources.limits.memory")
        ));
        assert!(touches(&left, "spec.containers.web.resources"));
        assert!(!touches(&left, "spec.containers.web.res"));
    }
}
