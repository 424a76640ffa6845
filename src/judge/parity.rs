//! V006 and V007: the page's words, and its numbers, dates and telephone numbers, in every edition.
//!
//! An edition may add words (contents, furniture, labels) and may move notes to the end, as the source's own text is
//! put here; it may lose none, run none together and change no order.

use super::file::{File, quoted};
use crate::diagnostic::{Code, Sink};
use crate::document::{Block, Document, Inline, Kind};
use crate::inspect::words::{self, words};

/// A page's words in their order, as every edition must have them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reference(Vec<String>);

/// The words of a page: its title, its text, its notes.
pub fn reference(document: &Document) -> Reference {
    let mut text = document.meta.title.clone();
    blocks(&document.blocks, &mut text);
    document.notes.iter().for_each(|note| blocks(&note.blocks, &mut text));
    Reference(bare(&text))
}

/// Judges an edition's words against the page's.
pub fn compare(file: &File<'_>, reference: &Reference, sink: &mut Sink) {
    let read = bare(&file.facts.text());
    let missing = words::in_order(&reference.0, &read);
    let lost: Vec<&String> = missing.words.iter().filter_map(|at| reference.0.get(*at)).collect();
    let numbers: Vec<String> = lost.iter().filter(|word| has_digit(word)).map(|word| (*word).clone()).collect();
    if let (Some(first), Some(word)) = (missing.words.first(), lost.first()) {
        let before = reference.0.get(first.saturating_sub(6)..*first).unwrap_or(&[]).join(" ");
        let after = if before.is_empty() { String::new() } else { format!(" after {}", quoted(&before)) };
        let what = if lost.len() == 1 { "1 word is".to_string() } else { format!("{} words are", lost.len()) };
        file.say(sink, Code::WORDS_LOST, format!("{what} lost or out of order: first “{word}”{after}"));
    }
    if let Some(glued) = missing.glued.first() {
        file.say(sink, Code::WORDS_LOST, format!("words run together: {}", quoted(glued)));
    }
    if let Some(first) = numbers.first() {
        let more = if numbers.len() > 1 { format!(" and {} more", numbers.len() - 1) } else { String::new() };
        file.say(
            sink,
            Code::NUMBERS_DIFFER,
            format!("the page's “{first}”{more} does not stand in its place in the file"),
        );
    }
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
}

/// A text's words without the punctuation at their edges, which labels and lists change.
fn bare(text: &str) -> Vec<String> {
    let edge = |c: char| !c.is_alphanumeric();
    words(text).iter().map(|word| word.trim_matches(edge).to_string()).filter(|word| !word.is_empty()).collect()
}

fn blocks(all: &[Block], out: &mut String) {
    for block in all {
        out.push('\n');
        match &block.kind {
            Kind::Heading { text, .. } | Kind::Paragraph { text, .. } | Kind::FillIn { label: text, .. } => {
                inlines(text, out)
            }
            Kind::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, out)),
            Kind::Callout { title, blocks: inner, .. } => {
                inlines(title, out);
                blocks(inner, out);
            }
            Kind::Table { caption, header, rows, .. } => {
                for text in caption.iter().chain(header).chain(rows.iter().flatten()) {
                    inlines(text, out);
                    out.push('\n');
                }
            }
            Kind::Figure { asset, alt, caption, .. } => {
                // A picture that is still to come shows its words in its place.
                if asset.is_none() {
                    out.push_str(alt);
                }
                out.push('\n');
                caption.iter().for_each(|text| inlines(text, out));
            }
            Kind::Quote { blocks: inner, source } => {
                blocks(inner, out);
                out.push('\n');
                out.push_str(source.as_deref().unwrap_or(""));
            }
            Kind::Definitions { items } => {
                for item in items {
                    out.push('\n');
                    inlines(&item.term, out);
                    item.meanings.iter().for_each(|meaning| blocks(meaning, out));
                }
            }
            Kind::Video { title, .. } => out.push_str(title),
            Kind::Rule => {}
        }
    }
}

fn inlines(all: &[Inline], out: &mut String) {
    for inline in all {
        match inline {
            Inline::Text { v } | Inline::Unbroken { v } => out.push_str(v),
            Inline::Emphasis { c } | Inline::Strong { c } => inlines(c, out),
            Inline::Link { c, .. } | Inline::Reference { c, .. } => inlines(c, out),
            Inline::NoteRef { .. } | Inline::Break | Inline::Space { .. } => out.push(' '),
        }
    }
}
