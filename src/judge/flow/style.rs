//! V057: style sheets that fix what readers need to change.
//!
//! A style sheet is read rule by rule, without a browser: selectors are not matched against the text.

use super::Flow;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(flow: &Flow<'_>, sink: &mut Sink) {
    let book = flow.book.is_some();
    let mut found = Vec::new();
    for (path, text) in &flow.sheets {
        let name = path.rsplit('/').next().unwrap_or(path);
        found.extend(fixes(text, book).into_iter().map(|what| format!("{name}: {what}")));
        if book {
            found.extend(directs(text).into_iter().map(|what| format!("{name}: {what}")));
        }
    }
    for page in &flow.pages {
        for text in &page.facts.styles {
            found.extend(fixes(text, book).into_iter().map(|what| format!("{}{what}", page.place)));
            if book {
                found.extend(directs(text).into_iter().map(|what| format!("{}{what}", page.place)));
            }
        }
        let viewport = page.facts.viewport.as_deref().unwrap_or("").replace(' ', "");
        if viewport.contains("user-scalable=no") || viewport.contains("maximum-scale=1") {
            found.push(format!("{}readers cannot enlarge the page (viewport)", page.place));
        }
    }
    flow.file.say_first(sink, Code::STYLE_FIXED, &found);
}

/// Where a book's style sheet says which way text runs: the text itself must (EPUB 3.3, 6.3.1).
fn directs(text: &str) -> Vec<String> {
    let told = |rule: Rule<'_>| {
        let (name, _) =
            rule.declarations.iter().find(|(name, _)| matches!(name.as_str(), "direction" | "unicode-bidi"))?;
        Some(format!("`{}` says which way text runs ({name}); the text has to say it (dir)", rule.selector.trim()))
    };
    rules(text).into_iter().filter_map(told).collect()
}

/// What a style sheet fixes, one sentence each. `colours`: whether text and background are to be set together, as in a
/// book, whose reader may choose one of the two.
pub(super) fn fixes(text: &str, colours: bool) -> Vec<String> {
    let mut found = Vec::new();
    for rule in rules(text) {
        let selector = rule.selector.split_whitespace().collect::<Vec<_>>().join(" ");
        // Paper has a size of its own.
        if rule.around.iter().any(|at| at.starts_with("@media") && at.contains("print") && !at.contains("screen")) {
            continue;
        }
        if selector.starts_with('@') {
            continue;
        }
        let mut sets = (false, false);
        // What scrolls, or is there for screen readers alone, cuts nothing off.
        let open =
            rule.declarations.iter().any(|(name, _)| matches!(name.as_str(), "overflow" | "overflow-y" | "clip-path"));
        for (name, value) in &rule.declarations {
            let value = value.trim().to_ascii_lowercase();
            let absolute = has_unit(&value, &["px", "pt", "pc", "cm", "mm", "in"]);
            let mut say = |what: &str| found.push(format!("`{selector}` {what} ({name}: {value})"));
            match name.as_str() {
                "font-size" | "font" | "line-height" | "letter-spacing" | "word-spacing" if absolute => {
                    say("sets type in fixed units");
                }
                "height" | "max-height" if is_length(&value) && !open && !is_picture(&selector) => {
                    say("has a fixed height")
                }
                "text-align" if value.starts_with("justify") => say("is justified"),
                _ => {}
            }
            if matches!(name.as_str(), "font-style" | "font") && (value.contains("italic") || value.contains("oblique"))
            {
                found.push(format!("`{selector}` is slanted ({name}: {value})"));
            }
            let clear =
                matches!(value.as_str(), "none" | "transparent" | "inherit" | "initial" | "unset" | "currentcolor");
            sets.0 |= name == "color" && !clear;
            sets.1 |= matches!(name.as_str(), "background" | "background-color") && !clear;
        }
        if colours && sets.1 && !sets.0 {
            found.push(format!("`{selector}` sets a background without its text colour"));
        } else if colours && sets.0 && !sets.1 && is_general(&selector) {
            found.push(format!("`{selector}` sets a text colour without its background"));
        }
    }
    found
}

