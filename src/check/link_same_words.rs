#![doc = include_str!("../../docs/diagnostics/C009.md")]

use std::collections::BTreeMap;

use super::Seen;
use super::lists::fold;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    for link in page.passages.iter().flat_map(|p| &p.links) {
        let words = fold(link.words.trim_matches(|c: char| !c.is_alphanumeric()));
        // vague words have their own complaint
        if words.is_empty() || page.lists.vague_links.iter().any(|vague| fold(vague) == words) {
            continue;
        }
        match first.get(&words) {
            Some(known) if bare(known) == bare(link.href) => {}
            Some(known) => sink.push(
                Diagnostic::new(
                    Code::LINK_SAME_WORDS,
                    format!("the link “{}” leads elsewhere than the one before, which leads to {known}", link.words),
                )
                .at(link.span)
                .help("say in the words how the two places differ, or correct the address"),
            ),
            None => drop(first.insert(words, link.href)),
        }
    }
}

/// An address without what leads to the same place anyway.
fn bare(href: &str) -> String {
    let rest = href.trim().trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    rest.trim_end_matches('/').replace(' ', "")
}
