#![doc = include_str!("../../docs/diagnostics/C013.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let Some(most) = page.thresholds.get("emphasis-words") else { return };
    for passage in &page.passages {
        for (from, to) in &passage.stressed {
            let words = passage.text[*from..*to].split_whitespace().count();
            if words as f64 > most {
                sink.push(
                    Diagnostic::new(Code::EMPHASIS_LONG, format!("{words} words in a row are stressed"))
                        .at(passage.place(*from, *to))
                        .help("stress only the words that matter, or make it a callout"),
                );
            }
        }
    }
}
