//! V039: bookmarks that are missing, or that do not match the headings.

use super::super::file::quoted;
use super::Pdf;
use super::headings::level;
use crate::diagnostic::{Code, Sink};
use crate::inspect::words::words;

/// From this many pages on a file wants bookmarks (standard 20).
const PAGES: usize = 4;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let headings: Vec<(String, Option<usize>)> = pdf
        .facts
        .nodes
        .iter()
        .filter(|node| level(&node.tag).is_some())
        // A long word may go on in the next line.
        .map(|node| (words(pdf.facts.text_of(node)).concat(), node.page))
        .collect();
    let mut found = Vec::new();
    if pdf.facts.outline.is_empty() && pdf.facts.pages.len() >= PAGES && headings.len() > 1 {
        found.push(format!("the file has {} pages and no bookmarks", pdf.facts.pages.len()));
    }
    for entry in &pdf.facts.outline {
        let title = &entry.title;
        let letters = words(title).concat();
        let same: Vec<_> = headings.iter().filter(|(heading, _)| *heading == letters).collect();
        if entry.page.is_none() {
            found.push(format!("the bookmark {} leads nowhere", quoted(title)));
        } else if same.is_empty() {
            found.push(format!("the bookmark {} is no heading", quoted(title)));
        } else if same.iter().all(|(_, page)| *page != entry.page) {
            found.push(format!("the bookmark {} leads to another page than its heading's", quoted(title)));
        }
    }
    pdf.file.say_first(sink, Code::BOOKMARKS, &found);
}
