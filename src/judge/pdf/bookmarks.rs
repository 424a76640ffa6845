//! V039: bookmarks that are missing, or that do not match the headings.

use super::super::file::quoted;
use super::Pdf;
use super::headings::level;
use crate::diagnostic::{Code, Sink};
use crate::inspect::words::words;
use std::collections::HashMap;

/// From this many pages on a file wants bookmarks (standard 20).
const PAGES: usize = 4;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut headings: HashMap<String, Vec<Option<usize>>> = HashMap::new();
    for node in pdf.facts.nodes.iter().filter(|node| level(&node.tag).is_some()) {
        // A long word may go on in the next line.
        headings.entry(words(pdf.facts.text_of(node)).concat()).or_default().push(node.page);
    }
    let mut found = Vec::new();
    if pdf.facts.outline.is_empty() && pdf.facts.pages.len() >= PAGES && headings.len() > 1 {
        found.push(format!("the file has {} pages and no bookmarks", pdf.facts.pages.len()));
    }
    for entry in &pdf.facts.outline {
        let title = &entry.title;
        let letters = words(title).concat();
        let pages = headings.get(&letters);
        if entry.page.is_none() {
            found.push(format!("the bookmark {} leads nowhere", quoted(title)));
        } else if pages.is_none() {
            found.push(format!("the bookmark {} is no heading", quoted(title)));
        } else if pages.is_some_and(|pages| !pages.contains(&entry.page)) {
            found.push(format!("the bookmark {} leads to another page than its heading's", quoted(title)));
        }
    }
    pdf.file.say_first(sink, Code::BOOKMARKS, &found);
}
