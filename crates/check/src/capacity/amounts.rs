//! Amounts of resources: CPU, memory, storage, devices, each with its quantity.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::quantity::Quantity;

/// CPU, in cores.
pub const CPU: &str = "cpu";
/// Memory, in bytes.
pub const MEMORY: &str = "memory";
/// Disk of the node that pods write to, in bytes.
pub const EPHEMERAL_STORAGE: &str = "ephemeral-storage";
/// The number of pods on a node.
pub const PODS: &str = "pods";

/// Resources by name, each with its quantity. What is not named is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amounts(BTreeMap<String, Quantity>);

impl Amounts {
    /// The amounts of a `requests`, `limits`, `allocatable` or `hard` field. What is no quantity is left out, and less than
    /// nothing is nothing: both are refused elsewhere.
    pub fn of(value: Option<&Json>) -> Self {
        let entries = value.and_then(Json::as_object).into_iter().flatten();
        let read = entries.filter_map(|(name, value)| Some((name.clone(), quantity_of(value)?)));
        Self(read.collect())
    }

    /// The amount of one resource.
    pub fn get(&self, resource: &str) -> Quantity {
        self.0.get(resource).copied().unwrap_or(Quantity::ZERO)
    }

    /// Whether an amount of the resource is stated, be it none.
    pub fn states(&self, resource: &str) -> bool {
        self.0.contains_key(resource)
    }

    /// States the amount of one resource.
    pub fn set(&mut self, resource: impl Into<String>, amount: Quantity) {
        self.0.insert(resource.into(), amount);
    }

    /// All resources, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Quantity)> {
        self.0
            .iter()
            .map(|(name, quantity)| (name.as_str(), *quantity))
    }

    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds other amounts.
    pub fn add(&mut self, other: &Self) {
        self.add_times(other, 1);
    }

    /// Adds other amounts so many times.
    pub fn add_times(&mut self, other: &Self, count: u64) {
        for (name, quantity) in &other.0 {
            let sum = self.get(name).plus(quantity.times(count));
            self.0.insert(name.clone(), sum);
        }
    }

    /// The greater amount of each resource.
    #[must_use]
    pub fn greatest(mut self, other: &Self) -> Self {
        for (name, quantity) in &other.0 {
            let greatest = self.get(name).max(*quantity);
            self.0.insert(name.clone(), greatest);
        }
        self
    }
}

impl<N: Into<String>> FromIterator<(N, Quantity)> for Amounts {
    fn from_iter<I: IntoIterator<Item = (N, Quantity)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        Self(
            entries
                .map(|(name, amount)| (name.into(), amount))
                .collect(),
        )
    }
}

/// A quantity as text or number; less than nothing is nothing.
pub(super) fn quantity_of(value: &Json) -> Option<Quantity> {
    let quantity = match value {
        Json::String(text) => Quantity::parse(text),
        Json::Number(number) => Quantity::parse(&number.to_string()),
        _ => None,
    }?;
    Some(quantity.max(Quantity::ZERO))
}

/// Whether amounts of a resource are bytes.
fn is_bytes(resource: &str) -> bool {
    let plain = resource
        .rsplit_once("requests.")
        .or_else(|| resource.split_once("limits."))
        .map_or(resource, |(_, plain)| plain);
    matches!(plain, MEMORY | EPHEMERAL_STORAGE | "storage") || plain.starts_with("hugepages-")
}

/// Whether amounts of a resource are cores.
fn is_cores(resource: &str) -> bool {
    matches!(resource, CPU | "requests.cpu" | "limits.cpu")
}

/// An amount as people write it: `250m`, `37.5Gi`, rounded up where it is not exact. The resource says whether it counts
/// cores, bytes or things.
pub fn shown(resource: &str, amount: Quantity) -> String {
    if is_cores(resource) {
        return cores(amount.thousandths());
    }
    if is_bytes(resource) {
        return bytes(amount.rounded_up());
    }
    amount.rounded_up().to_string()
}

fn cores(millis: i64) -> String {
    if millis.abs() < 1000 && millis % 1000 != 0 {
        return format!("{millis}m");
    }
    let sign = if millis < 0 { "-" } else { "" };
    let millis = millis.unsigned_abs();
    let fraction = format!("{:03}", millis % 1000);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{}", millis / 1000),
        fraction => format!("{sign}{}.{fraction}", millis / 1000),
    }
}

fn bytes(count: i64) -> String {
    let sign = if count < 0 { "-" } else { "" };
    let count = count.unsigned_abs();
    let units = [
        ("Pi", 1_u64 << 50),
        ("Ti", 1 << 40),
        ("Gi", 1 << 30),
        ("Mi", 1 << 20),
        ("Ki", 1 << 10),
    ];
    let Some(position) = units.iter().position(|(_, size)| count >= *size) else {
        return format!("{sign}{count}");
    };
    let (unit, size) = units[position];
    let tenths = u128::from(count) * 10;
    let is_exact = tenths.is_multiple_of(u128::from(size));
    // Sums have to be right to the reader: what is exact in the next smaller unit is written so.
    if let Some((smaller, part)) = units.get(position + 1).filter(|_| !is_exact)
        && count.is_multiple_of(*part)
    {
        return format!("{sign}{}{smaller}", count / part);
    }
    let tenths = tenths.div_ceil(u128::from(size));
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{sign}{whole}{unit}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Amounts, CPU, MEMORY, PODS, shown};
    use crate::quantity::Quantity;

    #[test]
    fn amounts_are_shown_as_people_write_them() {
        for (resource, text, expected) in [
            (CPU, "250m", "250m"),
            (CPU, "2", "2"),
            (CPU, "0", "0"),
            (CPU, "55250m", "55.25"),
            ("requests.cpu", "1u", "1m"),
            (MEMORY, "40Gi", "40Gi"),
            (MEMORY, "1536Mi", "1.5Gi"),
            (MEMORY, "2176Mi", "2176Mi"),
            (MEMORY, "1", "1"),
            ("limits.memory", "1000000", "976.6Ki"),
            (
                "fast.storageclass.storage.k8s.io/requests.storage",
                "1Ti",
                "1Ti",
            ),
            (PODS, "12", "12"),
            ("requests.nvidia.com/gpu", "3", "3"),
            ("hugepages-2Mi", "2Mi", "2Mi"),
        ] {
            let quantity = Quantity::parse(text).unwrap();
            assert_eq!(shown(resource, quantity), expected, "{resource} {text}");
        }
    }

    #[test]
    fn amounts_are_added_and_compared_by_resource() {
        let read = |value| Amounts::of(Some(&value));
        let mut sum = read(json!({"cpu": "1", "memory": "1Gi"}));
        sum.add_times(&read(json!({"cpu": 0.5, "nvidia.com/gpu": 1})), 3);
        assert_eq!(
            sum,
            read(json!({"cpu": "2500m", "memory": "1Gi", "nvidia.com/gpu": "3"}))
        );
        let greatest = sum.greatest(&read(json!({"cpu": "9", "memory": "1Mi"})));
        assert_eq!(
            greatest,
            read(json!({"cpu": "9", "memory": "1Gi", "nvidia.com/gpu": "3"}))
        );
        assert!(read(json!({"cpu": "much", "memory": ["1"]})).is_empty());
        assert_eq!(read(json!({"cpu": "-1"})).get(CPU), Quantity::ZERO);
    }
}
