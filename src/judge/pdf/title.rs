//! V008: no title, or one that is not the page's.

use super::Pdf;
use crate::diagnostic::{Code, Sink};
use crate::inspect::words::words;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let filled = |title: &Option<String>| title.clone().filter(|title| !title.trim().is_empty());
    let Some(title) = filled(&pdf.facts.xmp_title) else {
        return pdf.file.say(sink, Code::OUTPUT_TITLE, "the file has no title in its metadata (XMP)");
    };
    if let Some(other) = filled(&pdf.facts.title).filter(|other| words(other) != words(&title)) {
        let message = format!("the file has two titles, “{title}” and “{other}”");
        return pdf.file.say(sink, Code::OUTPUT_TITLE, message);
    }
    // An edition may add what it is: "large print, 18 point".
    let whole = words(&title).join(" ");
    if let Some(page) = pdf.file.expected.title.as_ref().filter(|page| !whole.contains(&words(page).join(" "))) {
        pdf.file.say(sink, Code::OUTPUT_TITLE, format!("the file's title is “{title}”, the page's is “{page}”"));
    }
}
