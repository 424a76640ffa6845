#![doc = include_str!("../../docs/diagnostics/C021.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let front = &page.written.front;
    let (Some(reviewed), Some(next)) = (&front.reviewed, &front.next_review) else { return };
    let Some(months) = page.thresholds.get("review-months") else { return };
    let last = reviewed.value.plus_months(months.clamp(0.0, 1200.0) as u16);
    if next.value > last {
        sink.push(
            Diagnostic::new(
                Code::REVIEW_INTERVAL,
                format!("the next review is more than {months} months after the last"),
            )
            .at(next.span)
            .help(format!("agree on a day no later than {last}")),
        );
    }
}
