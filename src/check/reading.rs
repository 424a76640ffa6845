#![doc = include_str!("../../docs/diagnostics/C024.md")]

use super::Seen;
use super::passages::{Passage, Role};
use super::readability::{Counts, sentences, words};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::language::primary;
use crate::source::Span;

/// How many of the worst lines are named.
const WORST: usize = 3;
/// A formula made for whole texts says nothing of fewer sentences.
const ENOUGH: usize = 10;

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    let limit = |name| page.thresholds.get(name).unwrap_or(f64::MAX);
    let (most_words, most_sentences) = (limit("sentence-words"), limit("paragraph-sentences"));
    let mut counts = Counts::default();
    let mut long: Vec<(usize, Span)> = Vec::new();
    let mut thick: Vec<(usize, Span)> = Vec::new();
    let own = primary(&page.document.meta.language);
    let running = |p: &&Passage<'_>| {
        matches!(p.role, Role::Paragraph | Role::Item) && !p.note && p.language.is_none_or(|tag| primary(tag) == own)
    };
    for passage in page.passages.iter().filter(running) {
        let all = sentences(&passage.text, page.lists);
        for (from, to) in &all {
            let text = &passage.text[*from..*to];
            counts.add(text);
            let length = words(text).count();
            if length as f64 > most_words {
                long.push((length, passage.place(*from, *to)));
            }
        }
        if all.len() as f64 > most_sentences {
            thick.push((all.len(), passage.span));
        }
    }
    let (kincaid, smog) = (counts.flesch_kincaid(), counts.smog());
    let age = kincaid.max(smog) + 5.0;
    let hard = page.lists.reading_age && counts.sentences >= ENOUGH && age > limit("reading-age");
    if long.is_empty() && thick.is_empty() && !hard {
        return;
    }
    let mut parts = Vec::new();
    if page.lists.reading_age && counts.sentences >= ENOUGH {
        parts.push(format!(
            "reading age about {:.0} (Flesch–Kincaid grade {kincaid:.1}, SMOG grade {smog:.1})",
            kincaid.max(smog) + 5.0
        ));
    }
    let line = |span: &Span| page.sources.get(span.file).place(span.start).line;
    let mut worst = |found: &mut Vec<(usize, Span)>, what: String, unit: &str| {
        if found.is_empty() {
            return;
        }
        found.sort_by_key(|(size, span)| (std::cmp::Reverse(*size), span.file, span.start));
        let named: Vec<String> =
            found.iter().take(WORST).map(|(size, span)| format!("line {} ({size} {unit})", line(span))).collect();
        let more = if found.len() > WORST { " and others" } else { "" };
        parts.push(format!("{what}: {}{more}", named.join(", ")));
    };
    let of = counts.sentences;
    let heads = (long.len(), thick.len());
    worst(
        &mut long,
        format!(
            "{} of {of} sentences {} more than {most_words} words",
            heads.0,
            if heads.0 == 1 { "has" } else { "have" }
        ),
        "words",
    );
    worst(
        &mut thick,
        format!(
            "{} more than {most_sentences} sentences",
            if heads.1 == 1 { "1 paragraph has".into() } else { format!("{} paragraphs have", heads.1) }
        ),
        "sentences",
    );
    let place = long.first().or(thick.first()).map_or(page.top(), |(_, span)| *span);
    sink.push(
        Diagnostic::new(Code::READING, parts.join("; "))
            .at(place)
            .help("begin with the lines named; figures only hint, so let readers have the last word"),
    );
}
