//! The fields of an object: names and schemas.

use std::sync::Arc;

use crate::model::Schema;

/// Name and schema of a field.
type Entry = (String, Arc<Schema>);

/// The fields of an object, sorted by name.
///
/// A map in a plain vector, because most objects have few fields and a B-tree would set aside room
/// for eleven in each. Vector and schemas are behind counted pointers, so that equal subtrees are in
/// memory once: the pod template that a kind repeats, and the schema of a plain string.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Properties {
    /// `None` for no fields.
    entries: Option<Arc<Vec<Entry>>>,
}

impl Properties {
    /// No fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// The schema of the field of that name.
    pub fn get(&self, name: &str) -> Option<&Schema> {
        let index = self.find(name).ok()?;
        self.entries().get(index).map(|(_, schema)| schema.as_ref())
    }

    /// The schema of the field of that name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Schema> {
        let index = self.find(name).ok()?;
        let (_, schema) = self.entries_mut().get_mut(index)?;
        Some(Arc::make_mut(schema))
    }

    /// Whether there is a field of that name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.find(name).is_ok()
    }

    /// Adds or replaces a field; hands back what was there.
    pub fn insert(&mut self, name: impl Into<String>, schema: Schema) -> Option<Schema> {
        let name = name.into();
        match self.find(&name) {
            Ok(index) => {
                let known = &mut self.entries_mut()[index].1;
                Some(Arc::unwrap_or_clone(std::mem::replace(
                    known,
                    Arc::new(schema),
                )))
            }
            Err(index) => {
                let entries = self.entries.get_or_insert_default();
                Arc::make_mut(entries).insert(index, (name, Arc::new(schema)));
                None
            }
        }
    }

    /// Takes a field out.
    pub fn remove(&mut self, name: &str) -> Option<Schema> {
        let index = self.find(name).ok()?;
        let entries = Arc::make_mut(self.entries.as_mut()?);
        let (_, schema) = entries.remove(index);
        if entries.is_empty() {
            self.entries = None;
        }
        Some(Arc::unwrap_or_clone(schema))
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_none()
    }

    /// The names, sorted.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.entries().iter().map(|(name, _)| name.as_str())
    }

    /// The schemas, in the order of the names.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Schema> {
        self.entries().iter().map(|(_, schema)| schema.as_ref())
    }

    /// The schemas, in the order of the names, to be changed.
    pub fn values_mut(&mut self) -> impl ExactSizeIterator<Item = &mut Schema> {
        self.shared_mut().map(Arc::make_mut)
    }

    /// The schemas as they are shared, in the order of the names, to be replaced.
    pub(crate) fn shared_mut(&mut self) -> impl ExactSizeIterator<Item = &mut Arc<Schema>> {
        self.entries_mut().iter_mut().map(|(_, schema)| schema)
    }

    /// Names and schemas, sorted by name.
    pub fn iter(&self) -> PropertiesIter<'_> {
        PropertiesIter(self.entries().iter())
    }

    /// Names and schemas, sorted by name, the schemas to be changed.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (&str, &mut Schema)> {
        self.entries_mut()
            .iter_mut()
            .map(|(name, schema)| (name.as_str(), Arc::make_mut(schema)))
    }

    /// `entries` must be sorted by name, without duplicates.
    pub(crate) fn from_sorted(entries: Vec<Entry>) -> Self {
        Self {
            entries: (!entries.is_empty()).then(|| Arc::new(entries)),
        }
    }

    fn entries(&self) -> &[Entry] {
        self.entries
            .as_ref()
            .map_or(&[], |entries| entries.as_slice())
    }

    fn entries_mut(&mut self) -> &mut [Entry] {
        self.entries
            .as_mut()
            .map_or(&mut [], |entries| Arc::make_mut(entries).as_mut_slice())
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.entries()
            .binary_search_by(|(known, _)| known.as_str().cmp(name))
    }
}

impl<K: Into<String>> FromIterator<(K, Schema)> for Properties {
    /// Of two schemas for one name the first counts.
    fn from_iter<I: IntoIterator<Item = (K, Schema)>>(pairs: I) -> Self {
        let mut entries: Vec<Entry> = pairs
            .into_iter()
            .map(|(name, schema)| (name.into(), Arc::new(schema)))
            .collect();
        entries.sort_by(|(left, _), (right, _)| left.cmp(right));
        entries.dedup_by(|(left, _), (right, _)| left == right);
        Self::from_sorted(entries)
    }
}

impl<K: Into<String>, const N: usize> From<[(K, Schema); N]> for Properties {
    fn from(pairs: [(K, Schema); N]) -> Self {
        pairs.into_iter().collect()
    }
}

/// Names and schemas of [`Properties`], sorted by name.
#[derive(Clone, Debug)]
pub struct PropertiesIter<'a>(std::slice::Iter<'a, Entry>);

impl<'a> Iterator for PropertiesIter<'a> {
    type Item = (&'a str, &'a Schema);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, schema) = self.0.next()?;
        Some((name, schema))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for PropertiesIter<'_> {}

impl<'a> IntoIterator for &'a Properties {
    type Item = (&'a str, &'a Schema);
    type IntoIter = PropertiesIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SchemaType;

    fn string() -> Schema {
        Schema::of_type(SchemaType::String)
    }

    #[test]
    fn fields_are_sorted_however_they_come() {
        let mut properties = Properties::from([("b", string()), ("a", string())]);
        properties.insert("ab", string());
        assert_eq!(properties.keys().collect::<Vec<_>>(), ["a", "ab", "b"]);
        assert_eq!(properties.len(), 3);
        assert!(properties.contains_key("ab"));
        assert!(!properties.contains_key("c"));
    }

    #[test]
    fn inserting_hands_back_what_was_there() {
        let mut properties = Properties::new();
        assert_eq!(properties.insert("a", string()), None);
        let integer = Schema::of_type(SchemaType::Integer);
        assert_eq!(properties.insert("a", integer.clone()), Some(string()));
        assert_eq!(properties.remove("a"), Some(integer));
        assert!(properties.is_empty());
        assert_eq!(properties, Properties::new());
    }

    #[test]
    fn a_change_to_a_copy_leaves_the_original() {
        let original = Properties::from([("a", string())]);
        let mut copy = original.clone();
        copy.values_mut().for_each(|schema| schema.nullable = true);
        assert_eq!(original.get("a"), Some(&string()));
        assert_ne!(copy, original);
    }
}
