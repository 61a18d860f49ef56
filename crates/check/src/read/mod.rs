//! Reads Kubernetes YAML as the API server does, and remembers the line of every field.

mod builder;
mod cut;
mod lines;
mod merge;
mod place;
mod quick;
mod repair;
mod scalar;
mod tabs;

use std::sync::Arc;

use serde_json::{Map, Value};

pub use lines::Lines;
pub use place::Place;

use self::cut::Piece;
use self::lines::Text;
use crate::document::Document;
use crate::pointer::Lookup;

/// Why a document, or a part of it, cannot be read. The server refuses it, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub message: String,
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct FileContent {
    /// The objects, those of a `List` taken apart.
    pub documents: Vec<Document>,
    /// Why it could not be read to its end.
    pub fault: Option<Unreadable>,
    /// How many documents are no objects of Kubernetes: without `apiVersion` and `kind`, or for a tool alone.
    pub passed_over: usize,
}

/// The content of a file. After something unreadable, nothing more of the file is read.
pub fn read(text: &str, file: &str) -> FileContent {
    let mut documents = Vec::new();
    let rest = read_each(text, file, |document| documents.push(document));
    FileContent { documents, ..rest }
}

/// Reads a file and hands over each object when it is read, so that not all have to be there at once: the documents of
/// what comes back are those of nobody.
pub(crate) fn read_each(text: &str, file: &str, mut take: impl FnMut(Document)) -> FileContent {
    let mut content = FileContent::default();
    let mut nodes = 0;
    for cut in cut::cuts(text) {
        let mut piece = cut.read(&mut nodes);
        let is_last = piece.is_last;
        content.fault = piece.fault.take();
        content.passed_over += objects(piece, cut.line, file, &mut take);
        if is_last {
            break;
        }
    }
    content
}

/// The values of a text in YAML, whatever they are; `None` where it cannot be read to its end.
pub fn values(text: &str) -> Option<Vec<Value>> {
    let (parsed, fault) = builder::documents(text, 1, &mut 0);
    fault
        .is_none()
        .then(|| parsed.into_iter().map(|document| document.value).collect())
}

/// What is to be said of a file that is no UTF-8.
pub fn not_text(bytes: &[u8]) -> FileContent {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let before = bytes.iter().take(valid).filter(|byte| **byte == b'\n');
    FileContent {
        fault: Some(Unreadable {
            line: u32::try_from(before.count() + 1).unwrap_or(u32::MAX),
            message: "this is no text in UTF-8".to_owned(),
        }),
        ..FileContent::default()
    }
}

/// The value and the places of a text that holds one value of any kind, a file inside of a `ConfigMap` for instance.
pub(crate) fn value_of(text: &str) -> Result<(Value, Place), Unreadable> {
    let (mut parsed, fault) = builder::documents(text, 1, &mut 0);
    match fault {
        Some(fault) => Err(fault),
        None if parsed.len() == 1 => {
            let only = parsed.remove(0);
            match only.twice.into_iter().next() {
                Some(twice) => Err(twice),
                None => Ok((only.value, only.place)),
            }
        }
        None => Ok((Value::Null, Place::leaf(1))),
    }
}

/// Hands over the objects of a part of a file, each object of a list by itself, and counts what is none.
fn objects(piece: Piece<'_>, line: u32, file: &str, take: &mut impl FnMut(Document)) -> usize {
    let text = Arc::new(Text::new(piece.text, line));
    let mut passed_over = 0;
    for (index, (value, mut twice)) in piece.values.into_iter().enumerate() {
        let lines = Lines::new(Arc::clone(&text), index);
        passed_over += add(value, lines, file, &mut |mut document| {
            // Of a list, the first object stands for the whole.
            document.twice = std::mem::take(&mut twice);
            take(document);
        });
    }
    passed_over
}

/// Hands over an object, or each object of a list.
fn add(value: Value, lines: Lines, file: &str, take: &mut dyn FnMut(Document)) -> usize {
    match value {
        Value::Null => 0,
        Value::Object(mut fields) if is_list(&fields) => {
            let own = own_kind(&fields);
            let items = match fields.remove("items") {
                Some(Value::Array(items)) => items,
                _ => Vec::new(),
            };
            let each = items.into_iter().enumerate().map(|(index, item)| {
                let item = of_kind(item, own.as_ref());
                add(item, lines.item(index), file, take)
            });
            each.sum()
        }
        value if is_object(&value) => {
            take(Document::read_from(value, file, lines));
            0
        }
        _ => 1,
    }
}

/// A `List` of any kind: the objects in it are what is applied.
fn is_list(fields: &Map<String, Value>) -> bool {
    let said = |key: &str| fields.get(key).and_then(Value::as_str);
    said("apiVersion").is_some()
        && said("kind").is_some_and(|kind| kind.ends_with("List"))
        && fields.get("items").is_some_and(Value::is_array)
}

/// The API version and the kind of what a list of one kind holds: its items may leave them out.
fn own_kind(list: &Map<String, Value>) -> Option<(String, String)> {
    let said = |key: &str| list.get(key).and_then(Value::as_str);
    let kind = said("kind")?
        .strip_suffix("List")
        .filter(|kind| !kind.is_empty())?;
    Some((said("apiVersion")?.to_owned(), kind.to_owned()))
}

