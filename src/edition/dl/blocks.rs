//! What the rules for breaks must know of a block.

use std::collections::BTreeMap;

use crate::document::{Block, Document, Inlines, Kind};
use crate::source::Span;

/// A block, as far as breaks are concerned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct About {
    /// Where it stands in the source.
    pub(super) span: Span,
    /// The outermost block around it (or itself) that must stay on one panel.
    pub(super) whole: Option<usize>,
    /// Whether it introduces what follows.
    pub(super) intro: bool,
    /// The outermost list that it belongs to or introduces, and whether that is short.
    pub(super) list: Option<(usize, bool)>,
    /// Whether it is a table.
    pub(super) table: bool,
}

/// Every block of a page and of its notes, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Blocks {
    all: BTreeMap<usize, About>,
    /// The body's outermost blocks, in order.
    outer: Vec<Span>,
}

/// A list of so few items stays with its introduction where that costs little.
const SHORT: usize = 4;

impl Blocks {
    pub(super) fn of(document: &Document) -> Self {
        let mut blocks = Self { all: BTreeMap::new(), outer: document.blocks.iter().map(|block| block.span).collect() };
        blocks.add(&document.blocks, None, None);
        document.notes.iter().for_each(|note| blocks.add(&note.blocks, None, None));
        blocks
    }

    pub(super) fn get(&self, id: Option<usize>) -> Option<&About> {
        self.all.get(&id?)
    }

    /// The last block of the body.
    pub(super) fn last(&self) -> Option<Span> {
        self.outer.last().copied()
    }

    fn add(&mut self, blocks: &[Block], whole: Option<usize>, list: Option<(usize, bool)>) {
        for (n, block) in blocks.iter().enumerate() {
            let rigid = matches!(
                block.kind,
                Kind::Callout { .. }
                    | Kind::Quote { .. }
                    | Kind::Figure { .. }
                    | Kind::FillIn { .. }
                    | Kind::Video { .. }
            );
            let whole = whole.or((rigid || block.keep).then_some(block.id));
            let intro = matches!(block.kind, Kind::Paragraph { intro: true, .. });
            let next = blocks.get(n + 1).filter(|_| intro).and_then(list_of);
            let list = list.or_else(|| list_of(block)).or(next);
            let table = matches!(block.kind, Kind::Table { .. });
            self.all.insert(block.id, About { span: block.span, whole, intro, list, table });
            match &block.kind {
                Kind::Callout { blocks, .. } | Kind::Quote { blocks, .. } => self.add(blocks, whole, list),
                Kind::List { items, .. } => items.iter().for_each(|item| self.add(&item.blocks, whole, list)),
                Kind::Definitions { items } => {
                    items.iter().flat_map(|item| &item.meanings).for_each(|meaning| self.add(meaning, whole, list));
                }
                _ => {}
            }
        }
    }
}

fn list_of(block: &Block) -> Option<(usize, bool)> {
    match &block.kind {
        Kind::List { items, .. } => {
            let nested = |item: &crate::document::Item| item.blocks.iter().any(|b| list_of(b).is_some());
            Some((block.id, items.len() <= SHORT && !items.iter().any(nested)))
        }
        _ => None,
    }
}

/// Visits every paragraph in the page's own language: its number and its text. Headings, tables and captions are none.
pub(super) fn each_paragraph<'a>(blocks: &'a [Block], see: &mut impl FnMut(usize, &'a Inlines)) {
    for block in blocks.iter().filter(|block| block.language.is_none()) {
        match &block.kind {
            Kind::Paragraph { text, .. } => see(block.id, text),
            Kind::List { items, .. } => items.iter().for_each(|item| each_paragraph(&item.blocks, see)),
            Kind::Callout { blocks, .. } | Kind::Quote { blocks, .. } => each_paragraph(blocks, see),
            Kind::Definitions { items } => {
                items.iter().flat_map(|item| &item.meanings).for_each(|meaning| each_paragraph(meaning, see));
            }
            _ => {}
        }
    }
}

/// The same, to change them.
pub(super) fn each_paragraph_mut(blocks: &mut [Block], see: &mut impl FnMut(usize, &mut Inlines)) {
    for block in blocks.iter_mut().filter(|block| block.language.is_none()) {
        match &mut block.kind {
            Kind::Paragraph { text, .. } => see(block.id, text),
            Kind::List { items, .. } => items.iter_mut().for_each(|item| each_paragraph_mut(&mut item.blocks, see)),
            Kind::Callout { blocks, .. } | Kind::Quote { blocks, .. } => each_paragraph_mut(blocks, see),
            Kind::Definitions { items } => {
                items.iter_mut().flat_map(|item| &mut item.meanings).for_each(|m| each_paragraph_mut(m, see));
            }
            _ => {}
        }
    }
}

/// Visits every running text of some blocks.
pub(super) fn each_text(blocks: &mut [Block], see: &mut impl FnMut(&mut Inlines)) {
    for block in blocks {
        match &mut block.kind {
            Kind::Heading { text, .. } | Kind::Paragraph { text, .. } | Kind::FillIn { label: text, .. } => see(text),
            Kind::List { items, .. } => items.iter_mut().for_each(|item| each_text(&mut item.blocks, see)),
            Kind::Callout { title, blocks, .. } => {
                see(title);
                each_text(blocks, see);
            }
            Kind::Quote { blocks, .. } => each_text(blocks, see),
            Kind::Table { caption, header, rows, .. } => {
                caption.iter_mut().for_each(&mut *see);
                header.iter_mut().for_each(&mut *see);
                rows.iter_mut().flatten().for_each(&mut *see);
            }
            Kind::Figure { caption, .. } => caption.iter_mut().for_each(&mut *see),
            Kind::Definitions { items } => {
                for item in items {
                    see(&mut item.term);
                    item.meanings.iter_mut().for_each(|meaning| each_text(meaning, see));
                }
            }
            Kind::Video { .. } | Kind::Rule => {}
        }
    }
}
