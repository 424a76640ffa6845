//! V009: no language, or another than the page's.

use super::Pdf;
use crate::diagnostic::{Code, Sink};
use crate::language::is_tag;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let wanted = &pdf.file.expected.language;
    match pdf.facts.language.as_deref().map(str::trim).filter(|tag| !tag.is_empty()) {
        None => pdf.file.say(sink, Code::OUTPUT_LANGUAGE, "the file does not say which language it is in"),
        Some(tag) if !tag.eq_ignore_ascii_case(wanted) => {
            pdf.file.say(sink, Code::OUTPUT_LANGUAGE, format!("the file says `{tag}`, the page is in `{wanted}`"));
        }
        Some(_) => {}
    }
    let wrong = pdf.facts.nodes.iter().filter_map(|node| node.language.as_deref()).filter(|tag| !is_tag(tag));
    let found: Vec<String> = wrong.map(|tag| format!("`{tag}` is no language tag")).collect();
    pdf.file.say_first(sink, Code::OUTPUT_LANGUAGE, &found);
}
