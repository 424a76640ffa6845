//! Reads the lines out of a page, and cuts a page into several.
//!
//! A layout may set all its text on one tall page, a strip. Its bands (what stands between two rows of white) are
//! measured here, and whoever knows the rules for breaks gets the strip cut where they say. A line is never set anew,
//! so nothing can change by being cut, and a paragraph that goes on stays one element of the tag tree.

use ecow::EcoVec;
use typst::foundations::Label;
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, FrameKind, GroupItem, Point, Size, Transform};
use typst::model::{Document, HeadingElem};
use typst_layout::{Page, PagedDocument};

/// What stands between two rows of white: a line, a picture, a box with all that is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its upper edge on the page, in points; that of the line box, for a line.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
    /// The right edge of its text.
    pub right: f64,
    /// The block that it belongs to, by the last label in it.
    pub block: Option<usize>,
    /// How many marks called `part` stand before it.
    pub part: usize,
    /// Whether it is a heading.
    pub heading: bool,
    /// Its words, as painted.
    pub words: String,
}

/// Where a band goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Which of the new pages, from 0; never less than the place before.
    pub page: usize,
    /// Its upper edge there, in points.
    pub top: f64,
}

/// A page to be cut out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    /// Its width in points.
    pub width: f64,
    /// Its height in points.
    pub height: f64,
    /// How far its content moves to the right, in points.
    pub shift: f64,
}

/// What a page holds, in order.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// Something that is seen, in that band.
    Ink(usize),
    /// A link's area, by its middle.
    Link(f64),
    Start,
    End,
}

/// How near two bands may come, in points: more is one band.
const TOUCH: f64 = 0.2;
/// The line box of the layouts: above and below the baseline, in em.
const ABOVE: f64 = 0.75;
const BELOW: f64 = 0.25;

/// The bands of a page, from top to bottom.
pub(super) fn bands(page: &Page) -> Vec<Band> {
    Reader::read(page).bands
}

/// The document with one page cut into several; `places` has one place for each band of that page.
pub(super) fn cut(document: &PagedDocument, index: usize, places: &[Place], sheets: &[Sheet]) -> PagedDocument {
    let mut pages = EcoVec::new();
    for (number, page) in document.pages().iter().enumerate() {
        if number == index { pages.extend(pieces(page, places, sheets)) } else { pages.push(page.clone()) }
    }
    for (number, page) in pages.make_mut().iter_mut().enumerate() {
        page.number = number as u64 + 1;
    }
    PagedDocument::new(pages, document.info().clone())
}

#[derive(Default)]
struct Reader {
    bands: Vec<Band>,
    events: Vec<Event>,
    block: Option<usize>,
    part: usize,
    /// The heading that we are in.
    heading: Option<Location>,
}

impl Reader {
    fn read(page: &Page) -> Self {
        let mut reader = Self::default();
        reader.frame(&page.frame, Point::zero());
        reader
    }

    fn frame(&mut self, frame: &Frame, at: Point) {
        for (point, item) in frame.items() {
            let here = at + *point;
            match item {
                FrameItem::Group(group) => {
                    self.label(group.label);
                    match moved(group) {
                        Some(by) => self.frame(&group.frame, here + by),
                        None => {
                            let (top, bottom) = extent(group, here);
                            self.ink(top, bottom, None);
                        }
                    }
                }
                FrameItem::Text(text) => {
                    let (y, size) = (here.y.to_pt(), text.size.to_pt());
                    let right = (here.x + text.width()).to_pt();
                    self.ink(y - ABOVE * size, y + BELOW * size, Some((right, text.text.as_str())));
                }
                FrameItem::Shape(shape, _) => {
                    let area = shape.bbox(false);
                    self.ink((here.y + area.min.y).to_pt(), (here.y + area.max.y).to_pt(), None);
                }
                FrameItem::Image(_, size, _) => self.ink(here.y.to_pt(), (here.y + size.y).to_pt(), None),
                FrameItem::Link(_, size) => self.events.push(Event::Link((here.y + size.y / 2.0).to_pt())),
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if self.heading.is_none() && element.is::<HeadingElem>() {
                        self.heading = element.location();
                    }
                    self.label(element.label());
                    self.events.push(Event::Start);
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    if self.heading == Some(*location) {
                        self.heading = None;
                    }
                    self.events.push(Event::End);
                }
            }
        }
    }

    fn label(&mut self, label: Option<Label>) {
        let Some(label) = label else { return };
        let name = label.resolve();
        match name.as_str() {
            "part" => self.part += 1,
            "body-end" | "rest" => self.block = None,
            name => self.block = name.strip_prefix('b').and_then(|id| id.parse().ok()).or(self.block),
        }
    }

    fn ink(&mut self, top: f64, bottom: f64, text: Option<(f64, &str)>) {
        // what begins above the end of what came before belongs to the same band, and so does all between
        while let [.., before, last] = self.bands.as_mut_slice()
            && top < before.bottom - TOUCH
        {
            before.take(last);
            self.bands.pop();
        }
        let gone = self.bands.len();
        for event in &mut self.events {
            if let Event::Ink(band) = event
                && *band >= gone
            {
                *band = gone.saturating_sub(1);
            }
        }
        let index = match self.bands.last() {
            Some(last) if top < last.bottom - TOUCH => gone - 1,
            _ => {
                let heading = self.heading.is_some();
                let (block, part) = (self.block, self.part);
                self.bands.push(Band { top, bottom, right: 0.0, block, part, heading, words: String::new() });
                gone
            }
        };
        if let Some(band) = self.bands.get_mut(index) {
            band.top = band.top.min(top);
            band.bottom = band.bottom.max(bottom);
            band.block = self.block;
            if let Some((right, words)) = text {
                band.right = band.right.max(right);
                if !band.words.is_empty() && !band.words.ends_with(' ') && !words.starts_with(' ') {
                    // runs of one word may touch; a space too many only counts a word twice
                    band.words.push(' ');
                }
                band.words.push_str(words);
            }
        }
        self.events.push(Event::Ink(index));
    }
}

