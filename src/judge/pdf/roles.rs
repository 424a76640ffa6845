//! V037: tags of the file's own that lead to no standard tag.

use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mapped = |name: &String| format!("the role map leads `{name}` round in a circle, or changes a standard tag");
    let mut found: Vec<String> = pdf.facts.bad_roles.iter().map(mapped).collect();
    let strange = pdf.facts.nodes.iter().filter(|node| !is_standard(&node.tag));
    found.extend(strange.map(|node| format!("{}: `{}` is no tag that readers know", pdf.place(node), node.tag)));
    pdf.file.say_first(sink, Code::ROLES, &found);
}

use crate::inspect::pdf::is_standard;
