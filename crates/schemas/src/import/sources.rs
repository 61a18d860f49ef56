//! The files that facts are taken from: found, read, and told apart by what is in them.
#![expect(
    clippy::disallowed_methods,
    reason = "the import is the one part of the crate that reads files"
)]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::ImportError;
use super::provenance::{Origin, Provenance};
use crate::digest::sha256;
use crate::distill::openapi::Document;
use crate::distill::{Problem, custom_resource, json_schema, openapi_v2, openapi_v3};
use crate::model::KindSchema;

/// One file, read.
#[derive(Debug)]
pub(crate) struct Source {
    /// Where the file is.
    pub(crate) file: PathBuf,
    /// The name it has in the lock: relative, with `/` between folders.
    pub(crate) path: String,
    /// Of the file's bytes, in hexadecimal.
    pub(crate) sha256: String,
    /// The upstream project and version, where the folder says it.
    pub(crate) origin: Option<Origin>,
    /// What is in it.
    pub(crate) content: Content,
}

/// What a file holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// Custom kinds.
    Kinds(Vec<KindSchema>),
    /// All of a Kubernetes minor (`swagger.json`).
    Swagger { minor: String, document: Document },
    /// One API group of a Kubernetes minor (`v3/…`).
    Group { minor: String, document: Document },
    /// A schema of something that nothing in the file says the kind of.
    Nameless,
}

/// Reads every file that the arguments name; of folders, every YAML and JSON file inside, sorted.
pub(crate) fn read_all(arguments: &[PathBuf]) -> Result<Vec<Source>, ImportError> {
    let mut sources = Vec::new();
    for argument in arguments {
        let argument = fs::canonicalize(argument).map_err(|source| read_error(argument, source))?;
        let (base, provenance) = base(&argument)?;
        for file in files(&argument)? {
            let path = relative(&base, &file);
            sources.push(read(file, path, &provenance)?);
        }
    }
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    sources.dedup_by(|left, right| left.file == right.file);
    Ok(sources)
}

/// Reads one file under the name that the lock has for it.
pub(crate) fn read(
    file: PathBuf,
    path: String,
    provenance: &Provenance,
) -> Result<Source, ImportError> {
    let bytes = fs::read(&file).map_err(|source| read_error(&file, source))?;
    let documents = documents(&file, &bytes)?;
    let content = content(&file, &documents)?;
    let origin = provenance.of(&path);
    Ok(Source {
        sha256: sha256(&bytes),
        origin,
        content,
        file,
        path,
    })
}

/// The checksum of a file, or `None` if there is no such file.
pub(crate) fn checksum(file: &Path) -> Result<Option<String>, ImportError> {
    if !file.is_file() {
        return Ok(None);
    }
    let bytes = fs::read(file).map_err(|source| read_error(file, source))?;
    Ok(Some(sha256(&bytes)))
}

/// The folder that names in the lock are relative to: the nearest one upwards with a
/// `PROVENANCE.md`, else the one that the argument is in.
fn base(argument: &Path) -> Result<(PathBuf, Provenance), ImportError> {
    for folder in argument.ancestors() {
        let file = folder.join("PROVENANCE.md");
        if file.is_file() {
            let text = fs::read_to_string(&file).map_err(|source| read_error(&file, source))?;
            return Ok((folder.to_owned(), Provenance::read(&text)));
        }
    }
    Ok((
        argument.parent().unwrap_or(argument).to_owned(),
        Provenance::default(),
    ))
}

