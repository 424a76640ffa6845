#![doc = include_str!("../../docs/diagnostics/C005.md")]

use super::Seen;
use super::passages::Role;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let Some(most) = page.thresholds.get("heading-words") else { return };
    for heading in page.passages.iter().filter(|p| matches!(p.role, Role::Heading(_))) {
        let words = heading.text.split_whitespace().count();
        if words as f64 > most {
            sink.push(
                Diagnostic::new(Code::HEADING_LONG, format!("this heading has {words} words; {most} are the most"))
                    .at(heading.span)
                    .help("keep the few words that say what the part is about, and move the rest below"),
            );
        }
    }
}
