//! Messages for people.

use std::io::{self, Write};

use super::{colour_of, head, place, reason};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// The longest excerpt, in characters; a page's line may be a whole paragraph.
const WIDE: usize = 100;

pub(super) fn human(out: &mut dyn Write, d: &Diagnostic, sources: &Sources, colour: bool) -> io::Result<()> {
    if colour {
        writeln!(out, "{}{}\u{1b}[0m", colour_of(d.severity), head(d, sources))?;
    } else {
        writeln!(out, "{}", head(d, sources))?;
    }
    if let (Some(span), Some(place)) = (d.span, place(d, sources)) {
        let line = sources.get(span.file).line(place.line);
        let (excerpt, mark) =
            excerpt(line, place.column, if place.end_line == place.line { place.end_column } else { usize::MAX });
        let number = place.line.to_string();
        let gap = " ".repeat(number.len());
        writeln!(out, "{number} | {excerpt}")?;
        writeln!(out, "{gap} | {mark}")?;
    }
    if let Some((why, source)) = reason(d) {
        writeln!(out, "  why: {why}")?;
        writeln!(out, "  source: {source}")?;
    }
    if let Some(help) = &d.help {
        writeln!(out, "  help: {help}")?;
    }
    writeln!(out)
}

pub(super) fn short(out: &mut dyn Write, d: &Diagnostic, sources: &Sources) -> io::Result<()> {
    writeln!(out, "{}", head(d, sources))
}

/// Sentences that a screen reader can read out as they stand.
pub(super) fn plain(out: &mut dyn Write, d: &Diagnostic, sources: &Sources) -> io::Result<()> {
    let word = d.severity.word();
    let word = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
    write!(out, "{word} {}: {}.", d.code, d.message)?;
    match place(d, sources) {
        Some(p) => write!(out, " In {}, line {}, column {}.", p.path, p.line, p.column)?,
        None => {
            if let Some(path) = &d.path {
                write!(out, " In {path}.")?;
            }
        }
    }
    if let Some((why, source)) = reason(d) {
        write!(out, " Why: {why} Source: {source}.")?;
    }
    if let Some(help) = &d.help {
        write!(out, " To mend it: {help}.")?;
    }
    writeln!(out)
}

/// A stretch of the line around the place, with marks under it; columns from 1.
fn excerpt(line: &str, column: usize, end: usize) -> (String, String) {
    let chars: Vec<char> = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let at = (column - 1).min(chars.len());
    let from = if at > WIDE * 2 / 3 { at - WIDE / 3 } else { 0 };
    let to = chars.len().min(from + WIDE);
    let mut text: String = chars.get(from..to).unwrap_or(&[]).iter().collect();
    let mut lead = at - from;
    if from > 0 {
        text.insert(0, '…');
        lead += 1;
    }
    if to < chars.len() {
        text.push('…');
    }
    let length = end.saturating_sub(column).clamp(1, to.saturating_sub(at).max(1));
    (text, format!("{}{}", " ".repeat(lead), "^".repeat(length)))
}
