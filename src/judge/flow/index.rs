//! Which parts a book or a web page has, by name: looked up often, so found quickly.

use std::collections::HashMap;

use crate::inspect::epub::EpubFacts;
use crate::inspect::html::HtmlFacts;

/// The names of all parts. Looked up by name only, never walked.
pub(super) struct Index<'a> {
    /// Each page of text by its path: its place in the order, and the places of its names.
    pages: HashMap<&'a str, (usize, HashMap<&'a str, usize>)>,
    /// Every other file.
    files: HashMap<&'a str, ()>,
}

impl<'a> Index<'a> {
    pub fn of_book(book: &'a EpubFacts) -> Self {
        let mut index = Self { pages: HashMap::new(), files: HashMap::new() };
        for (at, page) in book.spine.iter().enumerate() {
            index.pages.entry(&page.path).or_insert_with(|| (at, names(&page.facts.ids)));
        }
        // The contents may stand outside the order of reading.
        let (path, ids) = &book.navigation;
        index.pages.entry(path).or_insert_with(|| (usize::MAX, names(ids)));
        index.files.extend(book.files.iter().map(|file| (file.path.as_str(), ())));
        index
    }

    pub fn of_page(facts: &'a HtmlFacts) -> Self {
        Self { pages: HashMap::from([("", (0, names(&facts.ids)))]), files: HashMap::new() }
    }

    /// Where a path with or without `#name` stands: the page's place in the order, and the name's among its names.
    pub fn place(&self, target: &str) -> Option<(usize, usize)> {
        let (path, id) = parts(target);
        let (page, names) = self.pages.get(path)?;
        let Some(id) = id else { return Some((*page, 0)) };
        let decoded = percent_encoding::percent_decode_str(id).decode_utf8_lossy();
        names.get(id).or_else(|| names.get(decoded.as_ref())).map(|at| (*page, *at))
    }

    /// Whether there is such a file, and such a part of it.
    pub fn has(&self, target: &str) -> bool {
        let (path, id) = parts(target);
        self.place(target).is_some() || (id.is_none() && self.files.contains_key(path))
    }
}

/// A path, and the name after its `#`.
pub(super) fn parts(target: &str) -> (&str, Option<&str>) {
    target.split_once('#').map_or((target, None), |(path, id)| (path, Some(id)))
}

fn names(ids: &[String]) -> HashMap<&str, usize> {
    let mut names = HashMap::new();
    for (at, id) in ids.iter().enumerate() {
        names.entry(id.as_str()).or_insert(at);
    }
    names
}
