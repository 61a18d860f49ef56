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
    TransformList,
    TransformMap,
}

/// The name of a field as written, and as the object spells it (`__namespace__` is `namespace`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldName {
    pub(crate) written: String,
    pub(crate) unescaped: Option<String>,
}

/// A node of the tree.
#[derive(Clone, Debug)]
pub(crate) enum Expression {
    Literal(Literal),
    Variable(String),
    /// The name of a type used as a value, as in `type(x) == int`.
    TypeName(&'static str),
    Select {
        operand: Box<Expression>,
        field: FieldName,
        optional: bool,
    },
    Has {
        operand: Box<Expression>,
        field: FieldName,
    },
    Index {
        operand: Box<Expression>,
        index: Box<Expression>,
        optional: bool,
    },
    Call {
        function: Function,
        arguments: Vec<Expression>,
    },
    List(Vec<Expression>),
    Map(Vec<(Expression, Expression)>),
    Not(Box<Expression>),
    Negate(Box<Expression>),
    Binary {
        operator: Operator,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    Conditional {
        condition: Box<Expression>,
        then: Box<Expression>,
        otherwise: Box<Expression>,
    },
    Comprehension(Box<Comprehension>),
    /// `optional.optMap(name, expression)`: applied to what the optional holds.
    OptionalMap {
        operand: Box<Expression>,
        variable: String,
        body: Box<Expression>,
        flat: bool,
    },
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