struct Rule<'a> {
    selector: &'a str,
    declarations: Vec<(String, String)>,
    /// The `@` rules that it stands in.
    around: Vec<String>,
}

/// The rules of a style sheet, those inside `@media` too. Comments are left out; what is not closed ends with the text.
fn rules(text: &str) -> Vec<Rule<'_>> {
    let mut out = Vec::new();
    let mut around: Vec<String> = Vec::new();
    let mut rest = text;
    while out.len() < 100_000 {
        rest = skip(rest);
        if let Some(after) = rest.strip_prefix('}') {
            around.pop();
            rest = after;
            continue;
        }
        let Some(open) = rest.find(['{', ';', '}']) else { break };
        let (head, tail) = rest.split_at(open);
        if !tail.starts_with('{') {
            // `@import …;`, or a close that the next turn takes.
            rest = tail.strip_prefix(';').unwrap_or(tail);
            continue;
        }
        let body = tail.get(1..).unwrap_or("");
        let head = head.trim();
        if head.starts_with('@') && !head.starts_with("@font-face") && !head.starts_with("@page") {
            around.push(head.to_ascii_lowercase());
            rest = body;
            continue;
        }
        let (inner, after) = body.split_once('}').unwrap_or((body, ""));
        let declarations = inner.split(';').filter_map(|each| {
            let (name, value) =
                strip(each).split_once(':').map(|(n, v)| (n.trim().to_string(), v.trim().to_string()))?;
            Some((name.to_ascii_lowercase(), value))
        });
        out.push(Rule { selector: head, declarations: declarations.collect(), around: around.clone() });
        rest = after;
    }
    out
}

/// Past spaces and comments.
fn skip(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("/*") {
        rest = comment.split_once("*/").map_or("", |(_, after)| after).trim_start();
    }
    rest
}

/// A declaration without the comments before it.
fn strip(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

fn has_unit(value: &str, units: &[&str]) -> bool {
    let parts = value.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '%'));
    parts.into_iter().any(|part| {
        let number = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        !number.is_empty()
            && number.parse::<f64>().is_ok_and(|n| n != 0.0)
            && units.contains(&part.get(number.len()..).unwrap_or(""))
    })
}

fn is_length(value: &str) -> bool {
    has_unit(value, &["px", "pt", "pc", "cm", "mm", "in", "em", "rem", "ex", "ch", "vh", "vw"])
}

/// Whether a rule is for pictures, which have no words to cut off.
fn is_picture(selector: &str) -> bool {
    let one = |part: &str| {
        let last = part.trim().rsplit([' ', '>']).next().unwrap_or("");
        ["img", "svg", "picture", "video", "hr"].iter().any(|tag| last.starts_with(tag))
            || [".icon", ".mark", ".logo", ".box", ".motif", ".qr", ".line", ".cover", "::before", "::after"]
                .iter()
                .any(|sign| last.contains(sign))
    };
    selector.split(',').all(one)
}

/// Whether a rule is for whole pages or every paragraph.
fn is_general(selector: &str) -> bool {
    let all = ["html", "body", "*", "p", "h1", "h2", "h3", "h4", "li", "td", "th", "a", "main", "section"];
    selector.split(',').any(|part| all.contains(&part.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fixed_is_found() {
        for bad in [
            "p { font-size: 12px }",
            "p { line-height: 14pt }",
            "/* a */ div { color: red; background: blue; height: 40px }",
            "@media screen { em { font-style: italic } }",
            "p { text-align: justify }",
            "p { color: #333 }",
            ".box2 { background: #fff }",
            "p { font: italic 1em serif }",
        ] {
            assert_eq!(fixes(bad, true).len(), 1, "{bad}: {:?}", fixes(bad, true));
        }
        for good in [
            "p { font-size: 1.2em; line-height: 1.5; color: #333; background: #fff }",
            "img { max-height: 30rem } .icon { height: 1em }",
            "@media print { p { font-size: 12pt } } p { margin: 0 }",
            "@font-face { font-family: A; src: url(a.ttf) }",
            "p { height: auto; border: 1px solid } .x { color: red }",
            "a { b { } } } } { {",
            "",
        ] {
            assert_eq!(fixes(good, true), Vec::<String>::new(), "{good}");
        }
    }
}
