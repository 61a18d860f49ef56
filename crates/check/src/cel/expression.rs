//! The syntax tree of one CEL rule.

use super::functions::Function;

/// A constant written in a rule.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Null,
    Boolean(bool),
    Integer(i64),
    Unsigned(u64),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// What a comprehension macro makes of its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Macro {
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
    SortBy,
    TransformList,
    TransformMap,
    TransformMapEntry,
}

/// The name of a field as written, and as the object spells it (`__namespace__` is `namespace`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldName {
    pub(crate) written: String,
    pub(crate) unescaped: Option<String>,
}

/// Words that Kubernetes escapes when a field has such a name.
const RESERVED: [&str; 18] = [
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
];

impl FieldName {
    /// A name as a rule writes it; undoes the escaping of field names that are no CEL identifiers.
    pub(crate) fn written(written: String) -> Self {
        if !written.contains("__") {
            return Self {
                written,
                unescaped: None,
            };
        }
        let inner = written
            .strip_prefix("__")
            .and_then(|rest| rest.strip_suffix("__"));
        let unescaped = match inner {
            Some(word) if RESERVED.contains(&word) => word.to_owned(),
            _ => {
                let mut name = written.clone();
                for (escaped, plain) in [
                    ("__dot__", "."),
                    ("__dash__", "-"),
                    ("__slash__", "/"),
                    ("__underscores__", "__"),
                ] {
                    name = name.replace(escaped, plain);
                }
                name
            }
        };
        Self {
            written,
            unescaped: Some(unescaped),
        }
    }
}

/// A node of the tree.
#[derive(Clone, Debug)]
pub(crate) enum Expression {
    Literal(Literal),
    Variable(String),
    /// The name of a type used as a value, as in `type(x) == int`.
    TypeName(&'static str),
    /// A field of an operand; whether it may be absent (`.?`).
    Select(Box<Expression>, FieldName, bool),
    Has(Box<Expression>, FieldName),
    /// An element of an operand; whether it may be absent (`[?]`).
    Index(Box<Expression>, Box<Expression>, bool),
    Call(Function, Vec<Expression>),
    List(Vec<Expression>),
    Map(Vec<(Expression, Expression)>),
    Not(Box<Expression>),
    Negate(Box<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// Condition, then, otherwise.
    Conditional(Box<Expression>, Box<Expression>, Box<Expression>),
    Comprehension(Box<Comprehension>),
    OptionalMap(Box<OptionalMap>),
}

/// `operand.optMap(variable, body)`: applied to what the optional holds.
#[derive(Clone, Debug)]
pub(crate) struct OptionalMap {
    pub(crate) operand: Expression,
    pub(crate) variable: String,
    pub(crate) body: Expression,
    /// Whether the body is an optional itself (`optFlatMap`).
    pub(crate) flat: bool,
}

/// `range.all(variable, body)` and its kin.
#[derive(Clone, Debug)]
pub(crate) struct Comprehension {
    pub(crate) kind: Macro,
    pub(crate) range: Expression,
    /// One variable (element or key), or two (index and element, key and value).
    pub(crate) variables: Vec<String>,
    /// The predicate, where the macro has one.
    pub(crate) predicate: Option<Expression>,
    /// The transformation, where the macro has one.
    pub(crate) transform: Option<Expression>,
}
