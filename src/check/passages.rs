//! The page's running texts as the rules see them: plain words, each with its place in the source.

use crate::page::{Block, Chapter, Inline, Kind, Page};
use crate::source::{Sources, Span};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Heading(u8),
    Paragraph,
    Item,
    CalloutTitle,
    Cell,
    Term,
}

/// A running text.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    pub(super) role: Role,
    /// The block it stands in.
    pub(super) span: Span,
    /// The language that `{.language}` gives it.
    pub(super) language: Option<&'a str>,
    /// Whether it stands in a footnote, where sources are named.
    pub(super) note: bool,
    /// Whether it is somebody's own words.
    pub(super) quoted: bool,
    /// Its words without marks.
    pub(super) text: String,
    /// Where each piece of `text` comes from: where it begins in `text`, its length there, its place.
    pieces: Vec<(usize, usize, Span)>,
    sources: &'a Sources,
    pub(super) links: Vec<Link<'a>>,
    /// Stretches of `text` that are stressed.
    pub(super) stressed: Vec<(usize, usize)>,
}

/// A link in a text.
#[derive(Debug)]
pub(super) struct Link<'a> {
    pub(super) href: &'a str,
    pub(super) span: Span,
    pub(super) words: String,
}

impl Passage<'_> {
    /// Where some bytes of `text` stand in the source.
    pub(super) fn place(&self, from: usize, to: usize) -> Span {
        let at = |offset: usize, end: bool| {
            let inside = |(start, length, _): &&(usize, usize, Span)| {
                if end {
                    *start < offset && offset <= start + length
                } else {
                    *start <= offset && offset < start + length
                }
            };
            let (start, length, span) = self.pieces.iter().find(inside)?;
            // an escape or a quotation's marks make the source longer
            let inside = match span.end - span.start == *length {
                true => offset - start,
                false => aligned(&self.text[*start..start + length], self.sources.text(*span), offset - start, end),
            };
            Some((span.file, span.start + inside))
        };
        match (at(from, false), at(to, true)) {
            (Some((file, start)), Some((other, end))) if file == other && start <= end => Span::new(file, start, end),
            (Some((file, start)), _) => Span::new(file, start, start),
            _ => self.span,
        }
    }
}

/// Where a byte of the words stands in the source they were read from; what only the source has is passed over.
fn aligned(words: &str, source: &str, offset: usize, end: bool) -> usize {
    let mut at = 0;
    for (index, c) in words.char_indices() {
        if index >= offset {
            break;
        }
        let rest = source.get(at..).unwrap_or("");
        // a line end in the source is a space here
        let same = |found: &(usize, char)| if c.is_whitespace() { found.1.is_whitespace() } else { found.1 == c };
        match rest.char_indices().find(same) {
            Some((skipped, found)) => at += skipped + found.len_utf8(),
            None => return if end { source.len() } else { at },
        }
    }
    at.min(source.len())
}

/// Every running text of a page and its chapters, in reading order; footnotes last.
pub(super) fn passages<'a>(page: &'a Page, chapters: &'a [Chapter], sources: &'a Sources) -> Vec<Passage<'a>> {
    let mut walk = Walk { sources, all: Vec::new(), note: false, quoted: false, language: None };
    walk.blocks(&page.blocks, false);
    chapters.iter().for_each(|chapter| walk.blocks(&chapter.blocks, false));
    walk.note = true;
    for note in page.notes.iter().chain(chapters.iter().flat_map(|c| &c.notes)) {
        walk.blocks(&note.blocks, false);
    }
    walk.all
}

struct Walk<'a> {
    sources: &'a Sources,
    all: Vec<Passage<'a>>,
    note: bool,
    quoted: bool,
    language: Option<&'a str>,
}

impl<'a> Walk<'a> {
    fn blocks(&mut self, blocks: &'a [Block], item: bool) {
        for block in blocks {
            let outer = self.language;
            if let Some((tag, _)) = &block.language {
                self.language = Some(tag);
            }
            self.block(block, item);
            self.language = outer;
        }
    }

    fn block(&mut self, block: &'a Block, item: bool) {
        match &block.kind {
            Kind::Heading { level, text } => self.text(Role::Heading(*level), block, text),
            Kind::Paragraph { text } => self.text(if item { Role::Item } else { Role::Paragraph }, block, text),
            Kind::List { items, .. } => items.iter().for_each(|i| self.blocks(&i.blocks, true)),
            Kind::Callout { title, blocks, .. } => {
                self.text(Role::CalloutTitle, block, title);
                self.blocks(blocks, false);
            }
            Kind::Table { header, rows, .. } => {
                header.iter().chain(rows.iter().flatten()).for_each(|cell| self.text(Role::Cell, block, cell));
            }
            Kind::Quote { blocks, .. } => {
                let outer = std::mem::replace(&mut self.quoted, true);
                self.blocks(blocks, false);
                self.quoted = outer;
            }
            Kind::Definitions { items } => {
                for definition in items {
                    self.text(Role::Term, block, &definition.term);
                    definition.meanings.iter().for_each(|meaning| self.blocks(meaning, false));
                }
            }
            Kind::Figure(_) | Kind::FillIn { .. } | Kind::Video { .. } | Kind::Rule => {}
        }
    }

    fn text(&mut self, role: Role, block: &Block, text: &'a [Inline]) {
        let mut passage = Passage {
            role,
            span: block.span,
            language: self.language,
            note: self.note,
            quoted: self.quoted,
            text: String::new(),
            pieces: Vec::new(),
            sources: self.sources,
            links: Vec::new(),
            stressed: Vec::new(),
        };
        inlines(&mut passage, text, false);
        if !passage.text.trim().is_empty() {
            self.all.push(passage);
        }
    }
}

fn inlines<'a>(passage: &mut Passage<'a>, text: &'a [Inline], stressed: bool) {
    for inline in text {
        match inline {
            Inline::Text { v, span } => {
                passage.pieces.push((passage.text.len(), v.len(), *span));
                passage.text.push_str(v);
            }
            Inline::Emphasis { c } | Inline::Strong { c } => {
                let from = passage.text.len();
                inlines(passage, c, true);
                if !stressed {
                    passage.stressed.push((from, passage.text.len()));
                }
            }
            Inline::Link { href, span, c } => {
                let from = passage.text.len();
                inlines(passage, c, stressed);
                let words = passage.text[from..].split_whitespace().collect::<Vec<_>>().join(" ");
                passage.links.push(Link { href, span: *span, words });
            }
            Inline::Break => passage.text.push(' '),
            Inline::NoteRef { .. } | Inline::Space { .. } => {}
        }
    }
}
