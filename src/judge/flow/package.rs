//! V050: an e-book whose parts do not match its list.

use super::Book;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(Book { file, facts: book, .. }: &Book<'_>, sink: &mut Sink) {
    // A missing navigation document is told with the contents.
    let mut found: Vec<String> =
        book.faults.iter().filter(|fault| !fault.contains("navigation document")).cloned().collect();
    if !book.version.starts_with('3') {
        found.push(format!("its version is “{}”, not 3", book.version));
    }
    if book.identifier.as_deref().is_none_or(|id| id.trim().is_empty()) {
        found.push("it has no identifier of its own".into());
    }
    if book.modified.is_none() {
        found.push("it does not say when it was last changed (dcterms:modified)".into());
    }
    if book.spine.is_empty() {
        found.push("it has no pages".into());
    }
    file.say_first(sink, Code::PACKAGE, &found);
}
