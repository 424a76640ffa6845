//! V040: page labels that are not the printed numbers.

use super::Pdf;
use super::folio::number;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        let printed = number(page, pdf.facts.pages.len()).map(|run| run.text.trim());
        if let Some(printed) = printed.filter(|printed| *printed != page.label) {
            found.push(format!("page {} is labelled “{}” and printed “{printed}”", index + 1, page.label));
        }
    }
    pdf.file.say_first(sink, Code::PAGE_LABELS, &found);
}
