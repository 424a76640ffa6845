//! V023: words that lie partly outside their page or panel.

use super::super::file::quoted;
use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        found.extend(
            page.outside.iter().map(|words| format!("page {}: {} runs off the page", index + 1, quoted(words))),
        );
    }
    pdf.file.say_first(sink, Code::OUTSIDE, &found);
}