/// Adds what an item of a list leaves out.
fn of_kind(mut item: Value, own: Option<&(String, String)>) -> Value {
    if let (Some(fields), Some((version, kind))) = (item.as_object_mut(), own) {
        for (key, value) in [("apiVersion", version), ("kind", kind)] {
            let field = fields.entry(key);
            field.or_insert_with(|| Value::from(value.clone()));
        }
    }
    item
}

/// Whether the document is meant for an API server: two of the three things that every object has are enough to tell,
/// and the third is then found missing.
fn is_object(value: &Value) -> bool {
    /// Set by tools on what is input for themselves.
    const LOCAL: &str = "/metadata/annotations/config.kubernetes.io~1local-config";
    let said = |pointer: &str| value.lookup(pointer).and_then(Value::as_str);
    let has = [
        said("/apiVersion").is_some_and(|version| !version.is_empty()),
        said("/kind").is_some_and(|kind| !kind.is_empty()),
        value.get("metadata").is_some_and(Value::is_object),
    ];
    has.iter().filter(|has| **has).count() >= 2
        && !said("/apiVersion").is_some_and(|group| group.starts_with("kustomize.config.k8s.io/"))
        && said(LOCAL) != Some("true")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    fn values(text: &str) -> Vec<serde_json::Value> {
        let content = read(text, "a.yaml");
        assert_eq!(content.fault, None);
        content
            .documents
            .into_iter()
            .map(|document| document.value)
            .collect()
    }

    #[test]
    fn each_document_is_an_object_and_lists_are_taken_apart() {
        let text = "apiVersion: v1\nkind: ConfigMap\n---\n---\n# nothing\n---\napiVersion: v1\nkind: List\nitems:\n\
                    - apiVersion: v1\n  kind: Secret\n- apiVersion: v1\n  kind: Service\n";
        let kinds: Vec<_> = values(text)
            .iter()
            .map(|value| value["kind"].clone())
            .collect();
        assert_eq!(kinds, ["ConfigMap", "Secret", "Service"]);
    }

    #[test]
    fn what_is_no_object_is_passed_over() {
        let text = "a: 1\n---\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n---\n- 1\n";
        let content = read(text, "a.yaml");
        assert_eq!((content.documents.len(), content.passed_over), (0, 3));
    }

    #[test]
    fn fields_know_their_lines_also_inside_of_lists() {
        let text = "# top\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    \
                    labels:\n      a.b/c: d\n  spec:\n    containers:\n    - name: a\n    - name: b\n      image: c\n";
        let content = read(text, "a.yaml");
        let document = &content.documents[0];
        let line = |path: &str| document.line_of(path);
        assert_eq!(line(""), Some(5));
        assert_eq!(line("metadata.labels[a.b/c]"), Some(9));
        assert_eq!(line("spec.containers[1].image"), Some(14));
        // What is not there is looked for where it should stand.
        assert_eq!(line("spec.containers[1].resources.limits"), Some(13));
        assert_eq!(line("spec.template"), Some(10));
    }

    #[test]
    fn keys_that_come_twice_are_told_and_the_later_one_counts() {
        let content = read(
            "apiVersion: v1\nkind: A\nkind: B\nspec: {a: 1, a: 2}\n",
            "a.yaml",
        );
        let twice: Vec<_> = content.documents[0]
            .twice
            .iter()
            .map(|fault| (fault.line, fault.message.as_str()))
            .collect();
        assert_eq!(
            twice,
            [
                (3, "the key `kind` is there twice; first on line 2"),
                (4, "the key `a` is there twice; first on line 4")
            ]
        );
        assert_eq!(content.documents[0].value["kind"], json!("B"));
    }

    #[test]
    fn merge_keys_and_aliases_are_written_out() {
        let text = "apiVersion: v1\nkind: A\nbase: &base {a: 1, b: 2}\nspec:\n  <<: *base\n  b: 3\nlist: [*base]\n";
        let value = &values(text)[0];
        assert_eq!(value["spec"], json!({"a": 1, "b": 3}));
        assert_eq!(value["list"], json!([{"a": 1, "b": 2}]));
    }

    #[test]
    fn an_alias_bomb_ends_early() {
        let mut text =
            "apiVersion: v1\nkind: A\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let before = format!("*a{}", level - 1);
            let ten = vec![before; 10].join(", ");
            text += &[
                "a",
                &level.to_string(),
                ": &a",
                &level.to_string(),
                " [",
                &ten,
                "]\n",
            ]
            .concat();
        }
        let content = read(&text, "a.yaml");
        let fault = content.fault.unwrap();
        assert!(fault.message.contains("aliases"), "{fault:?}");
    }

    #[test]
    fn broken_yaml_is_told_with_its_line() {
        let content = read("apiVersion: v1\nkind: A\nmetadata:\n  name: [a\n", "a.yaml");
        let fault = content.fault.unwrap();
        assert!(fault.line >= 4, "{fault:?}");
        for text in ["", "\n\n", "---\n", "# only a comment\n"] {
            let content = read(text, "a.yaml");
            assert_eq!((content.documents.len(), content.fault), (0, None));
        }
    }

    #[test]
    fn items_of_a_list_of_one_kind_are_of_that_kind() {
        let text = "apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: a}\n- {apiVersion: v1, kind: Service, metadata: {name: b}}\n";
        let content = read(text, "case.yaml");
        let found: Vec<String> = content
            .documents
            .iter()
            .map(|document| document.id.to_string())
            .collect();
        assert_eq!(found, ["v1 Pod a", "v1 Service b"]);
    }
}