impl Band {
    fn take(&mut self, other: &Band) {
        self.top = self.top.min(other.top);
        self.bottom = self.bottom.max(other.bottom);
        self.right = self.right.max(other.right);
        self.block = other.block;
        self.words.push(' ');
        self.words.push_str(&other.words);
    }
}

/// How a group moves what is in it; none where it also turns, scales or clips, so that it is one thing.
fn moved(group: &GroupItem) -> Option<Point> {
    let Transform { sx, ky, kx, sy, tx, ty } = group.transform;
    let plain = sx.get() == 1.0 && sy.get() == 1.0 && kx.get() == 0.0 && ky.get() == 0.0;
    (plain && group.clip.is_none()).then_some(Point::new(tx, ty))
}

fn extent(group: &GroupItem, at: Point) -> (f64, f64) {
    let Size { x, y } = group.frame.size();
    let corners = [Point::zero(), Point::new(x, Abs::zero()), Point::new(Abs::zero(), y), Point::new(x, y)];
    let ys = corners.map(|corner| (at.y + corner.transform(group.transform).y).to_pt());
    ys.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(*y), high.max(*y)))
}

/// Where an event goes: the page, and how far down.
type Move = (usize, f64);

fn pieces(page: &Page, places: &[Place], sheets: &[Sheet]) -> Vec<Page> {
    let reader = Reader::read(page);
    let moves = moves(&reader, places);
    let mut frames: Vec<Frame> = sheets
        .iter()
        .map(|sheet| Frame::new(Size::new(Abs::pt(sheet.width), Abs::pt(sheet.height)), FrameKind::Hard))
        .collect();
    let shifts: Vec<Abs> = sheets.iter().map(|sheet| Abs::pt(sheet.shift)).collect();
    let mut rest = moves.as_slice();
    let mut last = (0, 0.0);
    split(&page.frame, &mut rest, &mut last, &shifts, &mut frames);
    frames.into_iter().map(|frame| Page { frame, ..page.clone() }).collect()
}

/// Each event's move. A start goes with what follows, an end with what came before, and the order stays.
fn moves(reader: &Reader, places: &[Place]) -> Vec<Move> {
    let bands = &reader.bands;
    let of = |band: usize| {
        let (place, band) = places.get(band).zip(bands.get(band))?;
        Some((place.page, place.top - band.top))
    };
    let seen: Vec<Option<Move>> = reader
        .events
        .iter()
        .map(|event| match event {
            Event::Ink(band) => of(*band),
            Event::Link(y) => {
                let after = bands.partition_point(|band| band.top <= *y);
                of(after.saturating_sub(1))
            }
            Event::Start | Event::End => None,
        })
        .collect();
    let mut out: Vec<Move> = Vec::with_capacity(seen.len());
    let mut current: Move = seen.iter().flatten().next().copied().unwrap_or((0, 0.0));
    let mut at = 0;
    while at < seen.len() {
        let next = seen.iter().skip(at).position(Option::is_some).map_or(seen.len(), |n| at + n);
        let coming = seen.get(next).copied().flatten().filter(|m| m.0 >= current.0).unwrap_or(current);
        let mut onward = false;
        for event in reader.events.get(at..next).unwrap_or(&[]) {
            onward |= matches!(event, Event::Start);
            out.push(if onward { coming } else { current });
        }
        if next < seen.len() {
            out.push(coming);
            current = coming;
        }
        at = next + 1;
    }
    out
}

fn count(frame: &Frame) -> usize {
    let one = |item: &FrameItem| match item {
        FrameItem::Group(group) if moved(group).is_some() => count(&group.frame),
        _ => 1,
    };
    frame.items().map(|(_, item)| one(item)).sum()
}

/// Deals a frame's items out to the frames of the new pages.
fn split(frame: &Frame, rest: &mut &[Move], last: &mut Move, shifts: &[Abs], out: &mut [Frame]) {
    let mut push = |(page, down): Move, point: Point, item: FrameItem| {
        if let (Some(frame), Some(shift)) = (out.get_mut(page), shifts.get(page)) {
            frame.push(Point::new(point.x + *shift, point.y + Abs::pt(down)), item);
        }
    };
    for (point, item) in frame.items() {
        let inner = match item {
            FrameItem::Group(group) if moved(group).is_some() => Some(group),
            _ => None,
        };
        let events = inner.map_or(1, |group| count(&group.frame));
        let (own, after) = rest.split_at(events.min(rest.len()));
        let whole = own.first().is_none_or(|first| own.iter().all(|m| m == first));
        match inner {
            Some(group) if !whole => {
                let mut parts: Vec<Frame> =
                    shifts.iter().map(|_| Frame::new(group.frame.size(), group.frame.kind())).collect();
                split(&group.frame, rest, last, &vec![Abs::zero(); shifts.len()], &mut parts);
                for (page, part) in parts.into_iter().enumerate().filter(|(_, part)| !part.is_empty()) {
                    push((page, 0.0), *point, FrameItem::Group(GroupItem { frame: part, ..group.clone() }));
                }
            }
            _ => {
                *last = own.first().copied().unwrap_or(*last);
                push(*last, *point, item.clone());
                *rest = after;
            }
        }
    }
}
