#![doc = include_str!("../../docs/diagnostics/C015.md")]

use super::Seen;
use super::passages::{Passage, Role};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::language::primary;

/// Scripts by their letters, and the languages here that are written in them; other languages use Latin letters.
const SCRIPTS: &[(&str, u32, u32, &[&str])] = &[
    ("Greek", 0x370, 0x3ff, &["el"]),
    ("Cyrillic", 0x400, 0x52f, &["ru", "uk", "bg", "sr", "be", "mk", "kk", "mn"]),
    ("Hebrew", 0x590, 0x5ff, &["he", "yi"]),
    ("Arabic", 0x600, 0x77f, &["ar", "fa", "ur", "ps", "sd", "ckb", "ku", "ug", "prs", "pa"]),
    ("Devanagari", 0x900, 0x97f, &["hi", "mr", "ne", "sa"]),
    ("Bengali", 0x980, 0x9ff, &["bn", "as"]),
    ("Gurmukhi", 0xa00, 0xa7f, &["pa"]),
    ("Gujarati", 0xa80, 0xaff, &["gu"]),
    ("Tamil", 0xb80, 0xbff, &["ta"]),
    ("Chinese or Japanese", 0x3040, 0x9fff, &["zh", "ja", "yue"]),
];
/// Fewer letters, or fewer words, may be a name.
const LETTERS: usize = 3;
const WORDS: usize = 6;

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let all: Vec<&Passage<'_>> = page.passages.iter().filter(|p| p.role != Role::CalloutTitle).collect();
    let found: Vec<(&Passage<'_>, &str, &str)> = all
        .iter()
        .filter_map(|passage| {
            let tag = passage.language.unwrap_or(&page.document.meta.language);
            let found = script(passage, primary(tag)).or_else(|| tongue(page, passage))?;
            Some((*passage, tag, found))
        })
        .collect();
    // where most of the page is so, the page's own tag is wrong
    if let Some((_, tag, name)) = found.first().filter(|_| found.len() * 2 > all.len() && found.len() > 1) {
        let place = page.written.front.language.as_ref().map_or(page.top(), |language| language.span);
        let message = format!("most of the page looks like {name}, but its language is `{tag}`");
        let help = "write the tag of the language that the page is in";
        sink.push(Diagnostic::new(Code::LANGUAGE_UNMARKED, message).at(place).help(help));
        return;
    }
    for (passage, tag, name) in found {
        sink.push(
            Diagnostic::new(Code::LANGUAGE_UNMARKED, format!("this looks like {name}, but is marked as `{tag}`"))
                .at(passage.place(0, passage.text.len()))
                .help("put {.language tag=\"…\"} with its language on a line of its own above it"),
        );
    }
}

/// The script that most of the letters are in, where the language is not written so.
fn script(passage: &Passage<'_>, language: &str) -> Option<&'static str> {
    let letters: Vec<u32> = passage.text.chars().filter(|c| c.is_alphabetic()).map(u32::from).collect();
    if letters.len() < LETTERS {
        return None;
    }
    let most = |low: u32, high: u32| letters.iter().filter(|c| (low..=high).contains(*c)).count() * 2 > letters.len();
    let (name, .., languages) = SCRIPTS.iter().find(|(_, low, high, _)| most(*low, *high))?;
    (!languages.contains(&language)).then_some(*name)
}

/// The other language whose commonest words it is full of.
fn tongue(page: &Seen<'_>, passage: &Passage<'_>) -> Option<&'static str> {
    let own = &page.lists.common;
    if own.is_empty() || passage.language.is_some_and(|tag| primary(tag) != primary(&page.document.meta.language)) {
        return None;
    }
    let text = super::lists::fold(&passage.text);
    let words: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).filter(|w| !w.is_empty()).collect();
    let share = |common: &[String]| words.iter().filter(|w| common.iter().any(|c| c == *w)).count();
    let (here, name, there) =
        page.others.iter().map(|(name, common)| (share(own), *name, share(common))).max_by_key(|f| f.2)?;
    (words.len() >= WORDS && there * 4 >= words.len() && there > here * 2).then_some(name)
}
