#![doc = include_str!("../../docs/diagnostics/C020.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let front = &page.written.front;
    if let (Some(reviewed), None) = (&front.reviewed, &front.next_review) {
        sink.push(
            Diagnostic::new(Code::REVIEW_NO_NEXT, "the page says when it was reviewed, but not when it will be again")
                .at(reviewed.span)
                .help("add a line: next-review = and a date within three years"),
        );
    }
}
