//! V051: contents that are missing, lead to nothing, or differ from the text's headings and their order.

use super::super::file::quoted;
use super::index::parts;
use super::{Book, Flow};
use crate::diagnostic::{Code, Sink};
use crate::inspect::words::words;
use std::collections::HashMap;

pub(super) fn check(Book { file, facts: book, index }: &Book<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    if book.contents.is_empty() {
        found.push("the book has no contents".to_string());
    }
    let flat = |text: &str| words(text).join(" ");
    let mut headings = HashMap::new();
    for (at, page) in book.spine.iter().enumerate() {
        for heading in &page.facts.headings {
            if let Some(id) = &heading.id {
                headings.entry((at, id.as_str())).or_insert(heading);
            }
        }
    }
    let mut last = (0, 0);
    for entry in &book.contents {
        let label = quoted(&entry.label);
        if entry.label.trim().is_empty() {
            found.push(format!("the entry for `{}` has no words", entry.href));
        }
        if !index.has(&entry.href) {
            found.push(format!("the entry {label} leads to `{}`, which is not there", entry.href));
            continue;
        }
        let Some(place) = index.place(&entry.href).filter(|(page, _)| *page < usize::MAX) else { continue };
        if place < last {
            found.push(format!("the entry {label} stands before one that comes earlier in the text"));
        }
        last = place;
        let page = book.spine.get(place.0).map(|page| &page.facts);
        let heading = page.and_then(|facts| match parts(&entry.href).1 {
            Some(_) => {
                let id = facts.ids.get(place.1);
                headings.get(&(place.0, id?.as_str())).copied()
            }
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
    let mut places = HashMap::new();
    for (at, heading) in page.facts.headings.iter().enumerate() {
        if let Some(id) = &heading.id {
            places.entry(id.as_str()).or_insert(at);
        }
    }
    for link in page.facts.navigation.iter().filter_map(|at| page.facts.links.get(*at)) {
        let Some(at) = link.href.strip_prefix('#').and_then(|id| places.get(id)).copied() else { continue };
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
