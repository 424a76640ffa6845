//! A page past its review date is said to be so (standards 39).

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};

pub(super) fn check(context: &Seen<'_>, sink: &mut Sink) {
    let Some(due) = context.document.meta.next_review.filter(|_| context.overdue) else { return };
    let severity = if context.overridden { Severity::Warning } else { context.overdue_severity };
    let mut complaint = Diagnostic::new(Code::REVIEW_OVERDUE, format!("the review was due on {due} and is overdue"))
        .at(context.page)
        .severity(severity);
    if severity == Severity::Error {
        complaint = complaint.help(
            "review the page and set `reviewed` and `next-review`; \
             or build with --allow-overdue \"why\" --by \"who\", which the manifest records",
        );
    } else {
        complaint = complaint.help("every edition carries the notice “Review overdue” until the page is reviewed");
    }
    sink.push(complaint);
}
