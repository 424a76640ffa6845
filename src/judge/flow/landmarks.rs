//! V053: landmarks that are missing or lead to nothing.

use super::{Book, Flow};
use crate::diagnostic::{Code, Sink};

pub(super) fn check(Book { file, facts: book, index }: &Book<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for wanted in ["toc", "bodymatter"] {
        let has = book.landmarks.iter().any(|entry| entry.label.split_whitespace().any(|role| role == wanted));
        if !has {
            found.push(format!("the landmarks have no `{wanted}`"));
        }
    }
    for entry in book.landmarks.iter().filter(|entry| !index.has(&entry.href)) {
        found.push(format!("the landmark `{}` leads to `{}`, which is not there", entry.label, entry.href));
    }
    file.say_first(sink, Code::LANDMARKS, &found);
}

/// A web page has one `main` part.
pub(super) fn check_page(flow: &Flow<'_>, sink: &mut Sink) {
    let Some(page) = flow.pages.first().filter(|_| flow.book.is_none()) else { return };
    match page.facts.landmarks.iter().filter(|landmark| *landmark == "main").count() {
        1 => {}
        0 => flow.file.say(sink, Code::LANDMARKS, "the page does not say where its text begins (main)"),
        _ => flow.file.say(sink, Code::LANDMARKS, "the page has more than one `main`"),
    }
}
