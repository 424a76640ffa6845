//! V036: links and other annotations that the tags do not know, or that have no words.

use super::Pdf;
use crate::diagnostic::{Code, Sink};
use crate::inspect::pdf::Target;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for link in &pdf.facts.links {
        let name = match &link.target {
            Target::Uri(uri) => format!("the link to {uri}"),
            Target::Page(page) => format!("the link to page {page}"),
            Target::Other => "a link".to_string(),
        };
        let place = format!("page {}: {name}", link.page);
        match &link.text {
            None => found.push(format!("{place} is not tagged")),
            Some(_) if link.contents.as_deref().is_none_or(|words| words.trim().is_empty()) => {
                found.push(format!("{place} has no words for screen readers (Contents)"));
            }
            Some(_) if link.target == Target::Other => found.push(format!("{place} leads nowhere")),
            Some(_) => {}
        }
    }
    let bare = pdf.facts.annotations.iter().filter(|annotation| !annotation.tagged);
    found.extend(bare.map(|note| format!("page {}: an annotation ({}) is not tagged", note.page, note.kind)));
    for (_, node) in pdf.facts.nodes.iter().enumerate().filter(|(_, node)| node.tag == "Link") {
        if node.annotations == 0 {
            found.push(format!("{}: a link tag holds no link", pdf.place(node)));
        }
    }
    pdf.file.say_first(sink, Code::OUTPUT_LINKS, &found);
}
