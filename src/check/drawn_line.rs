#![doc = include_str!("../../docs/diagnostics/C014.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

/// So many of one sign in a row are no writing any more.
const RUN: usize = 4;
/// Of these, so many: a few full stops trail off.
const TRAIL: usize = 8;

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    for passage in &page.passages {
        let mut chars = passage.text.char_indices().peekable();
        while let Some((from, c)) = chars.next() {
            if !matches!(c, '_' | '-' | '.' | '=' | '~' | '*' | '…' | '—' | '\u{332}') {
                continue;
            }
            let mut to = from + c.len_utf8();
            let mut count = 1;
            while let Some((at, next)) = chars.next_if(|(_, next)| *next == c) {
                to = at + next.len_utf8();
                count += 1;
            }
            if count >= if matches!(c, '.' | '…') { TRAIL } else { RUN } {
                sink.push(
                    Diagnostic::new(Code::DRAWN_LINE, format!("a line is drawn with {count} signs “{c}”"))
                        .at(passage.place(from, to))
                        .help("for a space to write in, use {.write} or {.fill-in}; for a break, a line with ***"),
                );
            }
        }
    }
}