fn files(argument: &Path) -> Result<Vec<PathBuf>, ImportError> {
    if !argument.is_dir() {
        return Ok(vec![argument.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![argument.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|source| read_error(&folder, source))? {
            let entry = entry.map_err(|source| read_error(&folder, source))?;
            let kind = entry
                .file_type()
                .map_err(|source| read_error(&entry.path(), source))?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if format(&entry.path()).is_some() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    if found.is_empty() {
        Err(ImportError::NothingFound {
            path: argument.to_owned(),
        })
    } else {
        Ok(found)
    }
}

fn format(file: &Path) -> Option<&'static str> {
    match file.extension()?.to_str()? {
        "yaml" | "yml" => Some("YAML"),
        "json" => Some("JSON"),
        _ => None,
    }
}

/// The documents of a file, members of `List`s one by one.
fn documents(file: &Path, bytes: &[u8]) -> Result<Vec<Value>, ImportError> {
    let format = format(file).unwrap_or("YAML");
    let unreadable = |message: String| ImportError::Unreadable {
        path: file.to_owned(),
        format,
        message,
    };
    let documents = if format == "JSON" {
        vec![serde_json::from_slice(bytes).map_err(|error| unreadable(error.to_string()))?]
    } else {
        let text = std::str::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
        // A CRD of 2 MB is some 200,000 events; anchors and aliases are not used in them.
        let options = serde_saphyr::options! {
            with_snippet: false,
            budget: serde_saphyr::budget! {
                max_events: 20_000_000,
                max_nodes: 20_000_000,
                max_total_scalar_bytes: 512 << 20,
            },
        };
        serde_saphyr::from_multiple_with_options(text, options)
            .map_err(|error| unreadable(error.to_string()))?
    };
    Ok(documents.into_iter().flat_map(members).collect())
}

fn members(document: Value) -> Vec<Value> {
    let is_list = document
        .get("kind")
        .and_then(Value::as_str)
        .is_some_and(|kind| kind.ends_with("List"));
    match document {
        Value::Object(mut fields) if is_list => match fields.remove("items") {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        },
        Value::Null => Vec::new(),
        document => vec![document],
    }
}

fn content(file: &Path, documents: &[Value]) -> Result<Content, ImportError> {
    let no_facts = |name: &str, problem: Problem| ImportError::NoFacts {
        path: file.to_owned(),
        name: name.to_owned(),
        problem,
    };
    if let [document] = documents {
        if openapi_v2::is_one(document) {
            let document =
                openapi_v2::read(document).map_err(|problem| no_facts("OpenAPI 2", problem))?;
            return Ok(Content::Swagger {
                minor: minor(file)?,
                document,
            });
        }
        if openapi_v3::is_one(document) {
            let document =
                openapi_v3::read(document).map_err(|problem| no_facts("OpenAPI 3", problem))?;
            return Ok(Content::Group {
                minor: minor(file)?,
                document,
            });
        }
        if json_schema::is_one(document) {
            let stem = file
                .file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or_default();
            let kind = json_schema::kind(stem, document)
                .map_err(|problem| no_facts("JSON Schema", problem))?;
            return Ok(kind.map_or(Content::Nameless, |kind| Content::Kinds(vec![kind])));
        }
    }
    let mut kinds = Vec::new();
    for document in documents {
        if !custom_resource::is_one(document) {
            return Err(ImportError::NotAnApi {
                path: file.to_owned(),
                found: described(document),
            });
        }
        let name = document
            .pointer("/metadata/name")
            .and_then(Value::as_str)
            .unwrap_or("CustomResourceDefinition");
        kinds.extend(custom_resource::kinds(document).map_err(|problem| no_facts(name, problem))?);
    }
    if kinds.is_empty() {
        return Err(ImportError::Empty {
            path: file.to_owned(),
        });
    }
    Ok(Content::Kinds(kinds))
}

fn described(document: &Value) -> String {
    match document.get("kind").and_then(Value::as_str) {
        Some(kind) => format!("a {kind}"),
        None => "a document without a kind".to_owned(),
    }
}

/// `1.35`, of the innermost folder with such a name.
fn minor(file: &Path) -> Result<String, ImportError> {
    let is_minor = |name: &&str| {
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        name.split_once('.')
            .is_some_and(|(major, minor)| digits(major) && digits(minor))
    };
    let mut names = file
        .parent()
        .into_iter()
        .flat_map(Path::iter)
        .rev()
        .filter_map(|name| name.to_str());
    names
        .find(is_minor)
        .map(str::to_owned)
        .ok_or_else(|| ImportError::NoMinor {
            path: file.to_owned(),
        })
}

fn relative(base: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(base).unwrap_or(file);
    let names: Vec<_> = inside.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}

fn read_error(path: &Path, source: std::io::Error) -> ImportError {
    ImportError::Read {
        path: path.to_owned(),
        source,
    }
}
