//! V017: words that stand on a picture or a pattern.

use super::super::file::quoted;
use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        for run in page.runs.iter().filter(|run| run.contrast.is_none() && !run.text.trim().is_empty()) {
            // Words that are part of a drawing are described by its text.
            let mut at = pdf.node(run.node);
            let mut drawn = false;
            while let Some(node) = at {
                drawn |= matches!(node.tag.as_str(), "Figure" | "Formula");
                at = pdf.node(node.parent);
            }
            if !drawn {
                found.push(format!("page {}: {} stands on a picture or a pattern", index + 1, quoted(&run.text)));
            }
        }
    }
    pdf.file.say_first(sink, Code::ON_PICTURE, &found);
}
