//! V033: tables whose headers do not say what they head.

use super::super::file::quoted;
use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for (index, node) in pdf.facts.nodes.iter().enumerate() {
        if node.tag == "TH" && !matches!(node.scope.as_deref(), Some("Row" | "Column" | "Both")) {
            let words = quoted(pdf.facts.text_of(node));
            found.push(format!(
                "{}: the header {words} does not say whether it heads a row or a column",
                pdf.place(node)
            ));
        }
        if node.tag == "Table" {
            let inside = pdf.facts.nodes.iter().skip(index + 1).take_while(|below| below.depth > node.depth);
            let cells: Vec<_> = inside.filter(|below| matches!(below.tag.as_str(), "TH" | "TD")).collect();
            if cells.iter().all(|cell| cell.tag == "TD" && !cell.headers) {
                found.push(format!("{}: a table has no headers", pdf.place(node)));
            }
        }
    }
    pdf.file.say_first(sink, Code::OUTPUT_TABLE_HEADERS, &found);
}
