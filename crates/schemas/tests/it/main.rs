//! The import from end to end, and what is committed.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the import is about files, and a test that cannot prepare them has failed"
)]

mod committed;
mod core_types;
mod distilled;
mod errors;
mod repeated;
mod verified;

use std::fs;
use std::path::{Path, PathBuf};

use schemas::import::{self, ImportError, Summary};
use schemas::{KindSchema, Schema, Store};
use tempfile::TempDir;

/// The sources that every test may import.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// A data folder, and a folder for sources beside it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A data folder with everything imported.
    fn with_fixtures() -> Self {
        let folder = Self::new();
        folder.import(&[fixtures()]).unwrap();
        folder
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// Writes a source.
    fn source(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join("sources").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn import(&self, sources: &[PathBuf]) -> Result<Summary, ImportError> {
        import::import(sources, &self.data())
    }

    /// Every file of the data folder.
    fn files(&self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        for area in ["", "custom", "kubernetes"] {
            let Ok(entries) = fs::read_dir(self.data().join(area)) else {
                continue;
            };
            for path in entries
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.is_file())
            {
                let name = path
                    .strip_prefix(self.data())
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
        files.sort();
        files
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.data().join(name)).unwrap()
    }

    fn store(&self) -> Store {
        let files = self.files().into_iter();
        Store::from_texts(
            files.filter_map(|(name, text)| Some((name.strip_suffix(".jsonl")?.to_owned(), text))),
        )
    }
}

/// A CRD with one version, whose `spec` has the schema given in one line of YAML.
fn definition(kind: &str, spec: &str) -> String {
    let plural = format!("{}s", kind.to_lowercase());
    format!(
        "apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: {plural}.example.com}}
spec:
  group: example.com
  scope: Namespaced
  names: {{kind: {kind}, plural: {plural}}}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {spec}
"
    )
}

/// The schema of a field, by its path.
fn field<'a>(kind: &'a KindSchema, path: &[&str]) -> &'a Schema {
    path.iter().fold(&kind.schema, |schema, name| {
        schema.properties.get(name).unwrap()
    })
}

/// Compares with the snapshot of that name beside the tests.
macro_rules! snapshot {
    ($name:literal, $text:expr) => {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $text);
        })
    };
}
use snapshot;
