//! The macros that let the compiler check a literal.
//!
//! They hold a `const` item and not a `const` block: a block is first looked at when code is made,
//! so `cargo check` and editors would let a bad literal pass.

/// A name, or any other text of this crate, from a literal: `name!(ContainerName, "redis")`. A bad
/// literal does not compile.
#[macro_export]
macro_rules! name {
    ($kind:ty, $text:literal) => {{
        const VALUE: $kind = <$kind>::from_static($text);
        VALUE
    }};
}

/// A [`Port`](crate::Port) from a literal: `port!(8080)`. Zero does not compile.
#[macro_export]
macro_rules! port {
    ($number:literal) => {{
        const VALUE: $crate::Port = $crate::Port::from_static($number);
        VALUE
    }};
}

/// A [`LabelKey`](crate::LabelKey) from a literal: `label_key!("app.kubernetes.io/name")`.
#[macro_export]
macro_rules! label_key {
    ($text:literal) => {{
        const VALUE: $crate::LabelKey = $crate::LabelKey::from_static($text);
        VALUE
    }};
}

/// A [`LabelValue`](crate::LabelValue) from a literal: `label_value!("redis")`.
#[macro_export]
macro_rules! label_value {
    ($text:literal) => {{
        const VALUE: $crate::LabelValue = $crate::LabelValue::from_static($text);
        VALUE
    }};
}

/// An [`AnnotationKey`](crate::AnnotationKey) from a literal:
/// `annotation_key!("argocd.argoproj.io/sync-wave")`.
#[macro_export]
macro_rules! annotation_key {
    ($text:literal) => {{
        const VALUE: $crate::AnnotationKey = $crate::AnnotationKey::from_static($text);
        VALUE
    }};
}

/// A [`Date`](crate::Date) from a literal: `date!(2027, 1, 31)`. A day that the calendar does not have does not compile.
#[macro_export]
macro_rules! date {
    ($year:literal, $month:literal, $day:literal) => {{
        const VALUE: $crate::Date = $crate::Date::from_static($year, $month, $day);
        VALUE
    }};
}

/// A [`Percentage`](crate::Percentage) from a literal: `percentage!(70)`. Zero and more than a
/// hundred do not compile.
#[macro_export]
macro_rules! percentage {
    ($number:literal) => {{
        const VALUE: $crate::Percentage = $crate::Percentage::from_static($number);
        VALUE
    }};
}

/// A [`CronSchedule`](crate::CronSchedule) from a literal: `cron!("15 2 * * *")`.
#[macro_export]
macro_rules! cron {
    ($text:literal) => {{
        const VALUE: $crate::CronSchedule = $crate::CronSchedule::from_static($text);
        VALUE
    }};
}
