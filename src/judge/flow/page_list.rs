//! V052: a page-list that does not match the page markers.

use super::Book;
use crate::diagnostic::{Code, Sink};
use std::collections::BTreeSet;

pub(super) fn check(Book { file, facts: book, index }: &Book<'_>, sink: &mut Sink) {
    let markers: Vec<&String> = book.spine.iter().flat_map(|page| &page.facts.page_breaks).collect();
    let listed: Vec<&String> = book.page_list.iter().map(|entry| &entry.label).collect();
    let mut found = Vec::new();
    let (marked, named): (BTreeSet<_>, BTreeSet<_>) = (markers.iter().collect(), listed.iter().collect());
    let lost = markers.iter().find(|label| !named.contains(label));
    let strange = listed.iter().find(|label| !marked.contains(label));
    if let Some(label) = lost {
        found.push(format!("the marker of page {label} is not in the page-list"));
    } else if let Some(label) = strange {
        found.push(format!("the page-list names page {label}, which the text does not mark"));
    } else if markers != listed {
        found.push("the page-list and the markers stand in different orders".into());
    }
    if markers.iter().any(|label| label.trim().is_empty()) {
        found.push("a page marker has no label".into());
    }
    for entry in book.page_list.iter().filter(|entry| !index.has(&entry.href)) {
        found.push(format!("page {} leads to `{}`, which is not there", entry.label, entry.href));
    }
    let named = book.values("pageBreakSource").chain(book.values("dc:source")).any(|source| !source.trim().is_empty());
    if !markers.is_empty() && book.values("pageBreakSource").next().is_none() {
        let what =
            if named { "which edition its pages come from (pageBreakSource)" } else { "where its pages come from" };
        found.push(format!("the book does not say {what}"));
    }
    file.say_first(sink, Code::PAGE_LIST, &found);
}
