//! V021: a page number that moves, or that is missing.

use super::Pdf;
use crate::diagnostic::{Code, Sink};
use crate::inspect::pdf::{PageFacts, TextRun};

/// A number may stand off by as much, in points.
const TOLERANCE: f64 = 1.0;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let pages = &pdf.facts.pages;
    let numbers: Vec<Option<&TextRun>> = pages.iter().map(|page| number(page, pages.len())).collect();
    let mut found = Vec::new();
    // A cover and a back may do without; left and right pages may mirror each other.
    for side in 0..2 {
        let mut first: Option<(usize, (f64, f64))> = None;
        for (index, run) in numbers.iter().enumerate().skip(side).step_by(2) {
            let Some(run) = run else { continue };
            // What hangs on the right edge keeps its end in place, what hangs on the left its beginning.
            match first {
                None => first = Some((index, run.start)),
                Some((page, (x, y))) => {
                    let end = numbers.get(page).copied().flatten().map_or(x, |run| run.end.0);
                    let moved = (run.start.0 - x).abs().min((run.end.0 - end).abs()) > TOLERANCE;
                    if moved || (run.start.1 - y).abs() > TOLERANCE {
                        found.push(format!(
                            "the number of page {} does not stand where that of page {} does",
                            index + 1,
                            page + 1
                        ));
                    }
                }
            }
        }
    }
    let inner = numbers.len().saturating_sub(1);
    if numbers.iter().any(Option::is_some) {
        for (index, run) in numbers.iter().enumerate().take(inner).skip(1) {
            if run.is_none() {
                found.push(format!("page {} has no number", index + 1));
            }
        }
    } else if numbers.len() > 2 && !pdf.file.expected.folded {
        found.push("the pages have no numbers".into());
    }
    pdf.file.say_first(sink, Code::FOLIO, &found);
}

/// The run of a header or footer that is the page's number and nothing else: its label, or the only bare number that
/// is not greater than the number of pages (a charity's own number may stand there too).
pub(super) fn number(page: &PageFacts, pages: usize) -> Option<&TextRun> {
    let alone = |text: &str| {
        text.chars().all(|c| c.is_ascii_digit()) && text.parse::<usize>().is_ok_and(|n| (1..=pages).contains(&n))
    };
    let artifacts = || page.runs.iter().filter(|run| run.artifact);
    artifacts().find(|run| run.text.trim() == page.label).or_else(|| {
        let mut numbers = artifacts().filter(|run| alone(run.text.trim()));
        numbers.next().filter(|_| numbers.next().is_none())
    })
}
