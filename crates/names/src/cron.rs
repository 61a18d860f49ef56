//! Cron schedules as the `CronJob` controller reads them.

use crate::rules::{equal, number, split};
use crate::text::text;

text! {
    /// When a `CronJob` runs: five fields (minute, hour, day of month, month, day of week) or one of
    /// the `@` words.
    ///
    /// Fields hold `*`, numbers, names of months and days, ranges, steps and lists: `*/15 8-18 * *
    /// MON-FRI`. Sunday is 0, and 7 is refused, as Kubernetes does. So is a date that never comes,
    /// such as the 30th of February.
    CronSchedule {
        kind: "cron schedule",
        maximum: usize::MAX,
        rule: is_schedule,
        expected: "minute (0-59), hour (0-23), day of month (1-31), month (1-12) and day of week (0-6), or a word such as `@daily`",
        example: "15 2 * * *",
    }
}

impl CronSchedule {
    /// The five fields, with the `@` words spelled out.
    pub fn fields(&self) -> [&str; 5] {
        let mut fields = ["*"; 5];
        let spelled = match self.as_str() {
            "@yearly" | "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" | "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            written => written,
        };
        for (field, text) in fields
            .iter_mut()
            .zip(spelled.split(' ').filter(|field| !field.is_empty()))
        {
            *field = text;
        }
        fields
    }
}

/// What one of the five fields may hold.
struct Field {
    least: u32,
    most: u32,
    /// Three letters for each value from `least` on.
    names: &'static [u8],
}

const MINUTE: Field = Field {
    least: 0,
    most: 59,
    names: b"",
};
const HOUR: Field = Field {
    least: 0,
    most: 23,
    names: b"",
};
const DAY_OF_MONTH: Field = Field {
    least: 1,
    most: 31,
    names: b"",
};
const MONTH: Field = Field {
    least: 1,
    most: 12,
    names: b"janfebmaraprmayjunjulaugsepoctnovdec",
};
const DAY_OF_WEEK: Field = Field {
    least: 0,
    most: 6,
    names: b"sunmontuewedthufrisat",
};

/// The words that stand for a whole schedule; `@every` is not one, since its runs depend on when
/// the controller started.
const WORDS: [&[u8]; 7] = [
    b"@yearly",
    b"@annually",
    b"@monthly",
    b"@weekly",
    b"@daily",
    b"@midnight",
    b"@hourly",
];

/// The months that have a 29th, 30th and 31st day, as bits.
const MONTHS_WITH_30_DAYS: u64 = 0b1_1111_1111_1010;
const MONTHS_WITH_31_DAYS: u64 = 0b1_0101_1010_1010;

const fn is_schedule(text: &[u8]) -> bool {
    let mut word = 0;
    while word < WORDS.len() {
        if equal(text, WORDS[word]) {
            return true;
        }
        word += 1;
    }
    let (Some(_), Some(rest)) = take(text, &MINUTE) else {
        return false;
    };
    let (Some(_), Some(rest)) = take(rest, &HOUR) else {
        return false;
    };
    let (Some(days), Some(rest)) = take(rest, &DAY_OF_MONTH) else {
        return false;
    };
    let (Some(months), Some(rest)) = take(rest, &MONTH) else {
        return false;
    };
    let (Some(_), None) = take(rest, &DAY_OF_WEEK) else {
        return false;
    };
    // With both kinds of day given either will do, so only a date alone can be one that never
    // comes.
    !is_any(rest) || date_exists(days, months)
}

/// The values of the field that `text` starts with, and the text of the fields after it.
const fn take<'a>(text: &'a [u8], field: &Field) -> (Option<u64>, Option<&'a [u8]>) {
    let (first, mut rest) = split(text, b' ');
    // Several spaces are as good as one, except at the end.
    while let Some(after) = rest {
        match after.split_first() {
            Some((b' ', more)) => rest = Some(more),
            _ => break,
        }
    }
    (list(first, field), rest)
}

const fn date_exists(days: u64, months: u64) -> bool {
    let up_to_29 = days & ((1 << 30) - 1) != 0;
    let day_30 = days & (1 << 30) != 0 && months & MONTHS_WITH_30_DAYS != 0;
    let day_31 = days & (1 << 31) != 0 && months & MONTHS_WITH_31_DAYS != 0;
    up_to_29 || day_30 || day_31
}

/// The values of a list of ranges as bits, or none if it is not one.
const fn list(text: &[u8], field: &Field) -> Option<u64> {
    let mut values = 0;
    let mut rest = text;
    loop {
        let (part, after) = split(rest, b',');
        match range(part, field) {
            Some(more) => values |= more,
            None => return None,
        }
        match after {
            Some(after) => rest = after,
            None => return Some(values),
        }
    }
}

/// The values of `*`, `a`, `a-b`, each with an optional `/step`.
const fn range(text: &[u8], field: &Field) -> Option<u64> {
    let (span, step) = split(text, b'/');
    let (first, last) = if is_any(span) {
        (field.least, field.most)
    } else {
        let (first, last) = split(span, b'-');
        let Some(first) = value(first, field) else {
            return None;
        };
        let last = match last {
            Some(last) => match value(last, field) {
                Some(last) => last,
                None => return None,
            },
            // A start with a step runs to the end of the field.
            None if step.is_some() => field.most,
            None => first,
        };
        (first, last)
    };
    let step = match step {
        Some(step) => match number(step, true) {
            Some(step) => step,
            None => return None,
        },
        None => 1,
    };
    if first > last || step == 0 {
        return None;
    }
    let mut values = 0;
    let mut value = first;
    while value <= last {
        values |= 1 << value;
        value += step;
    }
    Some(values)
}

/// The number, or the number behind the name, if the field allows it.
const fn value(text: &[u8], field: &Field) -> Option<u32> {
    if let Some(value) = number(text, true) {
        return if value >= field.least && value <= field.most {
            Some(value)
        } else {
            None
        };
    }
    if text.len() != 3 {
        return None;
    }
    let mut names = field.names;
    let mut value = field.least;
    while let Some((name, rest)) = names.split_first_chunk::<3>() {
        if text.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        names = rest;
        value += 1;
    }
    None
}

const fn is_any(text: &[u8]) -> bool {
    equal(text, b"*") || equal(text, b"?")
}
