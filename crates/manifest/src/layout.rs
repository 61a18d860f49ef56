//! Which object goes into which file.

use std::panic::Location;

use names::ApplicationName;

use crate::application::{Application, Directory};
use crate::file_name;
use crate::id::ResourceId;
use crate::manifest::Manifest;

/// The folder of objects that belong to the whole cluster; no namespace can have this name.
const CLUSTER: &str = "_cluster";

/// Whether the API group is part of a file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// `service-web.yaml`
    Omitted,
    /// `service.serving.knative.dev-web.yaml`, for two kinds of one name in a folder.
    Named,
}

/// The file of an object below the folder of its environment:
/// `apps/<application>/<namespace or _cluster>/<kind>-<name>.yaml`.
///
/// It depends on nothing but its arguments and is fit for every file system: lower case, no
/// separator or device name out of a name, no part longer than 205 bytes.
pub fn path_of(
    directory: Directory,
    application: &ApplicationName,
    id: &ResourceId,
    group: Group,
) -> String {
    let mut path = String::with_capacity(96);
    path.push_str(directory.as_str());
    path.push('/');
    file_name::push(&mut path, application.as_str());
    path.push('/');
    match &id.namespace {
        Some(namespace) => file_name::push(&mut path, namespace),
        None => path.push_str(CLUSTER),
    }
    path.push('/');
    let mut name = id.kind.to_ascii_lowercase();
    if group == Group::Named {
        name.push('.');
        name.push_str(match id.group() {
            "" => "core",
            group => group,
        });
    }
    name.push('-');
    name.push_str(&id.name);
    file_name::push(&mut path, &name);
    path.push_str(".yaml");
    path
}

/// One object and its file.
#[derive(Debug, Clone)]
pub struct Placed<'a> {
    /// The file, relative to the folder of the environment, with `/` between its parts.
    pub path: String,
    /// The application that the object belongs to.
    pub application: &'a Application,
    /// The object.
    pub manifest: &'a Manifest,
}

/// Two objects with one file, which means with one identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The file that both would be written to.
    pub path: String,
    /// The one that was there first.
    pub first: (ResourceId, &'static Location<'static>),
    /// The other one.
    pub second: (ResourceId, &'static Location<'static>),
}

/// Every object of some applications and its file, ordered by path: the order does not depend on
/// that of the applications, nor on that of the objects in them.
#[derive(Debug, Clone)]
pub struct Layout<'a> {
    placed: Vec<Placed<'a>>,
}

impl<'a> Layout<'a> {
    /// Finds a file for every object.
    ///
    /// # Errors
    ///
    /// All pairs of objects that would share a file, ordered by path.
    pub fn new(applications: &'a [Application]) -> Result<Self, Vec<Duplicate>> {
        let mut placed: Vec<Placed<'a>> = applications
            .iter()
            .flat_map(|application| {
                application.manifests.iter().map(move |manifest| Placed {
                    path: path_in(application, manifest, Group::Omitted),
                    application,
                    manifest,
                })
            })
            .collect();
        sort(&mut placed);
        let named = placed
            .chunk_by_mut(|one, other| one.path == other.path)
            .filter(|same| same.len() > 1)
            .flatten();
        for one in named {
            one.path = path_in(one.application, one.manifest, Group::Named);
        }
        sort(&mut placed);
        let duplicates: Vec<Duplicate> = placed
            .windows(2)
            .filter(|pair| pair[0].path == pair[1].path)
            .map(|pair| Duplicate {
                path: pair[0].path.clone(),
                first: (pair[0].manifest.id().clone(), pair[0].manifest.origin()),
                second: (pair[1].manifest.id().clone(), pair[1].manifest.origin()),
            })
            .collect();
        if duplicates.is_empty() {
            Ok(Self { placed })
        } else {
            Err(duplicates)
        }
    }

    /// The objects with their files, ordered by path.
    pub fn placed(&self) -> &[Placed<'a>] {
        &self.placed
    }
}

fn path_in(application: &Application, manifest: &Manifest, group: Group) -> String {
    path_of(
        application.directory,
        &application.name,
        manifest.id(),
        group,
    )
}

fn sort(placed: &mut [Placed<'_>]) {
    placed.sort_by(|one, other| {
        (&one.path, one.manifest.id()).cmp(&(&other.path, other.manifest.id()))
    });
}
