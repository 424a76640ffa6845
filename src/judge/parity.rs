//! V006 and V007: the page's words, and its numbers, dates and telephone numbers, in every edition.
//!
//! An edition may add words (contents, furniture, labels) and may move notes to the end, as the source's own text is
//! put here; it may lose none, run none together and change no order.
//!
//! In scripts whose letters join or change places, a PDF may give the letters of a word differently from how they are
//! written, though the page shows them well. Where no more than a few such words differ that is a warning: without the
//! edition its readers would have none.

use super::file::{Class, Facts, File, quoted};
use crate::diagnostic::{Code, Severity, Sink};
use crate::document::{Block, Document, Inline, Kind};
use crate::inspect::html::HtmlFacts;
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

/// The words of a page as its web edition has them, for where the source is not at hand: what stands in `main`, up to the
/// first heading of the furniture (whose names begin with `ui.`).
pub fn reference_of_web(facts: &HtmlFacts) -> Option<Reference> {
    let main = facts.main.clone()?;
    let furniture = facts.headings.iter().filter(|heading| main.contains(&heading.at));
    let end = furniture.into_iter().find(|heading| heading.id.as_deref().is_some_and(|id| id.starts_with("ui.")));
    let text = facts.text.get(main.start..end.map_or(main.end, |heading| heading.at))?;
    Some(Reference(bare(text)))
}

/// What a person can do about lost words.
const MEND: &str = "the page itself is not at fault: if the project has a layout of its own, see that it prints every \
                    block in order; if not, please report this";

/// Judges an edition's words against the page's.
pub fn compare(file: &File<'_>, reference: &Reference, sink: &mut Sink) {
    // Sheets hold their pages out of order, to be folded; the edition that they are made of was judged. A press file has
    // the same pages, and a ticket or a picture has other words.
    if matches!(file.expected.class, Class::Sheets | Class::Press) || matches!(file.facts, Facts::Other) {
        return;
    }
    let read = bare(&file.facts.text());
    let mut severity = Code::WORDS_LOST.info().severity;
    let missing = words::in_order(&reference.0, &read);
    let places: Vec<usize> = missing.words.iter().copied().filter(|at| !cut(reference.0.get(*at), &read)).collect();
    let lost: Vec<&String> = places.iter().filter_map(|at| reference.0.get(*at)).collect();
    let few = lost.len() * 20 <= reference.0.len();
    if few && lost.iter().all(|word| is_complex(word)) && missing.glued.iter().all(|word| is_complex(word)) {
        severity = Severity::Warning;
    }
    let count = |all: &[String], word: &String| all.iter().filter(|other| *other == word).count();
    let fewer = |word: &&&String| has_digit(word) && count(&read, word) < count(&reference.0, word);
    let numbers: Vec<&&String> = lost.iter().filter(fewer).collect();
    if let (Some(first), Some(word)) = (places.first(), lost.first()) {
        let before = reference.0.get(first.saturating_sub(6)..*first).unwrap_or(&[]).join(" ");
        let after = if before.is_empty() { String::new() } else { format!(" after {}", quoted(&before)) };
        let what = if lost.len() == 1 { "1 word is".to_string() } else { format!("{} words are", lost.len()) };
        let message = format!("{what} lost or out of order: first “{word}”{after}");
        sink.push(file.fault(Code::WORDS_LOST, message).severity(severity).help(MEND));
    }
    if let Some(glued) = missing.glued.first() {
        let message = format!("words run together: {}", quoted(glued));
        sink.push(file.fault(Code::WORDS_LOST, message).severity(severity).help(MEND));
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

/// A word of so many letters may be too long for a line, and is then cut at its end.
const LONG: usize = 10;

/// Whether a word stands in the file in pieces: one after another, as its lines have them.
fn cut(word: Option<&String>, read: &[String]) -> bool {
    let Some(word) = word.filter(|word| word.chars().count() >= LONG) else { return false };
    (0..read.len()).any(|at| {
        let mut rest = word.as_str();
        let pieces = read.get(at..).unwrap_or(&[]).iter().take_while(|piece| {
            let next = rest.strip_prefix(piece.as_str()).filter(|_| !piece.is_empty() && !rest.is_empty());
            rest = next.unwrap_or(rest);
            next.is_some()
        });
        pieces.count() > 1 && rest.is_empty()
    })
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
}

/// Whether a word is in a script whose letters join or change places, or is a figure among such words.
fn is_complex(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    // Hebrew and Arabic to Tibetan and Burmese, and their presentation forms.
    letters.all(|c| matches!(c, '\u{590}'..='\u{109f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}

/// A text's words without punctuation, which labels, lists and line ends change; a sign between two figures stays.
fn bare(text: &str) -> Vec<String> {
    let plain = |word: &String| {
        let all: Vec<char> = word.chars().collect();
        let figure = |at: Option<usize>| at.and_then(|at| all.get(at)).is_some_and(char::is_ascii_digit);
        let kept = all.iter().enumerate().filter(|(at, c)| {
            let sign = matches!(**c, '.' | ',' | ':' | '/' | '-' | '–');
            let between = sign && figure(at.checked_sub(1)) && figure(Some(at + 1));
            // Marks that belong to a letter are no letters themselves.
            c.is_alphanumeric()
                || between
                || !(c.is_ascii()
                    || matches!(**c, '\u{a0}'..='\u{bf}' | '\u{2010}'..='\u{2bff}' | '\u{3001}'..='\u{303f}'))
        });
        kept.map(|(_, c)| *c).collect::<String>()
    };
    words(text).iter().map(plain).filter(|word| !word.is_empty()).collect()
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
