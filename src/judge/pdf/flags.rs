//! V030: a file that does not say that it is tagged, or how.

use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let facts = pdf.facts;
    let mut found = Vec::new();
    let mut need = |held: bool, what: &str| {
        if !held {
            found.push(what.to_string());
        }
    };
    need(facts.marked, "the file does not say that it is tagged (Marked)");
    need(!facts.suspects, "the file says that its tags may be wrong (Suspects)");
    need(!facts.nodes.is_empty(), "the file has no tags");
    need(facts.pdfua_part == Some(1), "the file does not name PDF/UA-1 in its metadata (pdfuaid:part)");
    need(facts.display_doc_title, "the window shows the file's name and not its title (DisplayDocTitle)");
    pdf.file.say_first(sink, Code::PDF_FLAGS, &found);
}
