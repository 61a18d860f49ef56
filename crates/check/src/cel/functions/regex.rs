//! Functions on regular expressions (RE2).

use std::rc::Rc;

use super::{Function, Library, Value, integer, owned, text};
use crate::cel::Failure;
use crate::cel::evaluate::Outcome;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::either("matches", 2, |library, arguments| {
        Ok(Value::Boolean(
            pattern(library, arguments)?.is_match(text(arguments, 0)?),
        ))
    }),
    Function::member("find", 2, |library, arguments| {
        let found = pattern(library, arguments)?
            .find(text(arguments, 0)?)
            .map_or("", |found| found.as_str())
            .to_owned();
        Ok(owned(found))
    }),
    Function::member("findAll", 3, find_all).at_least(2),
];

fn pattern(
    library: &Library<'_>,
    arguments: &[Value<'_>],
) -> Result<Rc<regex_lite::Regex>, Failure> {
    let (whole, pattern) = (text(arguments, 0)?, text(arguments, 1)?);
    // A character of the text can be held against each of the pattern.
    library.pay(whole.len().saturating_mul(pattern.len()) / 4)?;
    library
        .patterns
        .get(pattern)
        .ok_or_else(|| Failure::new("the regular expression cannot be read"))
}

fn find_all<'v>(library: &Library<'_>, arguments: &[Value<'v>]) -> Outcome<'v> {
    let limit = if arguments.len() > 2 {
        usize::try_from(integer(arguments, 2)?).unwrap_or(usize::MAX)
    } else {
        usize::MAX
    };
    let pattern = pattern(library, arguments)?;
    let found = pattern
        .find_iter(text(arguments, 0)?)
        .take(limit)
        .map(|found| owned(found.as_str().to_owned()));
    Ok(Value::List(Rc::new(found.collect())))
}
