//! How a reader on paper comes to what the page's links lead to.
//!
//! Where the page has an address of its own, one code and that address lead to the page, and so to all its links: they
//! have no numbers. Where it has none, each link has its number, and a list gives the addresses; where that list finds no
//! room, the words stand alone, and a warning says so.

use std::collections::BTreeMap;

use super::blocks::each_text;
use crate::document::{Document, Inline, Inlines};
use crate::edition::data::coded;

/// The page with the links that the leaflet lists.
pub(super) fn listed(document: &Document) -> Document {
    with(document, !coded(&document.meta))
}

/// The page with links that are words alone.
pub(super) fn bare(document: &Document) -> Document {
    with(document, false)
}

fn with(document: &Document, list: bool) -> Document {
    let mut document = document.clone();
    let mut new = BTreeMap::new();
    if list {
        // a film has its address and a code where it stands, and no number there
        each_number(&mut document, &mut |number| {
            let next = new.len() + 1;
            new.extend(number.filter(|number| !new.contains_key(number)).map(|number| (number, next)));
        });
    }
    each_number(&mut document, &mut |number| *number = number.and_then(|number| new.get(&number).copied()));
    document.links.retain_mut(|link| {
        let number = new.get(&link.number).copied();
        link.number = number.unwrap_or(link.number);
        number.is_some()
    });
    document.links.sort_by_key(|link| link.number);
    document
}

/// Visits the number of every link in the page's running text and in its notes.
fn each_number(document: &mut Document, see: &mut impl FnMut(&mut Option<usize>)) {
    let Document { blocks, notes, .. } = document;
    for blocks in std::iter::once(blocks).chain(notes.iter_mut().map(|note| &mut note.blocks)) {
        each_text(blocks, &mut |text| numbers(text, see));
    }
}

fn numbers(text: &mut Inlines, see: &mut impl FnMut(&mut Option<usize>)) {
    for inline in text {
        match inline {
            Inline::Link { number, c, .. } => {
                see(number);
                numbers(c, see);
            }
            Inline::Emphasis { c } | Inline::Strong { c } | Inline::Reference { c, .. } => numbers(c, see),
            _ => {}
        }
    }
}
