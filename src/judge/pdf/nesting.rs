//! V038: lists, tables and contents whose parts are not where they belong.

use super::Pdf;
use crate::diagnostic::{Code, Sink};

/// An element, what may stand in it, and what it may stand in; empty: anything (ISO 32000-1, 14.8.4.3).
const ORDER: &[(&str, &[&str], &[&str])] = &[
    ("L", &["LI", "Caption", "L"], &[]),
    ("LI", &["Lbl", "LBody"], &["L"]),
    ("LBody", &[], &["LI"]),
    ("TOC", &["TOCI", "TOC", "Caption"], &[]),
    ("TOCI", &[], &["TOC"]),
    ("Table", &["TR", "THead", "TBody", "TFoot", "Caption"], &[]),
    ("THead", &["TR"], &["Table"]),
    ("TBody", &["TR"], &["Table"]),
    ("TFoot", &["TR"], &["Table"]),
    ("TR", &["TH", "TD"], &["Table", "THead", "TBody", "TFoot"]),
    ("TH", &[], &["TR"]),
    ("TD", &[], &["TR"]),
];

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for (index, node) in pdf.facts.nodes.iter().enumerate() {
        let Some((tag, children, parents)) = ORDER.iter().find(|(tag, _, _)| node.tag == *tag) else { continue };
        let above = pdf.node(node.parent).map_or("nothing", |above| above.tag.as_str());
        if !parents.is_empty() && !parents.contains(&above) {
            found.push(format!("{}: {tag} stands in {above}", pdf.place(node)));
        }
        if children.is_empty() {
            continue;
        }
        if let Some((_, child)) = pdf.children(index).find(|(_, child)| !children.contains(&child.tag.as_str())) {
            found.push(format!("{}: {} stands in {tag}", pdf.place(node), child.tag));
        }
        if node.own_text {
            found.push(format!("{}: {tag} holds words that belong to none of its parts", pdf.place(node)));
        }
    }
    pdf.file.say_first(sink, Code::NESTING, &found);
}
