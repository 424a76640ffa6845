//! V051: contents that are missing, lead to nothing, or differ from the text's headings and their order.

use super::super::file::{File, quoted};
use super::Flow;
use super::words::is_there;
use crate::diagnostic::{Code, Sink};
use crate::inspect::epub::EpubFacts;
use crate::inspect::words::words;

pub(super) fn check(file: &File<'_>, book: &EpubFacts, sink: &mut Sink) {
    let mut found = Vec::new();
    if book.contents.is_empty() {
        found.push("the book has no contents".to_string());
    }
    let flat = |text: &str| words(text).join(" ");
    let mut last = (0, 0);
    for entry in &book.contents {
        let label = quoted(&entry.label);
        if entry.label.trim().is_empty() {
            found.push(format!("the entry for `{}` has no words", entry.href));
        }
        if !is_there(book, &entry.href) {
            found.push(format!("the entry {label} leads to `{}`, which is not there", entry.href));
            continue;
        }
        let (path, id) = entry.href.split_once('#').map_or((entry.href.as_str(), None), |(path, id)| (path, Some(id)));
        let Some(index) = book.spine.iter().position(|page| page.path == path) else { continue };
        let facts = book.spine.get(index).map(|page| &page.facts);
        let at = id.and_then(|id| facts?.ids.iter().position(|known| known == id)).unwrap_or(0);
        if (index, at) < last {
            found.push(format!("the entry {label} stands before one that comes earlier in the text"));
        }
        last = (index, at);
        let heading = facts.and_then(|facts| match id {
            Some(id) => facts.headings.iter().find(|heading| heading.id.as_deref() == Some(id)),
            None => facts.headings.first(),
        });
        if let Some(heading) = heading.filter(|heading| flat(&heading.text) != flat(&entry.label)) {
            found.push(format!("the entry {label} leads to the heading {}", quoted(&heading.text)));
        }
    }
    file.say_first(sink, Code::OUTPUT_CONTENTS, &found);
}

/// The list of sections of a web page.
pub(super) fn check_page(flow: &Flow<'_>, sink: &mut Sink) {
    let Some(page) = flow.pages.first().filter(|_| flow.book.is_none()) else { return };
    let flat = |text: &str| words(text).join(" ");
    let mut found = Vec::new();
    let mut last = 0;
    for link in page.facts.navigation.iter().filter_map(|at| page.facts.links.get(*at)) {
        let Some(id) = link.href.strip_prefix('#') else { continue };
        let heading = page.facts.headings.iter().position(|heading| heading.id.as_deref() == Some(id));
        let Some(at) = heading else { continue };
        if let Some(heading) = page.facts.headings.get(at).filter(|heading| flat(&heading.text) != flat(&link.text)) {
            found.push(format!("the entry {} leads to the heading {}", quoted(&link.text), quoted(&heading.text)));
        }
        if at < last {
            found.push(format!("the entry {} stands before one that comes earlier in the text", quoted(&link.text)));
        }
        last = at;
    }
    flow.file.say_first(sink, Code::OUTPUT_CONTENTS, &found);
}
