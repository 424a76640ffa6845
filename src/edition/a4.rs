//! Clear print, A4, to print at home.

use super::{Edition, Input, Outcome, paged};
use crate::diagnostic::Sink;
use crate::render::typst::Set;

/// Clear print at 14 point.
pub(super) struct A4;

impl Edition for A4 {
    fn name(&self) -> &'static str {
        "a4"
    }

    fn about(&self) -> &'static str {
        "clear print on A4, to print at home (PDF)"
    }

    fn beyond(&self) -> &'static [&'static str] {
        paged::BEYOND
    }

    fn pages(&self, input: &Input<'_>, sink: &mut Sink) -> Option<Set> {
        paged::own_pages(input, None, sink)
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        paged::pdf(input, None, sink)
    }
}
