//! The rules for e-books and web pages.

// what the rules stand on
mod index;

// both
mod active;
mod headings;
mod ids;
mod images;
mod style;
mod tables;
mod words;

// e-books
mod access;
mod claims;
mod conforms;
mod landmarks;
mod navigation;
mod package;
mod page_list;

use super::file::File;
use crate::diagnostic::Sink;
use crate::inspect::epub::EpubFacts;
use crate::inspect::html::HtmlFacts;
use index::Index;

/// One page of text: an e-book has several, a web page is one.
struct Page<'a> {
    /// Its place in the book, with a colon; empty for a web page.
    place: String,
    facts: &'a HtmlFacts,
}

/// What the rules for both see.
struct Flow<'a> {
    file: &'a File<'a>,
    pages: Vec<Page<'a>>,
    /// Style sheets of their own: path and text.
    sheets: Vec<(&'a str, &'a str)>,
    book: Option<&'a EpubFacts>,
    index: &'a Index<'a>,
}

/// What the rules for e-books see.
struct Book<'a> {
    file: &'a File<'a>,
    facts: &'a EpubFacts,
    index: &'a Index<'a>,
}

type Rule = fn(&Flow<'_>, &mut Sink);
type BookRule = fn(&Book<'_>, &mut Sink);

const BOTH: &[Rule] = &[
    words::check,
    headings::check,
    images::check,
    tables::check,
    ids::check,
    active::check,
    style::check,
    landmarks::check_page,
    navigation::check_page,
];

const BOOK: &[BookRule] = &[
    package::check,
    navigation::check,
    page_list::check,
    landmarks::check,
    access::check,
    claims::check,
    conforms::check,
];

/// Judges an e-book.
pub(super) fn judge_book(file: &File<'_>, facts: &EpubFacts, sink: &mut Sink) {
    let page = |page: &'_ crate::inspect::epub::SpinePage| page.path.rsplit('/').next().unwrap_or("").to_string();
    let pages = facts.spine.iter().map(|each| Page { place: format!("{}: ", page(each)), facts: &each.facts });
    let sheets = facts.styles.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let index = Index::of_book(facts);
    let flow = Flow { file, pages: pages.collect(), sheets, book: Some(facts), index: &index };
    BOTH.iter().for_each(|rule| rule(&flow, sink));
    let book = Book { file, facts, index: &index };
    BOOK.iter().for_each(|rule| rule(&book, sink));
}

/// Judges a web page.
pub(super) fn judge_page(file: &File<'_>, facts: &HtmlFacts, sink: &mut Sink) {
    let index = Index::of_page(facts);
    let pages = vec![Page { place: String::new(), facts }];
    let flow = Flow { file, pages, sheets: Vec::new(), book: None, index: &index };
    BOTH.iter().for_each(|rule| rule(&flow, sink));
}
