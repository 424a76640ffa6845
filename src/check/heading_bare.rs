#![doc = include_str!("../../docs/diagnostics/C006.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::page::{Kind, plain};
use crate::source::Span;

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let mut judge = |span: Span| {
        let help = "write its text, or delete the heading";
        sink.push(Diagnostic::new(Code::HEADING_BARE, "nothing stands below this heading").at(span).help(help));
    };
    for blocks in std::iter::once(&page.written.blocks).chain(page.chapters.iter().map(|c| &c.blocks)) {
        let mut open: Option<(u8, Span)> = None;
        for block in blocks {
            match (&block.kind, open.take()) {
                (Kind::Heading { level, text }, before) => {
                    // a lower heading is something below it
                    if let Some((_, span)) = before.filter(|(last, _)| level <= last) {
                        judge(span);
                    }
                    // one without words has its own complaint
                    open = Some((*level, block.span)).filter(|_| !plain(text).trim().is_empty());
                }
                (Kind::Rule, before) => open = before,
                _ => {}
            }
        }
        if let Some((_, span)) = open {
            judge(span);
        }
    }
}
