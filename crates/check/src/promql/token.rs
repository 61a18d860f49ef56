//! The words of PromQL.

/// A word of the language, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The first byte.
    pub(super) start: usize,
    /// The byte behind the last one.
    pub(super) end: usize,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Comma,
    Colon,
    /// `=`
    Equal,
    /// `=~`
    Matches,
    /// `!~`
    MatchesNot,
    At,
    Operator(Operator),
    Keyword(Keyword),
    /// A name without a colon.
    Identifier,
    /// A name with a colon, which only metrics have.
    MetricName,
    Number,
    Duration,
    Text,
    End,
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
    Atan2,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// `</`, which cuts the upper buckets of a histogram off.
    TrimUpper,
    /// `>/`, which cuts the lower buckets of a histogram off.
    TrimLower,
    And,
    Or,
    Unless,
}

impl Operator {
    /// Whether it asks how two values compare, and drops what does not.
    pub(crate) fn is_comparison(self) -> bool {
        matches!(
            self,
            Self::Equal
                | Self::NotEqual
                | Self::Less
                | Self::LessOrEqual
                | Self::Greater
                | Self::GreaterOrEqual
        )
    }

    /// Whether it joins sets of series.
    pub(crate) fn is_set(self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Unless)
    }

    /// How tightly it binds: the higher, the tighter.
    pub(super) fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And | Self::Unless => 2,
            Self::Equal
            | Self::NotEqual
            | Self::Less
            | Self::LessOrEqual
            | Self::Greater
            | Self::GreaterOrEqual
            | Self::TrimUpper
            | Self::TrimLower => 3,
            Self::Add | Self::Subtract => 4,
            Self::Multiply | Self::Divide | Self::Modulo | Self::Atan2 => 5,
            Self::Power => 6,
        }
    }

    /// As it is written.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
            Self::Power => "^",
            Self::Atan2 => "atan2",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::TrimUpper => "</",
            Self::TrimLower => ">/",
            Self::And => "and",
            Self::Or => "or",
            Self::Unless => "unless",
        }
    }
}

/// A word with a meaning of its own, which most often may be a name, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Operator(Operator),
    Aggregation(Aggregation),
    Offset,
    Smoothed,
    Anchored,
    By,
    Without,
    On,
    Ignoring,
    GroupLeft,
    GroupRight,
    Fill,
    FillLeft,
    FillRight,
    Bool,
    Start,
    End,
    Step,
    Range,
    MaxOf,
    MinOf,
}

impl Keyword {
    /// The keyword, whatever its case.
    pub(super) fn of(word: &str) -> Option<Self> {
        let keyword = match word.to_ascii_lowercase().as_str() {
            "and" => Self::Operator(Operator::And),
            "or" => Self::Operator(Operator::Or),
            "unless" => Self::Operator(Operator::Unless),
            "atan2" => Self::Operator(Operator::Atan2),
            "offset" => Self::Offset,
            "smoothed" => Self::Smoothed,
            "anchored" => Self::Anchored,
            "by" => Self::By,
            "without" => Self::Without,
            "on" => Self::On,
            "ignoring" => Self::Ignoring,
            "group_left" => Self::GroupLeft,
            "group_right" => Self::GroupRight,
            "fill" => Self::Fill,
            "fill_left" => Self::FillLeft,
            "fill_right" => Self::FillRight,
            "bool" => Self::Bool,
            "start" => Self::Start,
            "end" => Self::End,
            "step" => Self::Step,
            "range" => Self::Range,
            "max_of" => Self::MaxOf,
            "min_of" => Self::MinOf,
            other => Self::Aggregation(Aggregation::of(other)?),
        };
        Some(keyword)
    }

    /// Whether a metric may be called so.
    pub(super) fn may_be_metric(self) -> bool {
        !matches!(
            self,
            Self::Bool
                | Self::Ignoring
                | Self::On
                | Self::GroupLeft
                | Self::GroupRight
                | Self::Operator(Operator::Atan2)
        )
    }

    /// Whether a label may be called so between parentheses.
    pub(super) fn may_be_label(self) -> bool {
        !matches!(self, Self::Without)
    }

    /// Whether it calls a function where parentheses follow.
    pub(super) fn is_function(self) -> bool {
        matches!(
            self,
            Self::Start | Self::End | Self::Step | Self::Range | Self::MaxOf | Self::MinOf
        )
    }
}

/// What makes few series of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aggregation {
    Sum,
    Average,
    Count,
    Minimum,
    Maximum,
    Group,
    StandardDeviation,
    StandardVariance,
    TopK,
    BottomK,
    CountValues,
    Quantile,
    LimitK,
    LimitRatio,
}

impl Aggregation {
    fn of(word: &str) -> Option<Self> {
        let aggregation = match word {
            "sum" => Self::Sum,
            "avg" => Self::Average,
            "count" => Self::Count,
            "min" => Self::Minimum,
            "max" => Self::Maximum,
            "group" => Self::Group,
            "stddev" => Self::StandardDeviation,
            "stdvar" => Self::StandardVariance,
            "topk" => Self::TopK,
            "bottomk" => Self::BottomK,
            "count_values" => Self::CountValues,
            "quantile" => Self::Quantile,
            "limitk" => Self::LimitK,
            "limit_ratio" => Self::LimitRatio,
            _ => return None,
        };
        Some(aggregation)
    }

    /// Whether it takes something before the series.
    pub(super) fn has_parameter(self) -> bool {
        self.selects() || matches!(self, Self::CountValues | Self::Quantile)
    }

    /// Whether it hands some of its series on as they are, with all their labels.
    pub(crate) fn selects(self) -> bool {
        matches!(
            self,
            Self::TopK | Self::BottomK | Self::LimitK | Self::LimitRatio
        )
    }

    /// Whether Prometheus asks for a flag to take it.
    pub(super) fn is_experimental(self) -> bool {
        matches!(self, Self::LimitK | Self::LimitRatio)
    }
}
