//! V041: pages on which the tab key does not follow the tags.

use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let wrong = |(_, page): &(usize, &crate::inspect::pdf::PageFacts)| {
        page.has_annotations && page.tabs.as_deref() != Some("S")
    };
    let pages = pdf.facts.pages.iter().enumerate().filter(wrong);
    let found: Vec<String> = pages
        .map(|(index, _)| format!("page {}: the tab key does not follow the order of the tags (Tabs)", index + 1))
        .collect();
    pdf.file.say_first(sink, Code::TAB_ORDER, &found);
}
