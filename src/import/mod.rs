//! The importer: a web page, as a crawl's text or as HTML -> a page's source, and a receipt for all of it.
//!
//! The crawl's dialect looks like Markdown and is none: one line is one block.
//! The way: bytes -> text (`input`) -> segments and blocks (`reading`: a crawl by
//! `lines`, `block` and `table`, HTML by `html`) -> the article without the web
//! page around it (`furniture`) -> put right (`repair`) -> written (`write`,
//! `span`). Nothing here reads a disk or a network, and nothing names a site:
//! that is `rules`.

mod account;
mod address;
mod block;
mod choose;
mod dates;
mod emit;
mod entity;
mod escape;
mod figure;
mod furniture;
mod html;
mod inline;
mod input;
mod lines;
mod page;
mod reading;
mod receipt;
mod repair;
mod rules;
mod ruleset;
mod script;
mod span;
mod table;
mod text;
mod title;
mod view;
mod write;

pub use dates::Role;
pub use receipt::{DateFound, DatesRead, Dropped, Kept, Neighbour, Place, Receipt, Repaired};
pub use rules::{CalloutLabel, Dates, Fact, Form, Links, Neighbours, Phrases, Pictures, Refusal, Rules, Site, Wrapper};

pub(crate) use escape::{line_start, toml, words};
pub(crate) use figure::file_name;
pub(crate) use text::{key, slug};

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;

/// How to import a page.
#[derive(Debug, Clone)]
pub struct Options {
    /// The input's file name, for messages, the receipt and, where nothing better is known, the slug.
    pub name: String,
    /// The address the page came from; default: not known.
    pub address: Option<String>,
    /// The page's short name; default: from the address, else the file's name, else the title.
    pub slug: Option<String>,
    /// The rules files; those for other sites do no harm.
    pub rules: Vec<Rules>,
    /// The page's language; default: what the page itself says, else `en-GB`.
    pub language: Option<String>,
    /// The charset that the server named, used where the bytes have no mark of their own.
    pub charset: Option<String>,
    /// What is known of the pictures' files; a picture that is not in it cannot be had.
    pub pictures: Had,
    /// Names of picture files that others have, such as the other pages of a booklet.
    pub taken: BTreeSet<String>,
}

/// For a picture's address (`src`) the file that it has beside the page, or why it cannot be had.
pub type Had = BTreeMap<String, Result<String, String>>;

impl Default for Options {
    fn default() -> Self {
        Self {
            name: "page.txt".into(),
            address: None,
            slug: None,
            rules: Vec::new(),
            language: None,
            charset: None,
            pictures: Had::new(),
            taken: BTreeSet::new(),
        }
    }
}

/// An imported page.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The page's short name: its folder in `sources/`.
    pub slug: String,
    /// The whole `page.md`.
    pub text: String,
    /// What became of every line.
    pub receipt: Receipt,
    /// What somebody should look at; never an error.
    pub diagnostics: Vec<Diagnostic>,
    /// The article's pictures, without those that are furniture.
    pub pictures: Vec<Picture>,
}

/// A picture of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The line of the input.
    pub line: usize,
    /// Its address as it stands in HTML; empty for a crawl, which has no files beside it.
    pub written: String,
    /// Its address: in full where the page's own is known, else as written.
    pub src: String,
    /// The words that say what it shows.
    pub alt: String,
    /// The words below it.
    pub caption: Option<String>,
    /// Whether the page says that it shows nothing of meaning.
    pub decorative: bool,
}

/// Imports a page: the text of a crawl, or HTML; what it is shows in its words.
///
/// # Errors
/// If the input is no page with an article, or an option cannot be used: the reasons.
pub fn import(input: &[u8], options: &Options) -> Result<Imported, Vec<Diagnostic>> {
    page::import(input, options)
}
