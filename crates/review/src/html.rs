//! The review as one page that needs nothing from anywhere, on a wide screen or on a phone.

use std::fmt::Write;

use crate::across::Across;
use crate::model::{Direction, Effect, ObjectReview, Review};
use crate::text::change;

/// Everything that decides how the page looks.
const STYLE: &str = "\
:root{color-scheme:light dark;--ground:#fff;--text:#1d2330;--soft:#5b6474;--line:#d9dde5;--card:#f7f8fa;--bad:#b3261e;--warn:#8a5a00;--good:#1b6e3c;--quiet:#5b6474}
@media(prefers-color-scheme:dark){:root{--ground:#14171d;--text:#e6e9ef;--soft:#a3acbb;--line:#333a46;--card:#1c2028;--bad:#ff8a80;--warn:#f2c15c;--good:#7fd69b;--quiet:#a3acbb}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1rem;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.4rem}h2{font-size:1.2rem;border-bottom:1px solid var(--line);padding-bottom:.3rem;margin-top:2rem}h3{font-size:1rem;margin:.8rem 0 .2rem}
nav a{display:inline-block;margin:0 .8rem .4rem 0}
a{color:inherit}
details{background:var(--card);border:1px solid var(--line);border-left-width:.35rem;border-radius:.4rem;margin:.5rem 0;padding:.5rem .7rem}
summary{cursor:pointer}
.data-at-risk,.interrupted,.refused{border-left-color:var(--bad)}.delete-and-create,.restart{border-left-color:var(--warn)}.in-place{border-left-color:var(--good)}.nothing{border-left-color:var(--line)}
.tag{font-weight:600}.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}.quiet,small{color:var(--quiet)}
code,.field{font-family:ui-monospace,monospace;font-size:.86rem}
.field{border-top:1px solid var(--line);padding:.3rem 0}
.old{color:var(--bad)}.new{color:var(--good)}
ul,ol{padding-left:1.2rem;margin:.3rem 0}
.chips{display:flex;flex-wrap:wrap;gap:.4rem;padding:0;list-style:none}.chips li{border:1px solid var(--line);border-radius:1rem;padding:.05rem .7rem}
.wide{overflow-x:auto;background:#fff}.wide img{max-width:none}
svg{width:100%;height:auto;max-width:46rem}svg text{fill:var(--text);font:13px system-ui,sans-serif}
";

/// The page.
pub fn render(reviews: &[Review], across: &[Across]) -> String {
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\
         <title>What this change does</title><style>",
    );
    page.push_str(STYLE);
    page.push_str("</style></head><body>\n<h1>What this change does</h1>\n<nav>");
    for review in reviews {
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            page,
            "<a href=\"#{0}\">{0}: {1}</a>",
            escaped(&review.environment),
            escaped(review.verdict())
        );
    }
    page.push_str("</nav>\n");
    if !across.is_empty() {
        page.push_str("<h2>Is that meant?</h2><ul>");
        for change in across {
            let _ = write!(page, "<li>{}</li>", escaped(&change.text()));
        }
        page.push_str("</ul>\n");
    }
    for review in reviews {
        environment(review, &mut page);
    }
    page.push_str("</body></html>\n");
    page
}

fn environment(review: &Review, page: &mut String) {
    let name = escaped(&review.environment);
    let _ = write!(page, "<section id=\"{name}\"><h2>{name}</h2>");
    if review.is_empty() {
        page.push_str("<p>Every object stays as it is.</p></section>\n");
        return;
    }
    let _ = write!(
        page,
        "<p>{} of {} objects differ: {}.</p><ul class=\"chips\">",
        review.objects.len(),
        review.objects_after,
        escaped(review.verdict())
    );
    for effect in Effect::ALL.into_iter().rev() {
        let count = review
            .objects
            .iter()
            .filter(|object| object.effect == effect)
            .count();
        if count > 0 {
            let _ = write!(
                page,
                "<li class=\"{}\">{} {count} {}</li>",
                shade(effect),
                effect.symbol(),
                effect.title()
            );
        }
    }
    page.push_str("</ul>\n");
    whole(review, page);
    page.push_str("<h3>Objects, the most dangerous first</h3>\n");
    for object in &review.objects {
        self::object(object, page);
    }
    order(review, page);
    page.push_str("</section>\n");
}

fn shade(effect: Effect) -> &'static str {
    match effect {
        Effect::DataAtRisk | Effect::Interrupted | Effect::Refused => "bad",
        Effect::DeleteAndCreate | Effect::Restart => "warn",
        Effect::InPlace => "good",
        Effect::Nothing => "quiet",
    }
}

fn whole(review: &Review, page: &mut String) {
    graph(review, page);
    for (topic, changes) in review.by_topic() {
        let _ = write!(page, "<h3>{}</h3><ul>", topic.as_str());
        for change in changes {
            let class = match change.direction {
                Direction::Opened => "warn",
                Direction::Closed => "bad",
                Direction::Changed => "quiet",
            };
            let _ = write!(
                page,
                "<li><span class=\"{class}\">{}</span> {}</li>",
                change.direction.symbol(),
                escaped(&change.text)
            );
        }
        page.push_str("</ul>\n");
    }
}

