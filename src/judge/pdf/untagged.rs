//! V031: content that is neither tagged nor an artifact, or both.

use super::super::file::quoted;
use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    if !pdf.facts.untagged.trim().is_empty() {
        found.push(format!("a screen reader loses {}", quoted(&pdf.facts.untagged)));
    }
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        if page.loose > 0 {
            found.push(format!("page {}: a drawing is neither tagged nor marked as decoration", index + 1));
        }
        if page.crossed > 0 {
            found.push(format!("page {}: something is tagged and marked as decoration at once", index + 1));
        }
    }
    pdf.file.say_first(sink, Code::UNTAGGED, &found);
}
