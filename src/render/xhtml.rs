//! Document -> XHTML, for the e-book and the web page alike.
//!
//! One walker writes every kind of block; a [`Style`] says what differs between
//! the two editions. Fragments are well-formed XML that an HTML parser reads in
//! the same way.

mod block;
mod breaks;
mod colour;
mod data_uri;
mod furniture;
mod icon;
mod inline;
mod notes;
mod page;
mod places;
mod sheet;
mod table;
mod text;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
pub(crate) mod tests;

pub use data_uri::data_uri;
pub use furniture::{band, closing, help, imprint, tongue};
pub use page::{PageInput, page};
pub use places::Places;
pub use sheet::{Font, fill, font_faces};
pub use text::{address, attribute, clean, escape, escape_whole, fragment, plain};

use breaks::Breaks;
pub use breaks::PageBreak;
pub(crate) use breaks::{page_break, page_break_id};
pub(crate) use colour::light;
pub(crate) use sheet::family;

use std::collections::BTreeMap;

use crate::document::{Block, Document, Inlines};
use crate::furniture::Furniture;

/// What differs between the editions that are made of XHTML.
#[derive(Debug, Clone, Copy)]
pub struct Style<'a> {
    /// Added to every heading's level: 0 where the title is the page's only level-1 heading, -1 where each section
    /// has a file of its own and opens it.
    pub heading_shift: i8,
    /// Which file holds what; links are made relative to [`Style::file`].
    pub places: &'a Places,
    /// The file that is being written; empty where there is only one.
    pub file: &'a str,
    /// Where each of [`Document::assets`] stands: a path or a `data:` address.
    pub pictures: &'a [String],
    /// Whether to write `epub:type` and `xml:lang`, which only e-books know.
    pub epub: bool,
    /// The printed pages that begin with a block or inside it, by the block's id.
    pub page_breaks: &'a BTreeMap<usize, Vec<PageBreak>>,
}

/// Writes blocks as XHTML.
#[derive(Debug)]
pub struct Walker<'a> {
    document: &'a Document,
    furniture: &'a Furniture,
    style: Style<'a>,
    out: String,
    breaks: Breaks,
    /// Whether some words of the page run from right to left.
    leftward: bool,
}

impl<'a> Walker<'a> {
    /// A walker that has written nothing yet.
    pub fn new(document: &'a Document, furniture: &'a Furniture, style: Style<'a>) -> Self {
        let leftward = inline::any_leftward(document);
        Self { document, furniture, style, out: String::new(), breaks: Breaks::default(), leftward }
    }

    /// Writes some blocks, in order.
    #[must_use]
    pub fn blocks(mut self, blocks: &[Block]) -> String {
        self.write_blocks(blocks);
        self.out
    }

    /// Writes some running text.
    #[must_use]
    pub fn inlines(mut self, inlines: &Inlines) -> String {
        self.write_inlines(inlines);
        self.out
    }

    /// Writes one of the document's pictures, by index, with what it shows.
    #[must_use]
    pub fn picture_alone(mut self, asset: usize, alt: &str) -> String {
        self.picture(asset, Some(alt));
        self.out
    }

    /// Writes the footnotes, or nothing where there are none.
    #[must_use]
    pub fn notes(mut self) -> String {
        self.write_notes();
        self.out
    }

    /// Adds a piece of markup.
    fn push(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// A language for an element's start tag, with its direction; for none, nothing.
    fn language(&self, tag: Option<&str>) -> String {
        let Some(tag) = tag else { return String::new() };
        let tag_ = attribute(tag);
        let xml = if self.style.epub { format!(" xml:lang=\"{tag_}\"") } else { String::new() };
        format!(" lang=\"{tag_}\"{xml} dir=\"{}\"", crate::document::direction(tag))
    }

    /// An `epub:type`, where the edition knows such things.
    fn epub_type(&self, value: &str) -> String {
        if self.style.epub { format!(" epub:type=\"{value}\"") } else { String::new() }
    }
}
