//! Finds words that a layout let run off the page; typst itself says nothing of them.

use typst::foundations::Label;
use typst::introspection::Tag;
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

/// Words outside the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The page, from 1.
    pub page: usize,
    /// The number of the block that the words belong to, if its label says so.
    pub block: Option<usize>,
    /// The words.
    pub words: String,
}

/// How far out counts, in points: less is rounding.
const SLACK: f64 = 0.5;

pub(super) fn find(document: &PagedDocument) -> Vec<Outside> {
    let mut found = Vec::new();
    let mut block = None;
    for (index, page) in document.pages().iter().enumerate() {
        let mut walk =
            Walk { page: index + 1, width: page.frame.width(), height: page.frame.height(), block, found: &mut found };
        walk.frame(&page.frame, Transform::identity());
        block = walk.block;
    }
    found
}

struct Walk<'a> {
    page: usize,
    width: Abs,
    height: Abs,
    block: Option<usize>,
    found: &'a mut Vec<Outside>,
}

impl Walk<'_> {
    fn frame(&mut self, frame: &Frame, outer: Transform) {
        for (point, item) in frame.items() {
            let here = outer.pre_concat(Transform::translate(point.x, point.y));
            match item {
                FrameItem::Group(group) => {
                    self.label(group.label);
                    self.frame(&group.frame, here.pre_concat(group.transform));
                }
                FrameItem::Tag(Tag::Start(element, _)) => self.label(element.label()),
                FrameItem::Text(text) => {
                    let (start, end) =
                        (Point::zero().transform(here), Point::new(text.width(), Abs::zero()).transform(here));
                    let beyond = |p: Point| {
                        let slack = Abs::pt(SLACK);
                        p.x < -slack || p.x > self.width + slack || p.y < -slack || p.y > self.height + slack
                    };
                    if (beyond(start) || beyond(end)) && !text.text.trim().is_empty() {
                        self.found.push(Outside { page: self.page, block: self.block, words: text.text.to_string() });
                    }
                }
                _ => {}
            }
        }
    }

    fn label(&mut self, label: Option<Label>) {
        let number = label.and_then(|l| l.resolve().as_str().strip_prefix('b').and_then(|n| n.parse().ok()));
        self.block = number.or(self.block);
    }
}
