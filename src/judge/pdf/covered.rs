//! V018: words that something painted later hides.

use super::super::file::quoted;
use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        for run in page.runs.iter().filter(|run| run.covered && !run.text.trim().is_empty()) {
            found.push(format!("page {}: something hides {}", index + 1, quoted(&run.text)));
        }
    }
    pdf.file.say_first(sink, Code::COVERED, &found);
}
