//! V043: notes that have no name of their own.

use super::Pdf;
use crate::diagnostic::{Code, Sink};
use std::collections::BTreeSet;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for node in pdf.facts.nodes.iter().filter(|node| node.tag == "Note") {
        match &node.id {
            None => found.push(format!("{}: a note has no name (ID)", pdf.place(node))),
            Some(id) if !seen.insert(id) => {
                found.push(format!("{}: two notes have the same name (ID)", pdf.place(node)))
            }
            Some(_) => {}
        }
    }
    pdf.file.say_first(sink, Code::NOTE_IDS, &found);
}
