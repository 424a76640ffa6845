//! Finds where pages begin: the block that stands first on each, and how much of it came before.

use typst::foundations::{Content, Label, StyleChain};
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::model::TableCell;
use typst::pdf::ArtifactElem;
use typst_layout::PagedDocument;

/// The marks that a layout sets before and behind the body.
const BEGIN: &str = "body-begin";
const END: &str = "body-end";
/// The mark of words that the layout adds inside a block, such as "(link 1)".
const ASIDE: &str = "aside";

/// A gap that parts words, in em.
const GAP: f64 = 0.12;

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The page's number as printed.
    pub label: String,
    /// The block that stands first on it, or goes on from the page before; none: no block of the body.
    pub block: Option<usize>,
    /// How many words of that block stand on earlier pages.
    pub words_before: usize,
}

pub(super) fn find(document: &PagedDocument) -> Vec<Start> {
    let mut walk = Walk::default();
    let page = |(index, page): (usize, &typst_layout::Page)| {
        let label = page.numbering.as_ref().map(|_| page.number.to_string());
        walk.first = None;
        walk.sign = false;
        walk.end = None;
        walk.frame(&page.frame, Transform::identity());
        // A page of lines to write on has no words.
        let (block, words_before) = walk.first.or(walk.block.map(|id| (id, walk.words))).unzip();
        Start {
            label: label.unwrap_or_else(|| (index + 1).to_string()),
            block,
            words_before: words_before.unwrap_or(0),
        }
    };
    document.pages().iter().enumerate().map(page).collect()
}

#[derive(Default)]
struct Walk {
    /// Whether we are between the marks of the body.
    body: bool,
    /// The block that words belong to, and how many of its words we have seen.
    block: Option<usize>,
    words: usize,
    /// What the page begins with.
    first: Option<(usize, usize)>,
    /// Whether all that we saw of the page is the sign of an item, which stands before the item's own mark.
    sign: bool,
    /// Where the last words ended, if a word may go on there.
    end: Option<Point>,
    /// What is being skipped: artifacts and repeated headers.
    skipping: Option<Location>,
}

impl Walk {
    fn frame(&mut self, frame: &Frame, outer: Transform) {
        for (point, item) in frame.items() {
            let here = outer.pre_concat(Transform::translate(point.x, point.y));
            match item {
                FrameItem::Group(group) => {
                    self.label(group.label);
                    if !aside(&group.frame) {
                        self.frame(&group.frame, here.pre_concat(group.transform));
                    }
                }
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if self.skipping.is_none() && unread(element) {
                        self.skipping = element.location();
                    }
                    self.label(element.label());
                }
                FrameItem::Tag(Tag::End(location, ..)) if self.skipping == Some(*location) => self.skipping = None,
                FrameItem::Text(text) if self.skipping.is_none() => {
                    let start = Point::zero().transform(here);
                    let end = Point::new(text.width(), Abs::zero()).transform(here);
                    self.text(&text.text, start, end, text.size);
                }
                FrameItem::Image(..) if self.skipping.is_none() => self.stand(false),
                _ => {}
            }
        }
    }

    fn label(&mut self, label: Option<Label>) {
        let Some(label) = label else { return };
        let name = label.resolve();
        match name.as_str() {
            BEGIN => self.body = true,
            END => {
                self.body = false;
                self.block = None;
            }
            name => {
                let Some(id) = name.strip_prefix('b').and_then(|id| id.parse().ok()) else { return };
                if self.body && self.block != Some(id) {
                    (self.block, self.words, self.end) = (Some(id), 0, None);
                    if self.sign {
                        (self.first, self.sign) = (None, false);
                    }
                }
            }
        }
    }

    /// Something stands here; the page begins with it if it is the first.
    fn stand(&mut self, sign: bool) {
        if let Some(id) = self.block {
            if self.first.is_none() {
                (self.first, self.sign) = (Some((id, self.words)), sign);
            } else if !sign {
                self.sign = false;
            }
        }
    }

    fn text(&mut self, text: &str, start: Point, end: Point, size: Abs) {
        if self.block.is_none() {
            return;
        }
        if !text.trim().is_empty() {
            self.stand(!text.chars().any(char::is_alphabetic));
        }
        let near = |at: Point| (at.y - start.y).abs() < size * GAP && (start.x - at.x).abs() < size * GAP;
        let mut inside = self.end.is_some_and(near);
        for c in text.chars() {
            if c.is_whitespace() {
                inside = false;
            } else if !inside {
                inside = true;
                self.words += 1;
            }
        }
        self.end = inside.then_some(end);
    }
}

/// Whether the layout put this frame's words there, and not the writer.
fn aside(frame: &Frame) -> bool {
    let named = |label: Option<Label>| label.is_some_and(|label| label.resolve().as_str() == ASIDE);
    frame.items().any(|(_, item)| matches!(item, FrameItem::Tag(Tag::Start(element, _)) if named(element.label())))
}

/// Whether an element is left out when the page is read aloud.
fn unread(element: &Content) -> bool {
    element.is::<ArtifactElem>()
        || element.to_packed::<TableCell>().is_some_and(|cell| cell.is_repeated.get(StyleChain::default()))
}