/// The paths that open and close, callers on the left.
fn graph(review: &Review, page: &mut String) {
    let edges: Vec<_> = review.edges.iter().take(60).collect();
    if edges.is_empty() {
        return;
    }
    let mut left: Vec<&str> = edges.iter().map(|edge| edge.from.as_str()).collect();
    let mut right: Vec<&str> = edges.iter().map(|edge| edge.to.as_str()).collect();
    for side in [&mut left, &mut right] {
        side.sort_unstable();
        side.dedup();
    }
    let height = 30 * left.len().max(right.len()) + 20;
    let _ = write!(
        page,
        "<h3>paths before and after</h3><svg viewBox=\"0 0 700 {height}\" role=\"img\" aria-label=\"paths that open and close\">"
    );
    let place = |side: &[&str], name: &str| {
        side.iter().position(|known| *known == name).unwrap_or(0) * 30 + 25
    };
    for edge in &edges {
        let (from, to) = (place(&left, &edge.from), place(&right, &edge.to));
        let (colour, dash) = match edge.direction {
            Direction::Opened => ("var(--good)", ""),
            Direction::Closed => ("var(--bad)", " stroke-dasharray=\"5 4\""),
            Direction::Changed => ("var(--quiet)", ""),
        };
        let _ = write!(
            page,
            "<path d=\"M230 {from} C350 {from} 350 {to} 470 {to}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}><title>{} {}</title></path>",
            edge.direction.symbol(),
            escaped(&edge.ports)
        );
    }
    for (side, x, anchor) in [(&left, 225, "end"), (&right, 475, "start")] {
        for name in side {
            let y = place(side, name) + 4;
            let _ = write!(
                page,
                "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>",
                escaped(name)
            );
        }
    }
    page.push_str("</svg><p><small>solid: opens; dashed: closes</small></p>\n");
    let pictures = review.pictures.iter().flatten();
    for (when, picture) in ["before", "after"].iter().zip(pictures) {
        // As an image it keeps its own style to itself.
        let _ = writeln!(
            page,
            "<details><summary>who may talk to whom {when}</summary><div class=\"wide\"><img alt=\"who may talk to whom {when}\" src=\"data:image/svg+xml,{}\"></div></details>",
            encoded(picture)
        );
    }
}

fn object(object: &ObjectReview, page: &mut String) {
    let open = if object.effect >= Effect::Refused {
        " open"
    } else {
        ""
    };
    let _ = write!(
        page,
        "<details class=\"{}\"{open}><summary><span class=\"tag {}\">{} {}</span> {} <small>{}</small></summary><p>{}</p>",
        object.effect.as_str(),
        shade(object.effect),
        object.effect.symbol(),
        object.effect.title(),
        escaped(&object.title()),
        object.fate.as_str(),
        escaped(&object.reason)
    );
    if let Some(rollout) = &object.rollout {
        let _ = write!(page, "<p>{}</p>", escaped(&rollout.to_string()));
    }
    for field in &object.fields {
        let difference = &field.difference;
        let path = escaped(&difference.path.to_string());
        let _ = write!(
            page,
            "<div class=\"field\">{path}: {} <small>{} {}</small></div>",
            coloured(field),
            escaped(&field.reason),
            escaped(field.value.as_deref().unwrap_or_default())
        );
    }
    list("ul", &object.notes, page);
    list("ol", &object.recipe, page);
    if let Some(reason) = &object.no_way_back {
        let _ = write!(
            page,
            "<p class=\"bad\">No way back: {}</p>",
            escaped(reason)
        );
    }
    if let Some(watch) = &object.watch {
        let _ = write!(page, "<p>Watch: <code>{}</code></p>", escaped(watch));
    }
    if !object.origin.is_empty() {
        let _ = write!(
            page,
            "<p><small>made by <code>{}</code>, {}</small></p>",
            escaped(&object.origin),
            escaped(&object.file)
        );
    }
    page.push_str("</details>\n");
}

fn coloured(field: &crate::model::FieldReview) -> String {
    let text = change(field);
    match text.split_once(" → ") {
        Some((old, new)) => format!(
            "<span class=\"old\">{}</span> → <span class=\"new\">{}</span>",
            escaped(old),
            escaped(new)
        ),
        None => escaped(&text),
    }
}

fn list(tag: &str, lines: &[String], page: &mut String) {
    if lines.is_empty() {
        return;
    }
    let _ = write!(page, "<{tag}>");
    for line in lines {
        let _ = write!(page, "<li>{}</li>", escaped(line));
    }
    let _ = write!(page, "</{tag}>");
}

fn order(review: &Review, page: &mut String) {
    page.push_str("<h3>Order</h3><ol>");
    for wave in &review.waves {
        for (application, steps) in &wave.applications {
            let _ = write!(
                page,
                "<li>wave {}, {}: {}</li>",
                wave.number,
                escaped(application),
                escaped(&steps.join(", "))
            );
        }
    }
    page.push_str("</ol><h3>The way back</h3>");
    let (back, lost) = review.way_back();
    list("ul", &back, page);
    if !lost.is_empty() {
        page.push_str("<p class=\"bad\">What the old commit does not bring back:</p>");
        list("ul", &lost, page);
    }
    if !review.undecided.is_empty() {
        page.push_str("<h3>Not read</h3>");
        list("ul", &review.undecided, page);
    }
}

/// Text as part of an address.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + text.len() / 4);
    for character in text.chars() {
        match character {
            '#' | '%' | '<' | '>' | '"' | '\'' | '&' | '(' | ')' | '\n' => {
                let _ = write!(encoded, "%{:02X}", u32::from(character));
            }
            other => encoded.push(other),
        }
    }
    encoded
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
