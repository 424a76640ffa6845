//! Paints words that run from right to left in the order in which they are read.
//!
//! typst 0.15 paints the letters of such words as the eye meets them, from left to right, and says so in the file
//! (`ReversedChars`, ISO 32000-1, 14.8.2.3.3). Few programs that read aloud or copy text know that sign; they give the
//! words backwards. The letters stay where they are; only the order in which they are written changes. This can go
//! when typst does so itself.

use ecow::EcoVec;
use typst::layout::{Abs, Em, Frame, FrameItem, Point};
use typst::model::Document;
use typst::text::TextItem;
use typst_layout::{Page, PagedDocument};

/// Baselines nearer than this, in pt, are one line.
const SAME_LINE: f64 = 0.5;

/// The document with such words in reading order; the same, where there are none.
pub(super) fn ordered(document: &PagedDocument) -> Option<PagedDocument> {
    if !document.pages().iter().any(|page| any(&page.frame)) {
        return None;
    }
    let pages: EcoVec<Page> = document
        .pages()
        .iter()
        .map(|page| {
            let mut page = page.clone();
            if any(&page.frame) {
                order(&mut page.frame);
            }
            page
        })
        .collect();
    Some(PagedDocument::new(pages, document.info().clone()))
}

fn any(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => any(&group.frame),
        FrameItem::Text(text) => leftward(text),
        _ => false,
    })
}

/// Whether the first letter on the page is the last to be read.
fn leftward(text: &TextItem) -> bool {
    text.glyphs.first().zip(text.glyphs.last()).is_some_and(|(first, last)| first.range.start > last.range.start)
}

fn order(frame: &mut Frame) {
    let mut items: Vec<(Point, FrameItem)> = frame.items().cloned().collect();
    // words that stand side by side, with figures and signs between them, change places in the file
    let mut start = 0;
    while start < items.len() {
        let rest = items.get(start..).unwrap_or(&[]);
        // a line ends the run: what stands below is read after it
        let line = rest.first().map_or(Abs::zero(), |(point, _)| point.y);
        let joined = |(point, item): &&(Point, FrameItem)| {
            matches!(item, FrameItem::Text(text) if joins(text)) && (point.y - line).abs() < Abs::pt(SAME_LINE)
        };
        let run = rest.iter().take_while(joined).count();
        let last = rest.iter().take(run).rposition(|(_, item)| is_leftward(item));
        let first = rest.iter().take(run).position(|(_, item)| is_leftward(item));
        if let (Some(first), Some(last)) = (first, last)
            && let Some(words) = items.get_mut(start + first..=start + last)
        {
            words.reverse();
        }
        start += run.max(1);
    }
    for (_, item) in &mut items {
        match item {
            FrameItem::Group(group) if any(&group.frame) => order(&mut group.frame),
            FrameItem::Text(text) if leftward(text) => turn(text),
            _ => {}
        }
    }
    frame.clear();
    frame.push_multiple(items);
}

fn is_leftward(item: &FrameItem) -> bool {
    matches!(item, FrameItem::Text(text) if leftward(text) || text.text.chars().any(is_leftward_letter))
}

/// Whether a text may stand among words that run from right to left: one of them, or figures and signs.
fn joins(text: &TextItem) -> bool {
    text.text.chars().all(|c| !c.is_alphabetic() || is_leftward_letter(c))
}

/// Hebrew, Arabic and the scripts between and after them, up to the last that runs so in the basic plane.
fn is_leftward_letter(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Writes the glyphs from the last to the first, each at its place.
fn turn(text: &mut TextItem) {
    let mut place = Em::zero();
    for glyph in &mut text.glyphs {
        glyph.x_offset += place;
        place += glyph.x_advance;
    }
    text.glyphs.reverse();
    let mut pen = Em::zero();
    for glyph in &mut text.glyphs {
        glyph.x_offset -= pen;
        pen += glyph.x_advance;
    }
}
