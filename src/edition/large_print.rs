//! Large print, A4, at the size one person asked for (UKAAF G003; standards 1 to 16).

use super::{Edition, Input, Outcome, Request, paged};
use crate::diagnostic::Sink;
use crate::render::typst::Set;

/// Large print at 18 point, or from 16 to 36.
pub(super) struct LargePrint;

/// The size where nobody asks for another, in points.
const USUAL: f64 = 18.0;

/// What it prints beyond the page's own blocks.
const BEYOND: &[&str] = &[
    "contents",
    "notes moved to the end",
    "list of links",
    "repeated table headers",
    "space for the reader's notes",
    "furniture",
];

impl Edition for LargePrint {
    fn name(&self) -> &'static str {
        "large-print"
    }

    fn about(&self) -> &'static str {
        "large print on A4, 18 point or the size you ask for (PDF)"
    }

    fn file_name(&self, slug: &str, request: &Request) -> String {
        // a variant's name says what it is; the edition's own file says its size
        if request.name == self.name() {
            format!("{slug}-large-print-{}pt.pdf", request.size.unwrap_or(USUAL))
        } else {
            format!("{slug}-{}.pdf", request.name)
        }
    }

    fn beyond(&self) -> &'static [&'static str] {
        BEYOND
    }

    fn pages(&self, input: &Input<'_>, sink: &mut Sink) -> Option<Set> {
        paged::own_pages(input, Some(&label(input)), sink)
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        paged::pdf(input, Some(&label(input)), sink)
    }
}

/// The size, in words, for cover and title (standards 16).
fn label(input: &Input<'_>) -> String {
    let size = input.request.size.unwrap_or(input.layout.size).to_string();
    input.furniture.filled("large-print", &[("size", &size)])
}
