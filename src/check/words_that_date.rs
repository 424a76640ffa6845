#![doc = include_str!("../../docs/diagnostics/C019.md")]

use super::Seen;
use super::lists::{fold, phrase};
use super::passages::{Passage, Role};
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    // a footnote's source and somebody's own words keep their dates
    for passage in page.passages.iter().filter(|p| !p.note && !p.quoted && !matches!(p.role, Role::Heading(_))) {
        let folded = fold(&passage.text);
        let mut found: Vec<(usize, usize)> = page.lists.dating.iter().flat_map(|word| phrase(&folded, word)).collect();
        found.extend(past_years(page, passage, &folded));
        found.sort_unstable();
        found.dedup_by(|next, before| next.0 < before.1);
        for (from, to) in found {
            let words = &passage.text[from..to];
            sink.push(
                Diagnostic::new(
                    Code::WORDS_THAT_DATE,
                    format!("“{words}” will not be true for as long as the page is read"),
                )
                .at(passage.place(from, to))
                .help("leave it out, or say what will stay true; a date that matters stands better in a footnote"),
            );
        }
    }
}

/// Years gone by that date a sentence: "in 2019", "since March 2019".
fn past_years(page: &Seen<'_>, passage: &Passage<'_>, folded: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut words: Vec<(usize, &str)> = Vec::new();
    for word in passage.text.split_whitespace() {
        words.push((word.as_ptr() as usize - passage.text.as_ptr() as usize, word));
    }
    let is = |word: Option<&(usize, &str)>, list: &[String]| {
        word.is_some_and(|(at, word)| list.iter().any(|known| fold(known) == folded[*at..at + word.len()]))
    };
    for (index, (at, word)) in words.iter().enumerate() {
        let year = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let past = year.len() == 4 && year.parse::<u16>().is_ok_and(|y| (1900..page.as_of.year).contains(&y));
        if !past {
            continue;
        }
        let mut first = index;
        if first > 0 && is(words.get(first - 1), &page.lists.months) {
            first -= 1;
        }
        if first > 0 && words[first - 1].1.bytes().all(|b| b.is_ascii_digit()) && first < index {
            first -= 1;
        }
        if first > 0 && is(words.get(first - 1), &page.lists.year_after) {
            found.push((words[first - 1].0, at + year.len()));
        }
    }
    found
}
