#![doc = include_str!("../../docs/diagnostics/C022.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let Some(next) = page.written.front.next_review.as_ref().filter(|_| !page.overdue) else { return };
    let Some(soon) = page.thresholds.get("review-soon-days") else { return };
    let days = page.as_of.days_until(next.value);
    if days >= 0 && days as f64 <= soon {
        let when = match days {
            0 => "today".to_string(),
            1 => "tomorrow".to_string(),
            _ => format!("in {days} days"),
        };
        sink.push(
            Diagnostic::new(Code::REVIEW_SOON, format!("the next review is due {when}, on {}", next.value))
                .at(next.span)
                .help("begin the review now, so that no edition has to say that it is overdue"),
        );
    }
}
