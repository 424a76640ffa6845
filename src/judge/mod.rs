//! Finished files -> diagnostics: what each edition promises, judged on facts that were read back from its bytes.
//!
//! One short file a rule, one line in a table. A rule's page in `docs/diagnostics/` says what it finds, why, how to
//! mend it and which clause it comes from; `everyleaf explain CODE` prints it. Thresholds are data in
//! `layouts/profiles/`.
//!
//! - `pdf`: type, lines, contrast, pages, tags
//! - `flow`: e-books and web pages: package, contents, pages, landmarks, claims, style sheets
//! - `parity`: the page's words, and its numbers, in every edition

mod file;
mod flow;
mod parity;
mod pdf;

pub use file::{Class, Expected, Facts, File};
pub use parity::{Reference, compare, reference, reference_of_web};

use crate::check::Thresholds;
use crate::diagnostic::Sink;

/// Judges one file by every rule that suits it.
pub fn judge(file: &File<'_>, thresholds: &Thresholds, sink: &mut Sink) {
    match file.facts {
        Facts::Pdf(facts) => pdf::judge(file, facts, thresholds, sink),
        Facts::Epub(facts) => flow::judge_book(file, facts, sink),
        Facts::Html(facts) => flow::judge_page(file, facts, sink),
        Facts::Other => {}
    }
}
