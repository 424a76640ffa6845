#![doc = include_str!("../../docs/diagnostics/C002.md")]

use super::Seen;
use super::lists::fold;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    page.pictures(|picture| {
        let Some(caption) = &picture.caption else { return };
        let bare =
            |text: &str| fold(text).split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_string();
        if !picture.alt.trim().is_empty() && bare(caption) == bare(&picture.alt) {
            sink.push(
                Diagnostic::new(Code::ALT_CAPTION, "the picture's description and its caption are the same words")
                    .at(picture.span)
                    .help("say in the description what can be seen; the caption is read out as well"),
            );
        }
    });
}
