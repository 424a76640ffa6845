//! V040: page labels that are not the printed numbers.

use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        // The only number that stands alone in the page's header or footer is its own.
        let alone = |text: &str| !text.is_empty() && text.len() < 5 && text.chars().all(|c| c.is_ascii_digit());
        let mut numbers =
            page.runs.iter().filter(|run| run.artifact).map(|run| run.text.trim()).filter(|text| alone(text));
        if let (Some(printed), None) = (numbers.next(), numbers.next())
            && printed != page.label
        {
            found.push(format!("page {} is labelled “{}” and printed “{printed}”", index + 1, page.label));
        }
    }
    pdf.file.say_first(sink, Code::PAGE_LABELS, &found);
}
