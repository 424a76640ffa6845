//! V032: headings that do not begin at level 1, skip a level, or are empty.

use super::super::file::quoted;
use super::Pdf;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let step = pdf.thresholds.get("heading-step").unwrap_or(1.0);
    let mut found = Vec::new();
    let mut last = 0u8;
    for node in &pdf.facts.nodes {
        if node.tag == "H" {
            found.push(format!("{}: a heading has no level", pdf.place(node)));
        }
        let Some(level) = level(&node.tag) else { continue };
        let words = pdf.facts.text_of(node).trim();
        if words.is_empty() {
            found.push(format!("{}: a heading has no words", pdf.place(node)));
        }
        if last == 0 && level != 1 {
            found.push(format!("the first heading, {}, has level {level}, not 1", quoted(words)));
        } else if last > 0 && f64::from(level) > f64::from(last) + step {
            found.push(format!("{}: {} has level {level} after level {last}", pdf.place(node), quoted(words)));
        }
        last = level;
    }
    if last == 0 {
        found.push("the file has no heading".into());
    }
    pdf.file.say_first(sink, Code::OUTPUT_HEADINGS, &found);
}

/// The level of a heading's tag.
pub(super) fn level(tag: &str) -> Option<u8> {
    let level = tag.strip_prefix('H')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}
