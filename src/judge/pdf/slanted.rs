//! V014: slanted or turned letters.

use super::super::file::quoted;
use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found: Vec<String> = pdf
        .facts
        .fonts
        .iter()
        .filter(|font| font.italic)
        .map(|font| format!("the typeface {} is slanted", font.name))
        .collect();
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        found.extend(
            page.turned.iter().map(|words| format!("page {}: {} is slanted or turned", index + 1, quoted(words))),
        );
    }
    pdf.file.say_first(sink, Code::SLANTED, &found);
}
