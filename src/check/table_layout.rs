#![doc = include_str!("../../docs/diagnostics/C010.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::page::{Kind, plain};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let most = page.thresholds.get("table-cell-words").unwrap_or(f64::MAX);
    page.written_blocks(&mut |block| {
        let Kind::Table { columns, header, rows, .. } = &block.kind else { return };
        let cells = || header.iter().chain(rows.iter().flatten());
        let longest = cells().map(|cell| plain(cell).split_whitespace().count()).max().unwrap_or(0);
        let why = if columns.len() == 1 {
            "it has only one column".to_string()
        } else if longest as f64 > most {
            format!("one of its cells has {longest} words")
        } else {
            return;
        };
        sink.push(
            Diagnostic::new(Code::TABLE_LAYOUT, format!("this table arranges words rather than holds data: {why}"))
                .at(block.span)
                .help("write it as headings with paragraphs, or as a list"),
        );
    });
}
