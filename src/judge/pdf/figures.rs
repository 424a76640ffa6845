//! V035: pictures and formulas without words for those who cannot see them.

use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let filled = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let bare = pdf.facts.nodes.iter().filter(|node| matches!(node.tag.as_str(), "Figure" | "Formula"));
    let found: Vec<String> = bare
        .filter(|node| !filled(&node.alt) && node.actual.is_none())
        .map(|node| format!("{}: a picture has no description", pdf.place(node)))
        .collect();
    pdf.file.say_first(sink, Code::OUTPUT_ALT, &found);
}
