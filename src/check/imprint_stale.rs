#![doc = include_str!("../../docs/diagnostics/C028.md")]

use super::Shared;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(shared: &Shared<'_>, sink: &mut Sink) {
    let (Some(verified), Some(days)) = (shared.brand.verified_on, shared.thresholds.get("verified-days")) else {
        return;
    };
    let age = verified.days_until(shared.as_of);
    if age as f64 > days {
        sink.push(
            Diagnostic::new(Code::IMPRINT_STALE, format!("the imprint was last checked on {verified}, {age} days ago"))
                .at(shared.line("verified-on"))
                .help("compare names, numbers and addresses with the registers, then set `verified-on` to that day"),
        );
    }
}
