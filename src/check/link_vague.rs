#![doc = include_str!("../../docs/diagnostics/C007.md")]

use super::Seen;
use super::lists::fold;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    for link in page.passages.iter().flat_map(|p| &p.links) {
        let words = fold(&link.words);
        let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
        if page.lists.vague_links.iter().any(|vague| fold(vague) == bare) {
            sink.push(
                Diagnostic::new(Code::LINK_VAGUE, format!("the link “{}” does not say where it leads", link.words))
                    .at(link.span)
                    .help("put into the square brackets what the reader will find there"),
            );
        }
    }
}
