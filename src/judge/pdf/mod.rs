//! The rules for PDFs.

// what the rules stand on
mod lines;

// type and page
mod contents_pages;
mod contrast;
mod covered;
mod folio;
mod fonts;
mod hyphenated;
mod language;
mod leading;
mod line_long;
mod line_starts;
mod on_picture;
mod outside;
mod page_size;
mod slanted;
mod title;
mod type_small;

// tags
mod bookmarks;
mod figures;
mod flags;
mod headings;
mod links;
mod nesting;
mod notes;
mod page_labels;
mod parents;
mod roles;
mod tab_order;
mod table_headers;
mod table_shape;
mod untagged;

use super::file::{Class, File};
use crate::check::Thresholds;
use crate::diagnostic::Sink;
use crate::inspect::pdf::{Node, PdfFacts};
use lines::Line;

/// A PDF as its rules see it.
struct Pdf<'a> {
    file: &'a File<'a>,
    facts: &'a PdfFacts,
    thresholds: &'a Thresholds,
    /// The tagged text, line by line, in the order of painting.
    lines: Vec<Line>,
}

type Rule = fn(&Pdf<'_>, &mut Sink);

/// What every PDF must hold to.
const ALWAYS: &[Rule] = &[fonts::check, outside::check];

/// What an edition that is read as a file must hold to.
const READ: &[Rule] = &[
    title::check,
    language::check,
    type_small::check,
    leading::check,
    line_starts::check,
    hyphenated::check,
    slanted::check,
    contrast::check,
    on_picture::check,
    covered::check,
    page_size::check,
    line_long::check,
    folio::check,
    contents_pages::check,
    flags::check,
    untagged::check,
    headings::check,
    table_headers::check,
    table_shape::check,
    figures::check,
    links::check,
    roles::check,
    nesting::check,
    notes::check,
    bookmarks::check,
    page_labels::check,
    tab_order::check,
    parents::check,
];

/// Judges a PDF.
pub(super) fn judge(file: &File<'_>, facts: &PdfFacts, thresholds: &Thresholds, sink: &mut Sink) {
    let pdf = Pdf { file, facts, thresholds, lines: lines::lines(facts) };
    match file.expected.class {
        // its preflight looks at the rest
        Class::Press => fonts::check(&pdf, sink),
        Class::Sheets => ALWAYS.iter().for_each(|rule| rule(&pdf, sink)),
        _ => ALWAYS.iter().chain(READ).for_each(|rule| rule(&pdf, sink)),
    }
}

impl Pdf<'_> {
    fn class(&self) -> Class {
        self.file.expected.class
    }

    fn node(&self, index: Option<usize>) -> Option<&Node> {
        self.facts.nodes.get(index?)
    }

    /// The places of a node's own children.
    fn children(&self, parent: usize) -> impl Iterator<Item = (usize, &Node)> {
        // Depth first: all below a node stand right after it.
        let rest = self.facts.nodes.iter().enumerate().skip(parent + 1);
        rest.take_while(move |(_, node)| node.parent.is_some_and(|above| above >= parent))
            .filter(move |(_, node)| node.parent == Some(parent))
    }

    /// The page a node stands on, in words.
    fn place(&self, node: &Node) -> String {
        node.page.map_or_else(|| "a page".into(), |page| format!("page {page}"))
    }
}

/// Points in a millimetre.
const MILLIMETRE: f64 = 72.0 / 25.4;
