//! The rendered tree of an environment, in memory: path → text.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::Location;
use std::path::Path;
use std::thread;

use manifest::{Application, Layout, Manifest};

use crate::error::Clash;
use crate::write::{Comparer, Drift, File, Options, Summary, WriteError, Writer};

/// One object, and the file it belongs to.
#[derive(Clone, Debug)]
pub struct Placed<'a> {
    /// The file, relative to the folder of the environment.
    pub path: String,
    /// The name of the application that the object belongs to.
    pub application: &'a str,
    /// The object.
    pub manifest: &'a Manifest,
}

/// Finds a file for each object of some applications, ordered by path.
pub(crate) fn place(applications: &[Application]) -> Result<Vec<Placed<'_>>, Vec<Clash>> {
    let layout = Layout::new(applications)
        .map_err(|duplicates| duplicates.into_iter().map(Clash::from).collect::<Vec<_>>())?;
    let placed = layout.placed().iter().map(|placed| Placed {
        path: placed.path.clone(),
        application: placed.application.name.as_str(),
        manifest: placed.manifest,
    });
    Ok(placed.collect())
}

/// How the name of an object's file ends.
const OBJECT: &str = ".yaml";

/// One file of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeFile {
    /// Its content.
    pub text: String,
    /// The name of the application that it belongs to.
    pub application: String,
    /// The Rust line that made it.
    pub origin: &'static Location<'static>,
}

/// The files of an environment by path, which is also the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<String, TreeFile>,
}

impl Tree {
    /// Writes each object as YAML, on up to `threads` threads. The number changes nothing but the time it takes.
    pub(crate) fn of(placed: &[Placed<'_>], threads: NonZeroUsize) -> Self {
        let chunk = placed.len().div_ceil(threads.get()).max(1);
        let files = thread::scope(|scope| {
            let mut chunks = placed.chunks(chunk);
            let first = chunks.next().unwrap_or_default();
            let others: Vec<_> = chunks
                .map(|chunk| (chunk, scope.spawn(|| texts(chunk))))
                .collect();
            let mut files: BTreeMap<_, _> = texts(first).into_iter().collect();
            for (chunk, thread) in others {
                // A thread that died has left no text; making it here shows why.
                files.extend(thread.join().unwrap_or_else(|_| texts(chunk)));
            }
            files
        });
        Self { files }
    }

    /// Adds a file that is no object, for people to read.
    pub(crate) fn with_page(mut self, path: &str, page: TreeFile) -> Self {
        self.files.insert(path.to_owned(), page);
        self
    }

    /// The files, ordered by path.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&str, &TreeFile)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// The objects with their paths, without the pages for people.
    pub fn objects(&self) -> impl Iterator<Item = (&str, &TreeFile)> {
        self.files().filter(|(path, _)| path.ends_with(OBJECT))
    }

    /// All objects as one YAML stream, ordered by path.
    pub fn stream(&self) -> String {
        let mut stream = String::with_capacity(
            self.objects()
                .map(|(_, file)| file.text.len() + "---\n".len())
                .sum(),
        );
        for (_, file) in self.objects() {
            stream.push_str("---\n");
            stream.push_str(&file.text);
        }
        stream
    }

    /// Brings `folder` to this state.
    pub(crate) fn write(&self, folder: &Path, options: Options) -> Result<Summary, WriteError> {
        let mut writer = Writer::open(folder, options)?;
        self.entries().try_for_each(|file| writer.put(&file))?;
        writer.finish()
    }

    /// Tells how `folder` differs from this state, and changes nothing.
    pub fn compare(&self, folder: &Path) -> Result<Drift, WriteError> {
        let mut comparer = Comparer::open(folder)?;
        self.entries().try_for_each(|file| comparer.put(&file))?;
        Ok(comparer.finish())
    }

    fn entries(&self) -> impl Iterator<Item = File<'_>> {
        self.files.iter().map(|(path, file)| File {
            path,
            text: &file.text,
            application: &file.application,
            origin: file.origin,
        })
    }
}

fn texts(placed: &[Placed<'_>]) -> Vec<(String, TreeFile)> {
    let texts = placed.iter().map(|placed| {
        let application = placed.application.to_owned();
        let file = TreeFile {
            text: placed.manifest.yaml(),
            application,
            origin: placed.manifest.origin(),
        };
        (placed.path.clone(), file)
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::ConfigMap;
    use names::{ApplicationName, ConfigMapName, NamespaceName, name};

    use super::*;

    fn application(number: usize) -> Application {
        let namespace = name!(NamespaceName, "production");
        let name: ApplicationName = format!("application-{number}").parse().expect("a name");
        let manifests = (0..5).map(|object| {
            let name: ConfigMapName = format!("settings-{object}").parse().expect("a name");
            let data = [("KEY".to_owned(), format!("{number}-{object}"))];
            Manifest::namespaced(
                &namespace,
                name,
                ConfigMap {
                    data: Some(data.into()),
                    ..Default::default()
                },
            )
        });
        Application::new(name, namespace.clone()).manifests(manifests)
    }

    fn tree(numbers: impl IntoIterator<Item = usize>, threads: usize) -> Tree {
        let applications: Vec<Application> = numbers.into_iter().map(application).collect();
        Tree::of(
            &place(&applications).expect("no clash"),
            NonZeroUsize::new(threads).expect("not zero"),
        )
    }

    #[test]
    fn threads_and_the_order_of_applications_change_nothing() {
        let expected = tree(0..23, 1);
        assert_eq!(expected.files().len(), 23 * 5);
        for threads in [1, 2, 7, 1000] {
            assert_eq!(tree(0..23, threads), expected, "{threads} threads");
            assert_eq!(
                tree((0..23).rev(), threads),
                expected,
                "{threads} threads, reversed"
            );
            assert_eq!(
                tree((12..23).chain(0..12), threads),
                expected,
                "{threads} threads, shuffled"
            );
        }
        assert_eq!(tree([], 2).files().len(), 0);
    }

    #[test]
    fn the_stream_has_one_document_a_file() {
        let stream = tree([3], 1).stream();
        assert_eq!(stream.matches("---\n").count(), 5);
        assert!(
            stream.starts_with("---\napiVersion: v1\nkind: ConfigMap\n"),
            "{stream}"
        );
    }

    #[test]
    fn two_objects_of_one_identity_are_told_with_both_origins() {
        let clashes =
            place(&[application(1), application(1)]).expect_err("each object is there twice");
        assert_eq!(clashes.len(), 5);
        let message = clashes[0].to_string();
        assert!(
            message.starts_with("v1 ConfigMap production/settings-0 is made twice: by "),
            "{message}"
        );
        assert_eq!(message.matches("tree.rs:").count(), 2, "{message}");
    }
}
