//! V013: words that are divided at the end of a line.

use super::super::file::quoted;
use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        for (at, run) in page.runs.iter().enumerate() {
            // A renderer paints the hyphen of a divided word as a soft hyphen, or as an artifact after the word.
            let soft = run.text.trim_end().ends_with('\u{ad}');
            let mark = run.artifact && matches!(run.text.trim(), "-" | "\u{2010}" | "\u{ad}");
            if !soft && !mark {
                continue;
            }
            let before = at.checked_sub(1).and_then(|at| page.runs.get(at)).map_or("", |run| run.text.as_str());
            // The hyphen may be a run of its own.
            let alone = mark || run.text.trim() == "\u{ad}";
            let word = if alone { before } else { run.text.as_str() };
            let word = word.split_whitespace().next_back().unwrap_or("").trim_end_matches('\u{ad}');
            found.push(format!("page {}: a word is divided after {}", index + 1, quoted(word)));
        }
    }
    pdf.file.say_first(sink, Code::HYPHENATED, &found);
}
