#![doc = include_str!("../../docs/diagnostics/C008.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    for link in page.passages.iter().flat_map(|p| &p.links) {
        let words = link.words.to_lowercase();
        let one = !words.contains(char::is_whitespace);
        let site = words.split_once('/').is_some_and(|(site, rest)| site.contains('.') && !rest.is_empty());
        // a site's short name, such as example.org, can be read and remembered
        let address = words.starts_with("http:") || words.starts_with("https:") || words.starts_with("www.") || site;
        if one && address && !link.href.starts_with("mailto:") {
            sink.push(
                Diagnostic::new(Code::LINK_BARE, "an address stands where the link's words should")
                    .at(link.span)
                    .help("write what the reader will find; print lists the address by itself"),
            );
        }
    }
}
