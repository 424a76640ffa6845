//! V042: content whose way back to its tag is broken.

use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    pdf.file.say_first(sink, Code::PARENT_TREE, &pdf.facts.astray);
}
