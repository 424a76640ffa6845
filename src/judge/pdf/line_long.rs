//! V020: lines with too many characters: all of them on average, or a single one.

use super::super::file::quoted;
use super::{Class, Pdf};
use crate::diagnostic::{Code, Sink};

/// So many full lines give an average that means something.
const ENOUGH: usize = 10;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    // In Indic scripts several characters make one letter; they count as one half.
    let length = |text: &str| {
        let joined = text.trim().chars().filter(|c| matches!(c, '\u{900}'..='\u{109f}')).count();
        text.trim().chars().count() - joined / 2
    };
    if let Some(most) = pdf.thresholds.get("line-characters-single") {
        let long = pdf.lines.iter().filter(|line| length(&line.text) as f64 > most);
        let found: Vec<String> = long
            .map(|line| {
                let words = quoted(&line.text);
                format!(
                    "page {}: the line {words} has {} characters; {most} is the most",
                    line.page,
                    length(&line.text)
                )
            })
            .collect();
        pdf.file.say_first(sink, Code::LINE_LONG, &found);
    }
    let large = pdf.class() == Class::LargePrint;
    let name = if large { "line-characters" } else { "line-characters-clear-print" };
    let Some(most) = pdf.thresholds.get(name) else { return };
    // The last line of a block is as long as its words happen to be.
    let full = pdf.lines.windows(2).filter_map(|pair| match pair {
        [line, next] if (line.page, line.block) == (next.page, next.block) => Some(length(&line.text)),
        _ => None,
    });
    let full: Vec<usize> = full.collect();
    // a guideline of whole characters
    let average = (full.iter().sum::<usize>() as f64 / full.len().max(1) as f64).round();
    if full.len() >= ENOUGH && average > most {
        pdf.file.say(
            sink,
            Code::LINE_LONG,
            format!("full lines have {average} characters on average; {most} is the most"),
        );
    }
}
