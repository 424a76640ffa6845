#![doc = include_str!("../../docs/diagnostics/C012.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::page::{CalloutKind, Kind};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let numbers = &page.lists.emergency;
    if numbers.is_empty() {
        return;
    }
    page.written_blocks(&mut |block| {
        let Kind::Callout { kind: CalloutKind::Emergency, .. } = &block.kind else { return };
        let words = page.sources.text(block.span);
        let given = words.split(|c: char| !c.is_ascii_digit()).any(|found| numbers.iter().any(|n| n == found));
        if !given {
            sink.push(
                Diagnostic::new(Code::EMERGENCY_NUMBER, "this emergency callout does not say which number to call")
                    .at(block.span)
                    .help(format!("write `Call {}`, or use [!WARNING] if it is no emergency", numbers[0])),
            );
        }
    });
}
