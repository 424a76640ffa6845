//! Several pages -> one page with a chapter for each.

use std::collections::BTreeMap;

use super::front::Page;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::slugify;
use crate::import::{Imported, key, line_start, toml, words};

/// The deepest heading that a page may have.
const DEEPEST: usize = 4;

/// A page of several.
pub(super) struct Booklet {
    pub(super) text: String,
    /// The line on which each chapter's own text begins, and where it began in its page.
    pub(super) lines: Vec<(usize, usize)>,
    pub(super) said: Vec<Diagnostic>,
}

/// Puts pages together in the order in which they come.
///
/// Each page's title becomes a heading of level 2 and its headings go one level
/// deeper; the booklet was reviewed when the page was that was reviewed first,
/// and is due when the first of them is.
pub(super) fn booklet(pages: &[&Imported], title: Option<&str>) -> Result<Booklet, Box<Diagnostic>> {
    let fronts: Vec<Page<'_>> = pages.iter().map(|page| Page::new(&page.text)).collect();
    let topic = fronts
        .first()
        .map(|first| first.words("topic"))
        .filter(|topic| !topic.is_empty() && fronts.iter().all(|front| key(front.words("topic")) == key(topic)));
    let Some(name) = title.or(topic) else {
        let message = "the booklet has no title: the pages do not share a topic";
        return Err(Box::new(Diagnostic::new(Code::BOOKLET_TITLE, message).help("give it one with --title \"…\"")));
    };
    let mut said = Vec::new();
    let mut text = format!("+++\ntitle = {}\n", toml(name));
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("{name} = {}\n", toml(value)));
        }
    };
    let first = |key: &str| fronts.first().map_or("", |front| front.words(key));
    field("language", first("language"));
    field("topic", topic.filter(|_| title.is_some()).unwrap_or(""));
    field("source", first("source"));
    for name in ["reviewed", "next-review"] {
        let days: Vec<Option<String>> = fronts.iter().map(|front| front.day(name)).collect();
        // days are written year-month-day, so the first in order is the earliest
        if let Some(day) = days.iter().flatten().min() {
            text.push_str(&format!("{name} = {day}\n"));
            for (page, _) in pages.iter().zip(&days).filter(|(_, day)| day.is_none()) {
                let message = format!("this page has no `{name}`, so the booklet's is that of the other pages");
                let said_of = Diagnostic::new(Code::BOOKLET_DATES, message).in_file(&page.receipt.input);
                said.push(said_of.help("ask the owner of the page, then see that the booklet's date is right"));
            }
        }
    }
    text.push_str("+++\n");

    let mut anchors: BTreeMap<String, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for (page, front) in pages.iter().zip(&fronts) {
        let mut heading = String::new();
        words(&mut heading, front.words("title"), false);
        text.push_str(&format!("\n## {}\n\n", line_start(&heading)));
        anchor(&mut anchors, &heading);
        let begins = text.matches('\n').count() + 1;
        lines.push((begins, front.line));
        let (chapter, deep) = deeper(front.body, &mut anchors);
        said.extend(deep.into_iter().map(|(line, words)| {
            let message = format!("the heading \"{words}\" cannot go deeper, so it stays at level {DEEPEST}");
            let place = page.receipt.kept.iter().find(|k| k.at == Some(front.line + line)).map(|k| k.line);
            let place = place.map_or_else(|| page.receipt.input.clone(), |at| format!("{}:{at}", page.receipt.input));
            Diagnostic::new(Code::BOOKLET_HEADING, message)
                .in_file(place)
                .help("see whether it still belongs to the heading above it; if not, write it anew")
        }));
        text.push_str(chapter.trim_end());
        text.push('\n');
    }
    Ok(Booklet { text, lines, said })
}

/// A booklet is not written with a chapter missing.
pub(super) fn incomplete(missing: usize) -> Diagnostic {
    let inputs = if missing == 1 { "one input was".to_string() } else { format!("{missing} inputs were") };
    Diagnostic::new(Code::SERIES_BROKEN, format!("the booklet was not written, since {inputs} refused"))
        .severity(Severity::Error)
        .help("mend what is said above, or leave those inputs out")
}

/// The name that a heading's links use, numbered where it was there before.
fn anchor(known: &mut BTreeMap<String, usize>, heading: &str) -> String {
    let words: String = heading.chars().filter(|c| !matches!(c, '\\' | '*')).collect();
    let base = slugify(&words);
    let count = known.entry(base.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { base } else { format!("{base}-{}", *count - 1) }
}

/// A chapter with its headings one level deeper, its links to them put right,
/// and the lines (from 0) and words of the headings that were too deep.
fn deeper(body: &str, anchors: &mut BTreeMap<String, usize>) -> (String, Vec<(usize, String)>) {
    let mut out = String::new();
    let mut deep = Vec::new();
    let mut own: BTreeMap<String, usize> = BTreeMap::new();
    let mut moved: Vec<(String, String)> = Vec::new();
    for (number, line) in body.lines().enumerate() {
        let level = line.bytes().take_while(|b| *b == b'#').count();
        match line[level..].strip_prefix(' ').filter(|_| (1..=6).contains(&level)) {
            Some(words) => {
                let (before, now) = (anchor(&mut own, words), anchor(anchors, words));
                if before != now {
                    moved.push((before, now));
                }
                if level >= DEEPEST {
                    deep.push((number, words.to_string()));
                }
                out.push_str(&"#".repeat((level + 1).min(DEEPEST)));
                out.push_str(&line[level..]);
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    // a mark first, so that what was put right once is left alone
    for (before, now) in &moved {
        out = out.replace(&format!("](#{before})"), &format!("](#\u{0}{now})"));
    }
    (out.replace("](#\u{0}", "](#"), deep)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_deeper_and_links_go_along() {
        let mut anchors = BTreeMap::from([("signs".to_string(), 1)]);
        let body = "Words, see [signs](#signs).\n\n## Signs\n\n#### A *deep* one\n\n\\# none\n";
        let (text, deep) = deeper(body, &mut anchors);
        assert_eq!(text, "Words, see [signs](#signs-1).\n\n### Signs\n\n#### A *deep* one\n\n\\# none\n");
        assert_eq!(deep, [(4, "A *deep* one".to_string())]);
    }
}
