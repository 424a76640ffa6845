//! Source text -> Page: front matter and blocks, as written, with their places.

mod attribute;
mod block;
mod evaluation;
mod front;
mod mask;
mod parse;
#[cfg(test)]
mod tests;

pub use block::{Align, Block, CalloutKind, Definition, FootnoteText, Inline, Inlines, Item, Kind, PictureRef, plain};
pub use evaluation::Evaluation;
pub use front::Front;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{FileId, Sources, Span};
use crate::strict::At;

/// A page as its writer wrote it.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file it stands in.
    pub file: FileId,
    /// What the front matter says.
    pub front: Front,
    /// The body.
    pub blocks: Vec<Block>,
    /// The footnotes' texts, in the order of the source.
    pub notes: Vec<FootnoteText>,
}

/// Reads a whole page file.
///
/// Everything that is wrong goes to `sink`; the page is as whole as can be, so
/// that later stages can find their mistakes in the same run.
pub fn parse(file: FileId, sources: &Sources, sink: &mut Sink) -> Page {
    let text = sources.get(file).text();
    controls(file, text, sink);
    let (front, body) = front::parse(file, text, sink);
    let (blocks, notes) = parse::body(file, text, body, sink);
    // where the front matter never ends, nobody knows whether there is a text
    let unclosed = sink.all().iter().any(|d| d.code == Code::FRONT_UNCLOSED);
    if blocks.is_empty() && !unclosed {
        let end = text.len();
        sink.push(
            Diagnostic::new(Code::NO_TEXT, "this page has no text")
                .at(Span::new(file, body.min(end), end))
                .help("write the page's words below the second `+++` line"),
        );
    }
    Page { file, front, blocks, notes }
}

/// A further file of a booklet.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The title that its front matter gives; its headings then stand one level lower.
    pub title: Option<At<String>>,
    /// The body.
    pub blocks: Vec<Block>,
    /// The footnotes' texts.
    pub notes: Vec<FootnoteText>,
}

/// Reads a chapter file: a body, with front matter or without.
pub fn parse_chapter(file: FileId, sources: &Sources, sink: &mut Sink) -> Chapter {
    let text = sources.get(file).text();
    controls(file, text, sink);
    let (title, body) = if front::opens(text) { front::chapter(file, text, sink) } else { (None, 0) };
    let (blocks, notes) = parse::body(file, text, body, sink);
    Chapter { title, blocks, notes }
}

/// Control characters show as nothing or as a box, and break PDF and EPUB files.
fn controls(file: FileId, text: &str, sink: &mut Sink) {
    for (offset, c) in text.char_indices() {
        if is_control(c) && (c != '\u{feff}' || offset > 0) {
            sink.push(control(c, Span::new(file, offset, offset + c.len_utf8())));
        }
    }
}

/// Whether a character is one that no page may have.
fn is_control(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{feff}')
}

fn control(c: char, span: Span) -> Diagnostic {
    Diagnostic::new(Code::CONTROL_CHARACTER, format!("an invisible control character (U+{:04X}) stands here", c as u32))
        .at(span)
        .help("delete it: put the cursor before the word and press Delete, or retype the word")
}
