#![doc = include_str!("../../docs/diagnostics/C011.md")]

use super::Seen;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let Some(most) = page.thresholds.get("capitals-words") else { return };
    for passage in &page.passages {
        let mut run: Vec<(usize, usize)> = Vec::new();
        let mut judge = |run: &mut Vec<(usize, usize)>| {
            if let (Some(first), Some(last)) = (run.first(), run.last())
                && run.len() as f64 > most
            {
                sink.push(
                    Diagnostic::new(Code::CAPITALS, format!("{} words in a row stand in capitals", run.len()))
                        .at(passage.place(first.0, last.1))
                        .help("write them in small letters; put what matters most in **bold**"),
                );
            }
            run.clear();
        };
        for (from, word) in words(&passage.text) {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            let loud = letters > 0 && !word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase);
            // an acronym neither begins a run nor ends one
            if loud && page.lists.acronyms.iter().any(|a| a == word) || letters == 0 {
                continue;
            }
            if loud { run.push((from, from + word.len())) } else { judge(&mut run) }
        }
        judge(&mut run);
    }
}

/// The words of a text without the signs around them, each with its place.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}
