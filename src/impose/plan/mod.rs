//! Where every page goes: page sizes and options in, sheets out. There is no PDF in here.
//!
//! All measures are in millimetres, from the left and the foot of the sheet as it is looked at. A back is planned as
//! seen when the sheet is turned like the leaf of a book, and then turned by half where the printer turns it over the
//! head.

mod flat;
mod gang;
mod press;
mod saddle;
#[cfg(test)]
mod tests;

pub use press::{open_flat, singles};

use super::refusal::Refusal;
use super::scheme::Scheme;
use crate::paper::{Binding, Blanks, Flip, SLACK, Sheet, Size, Stock};

/// What is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How to fold and cut.
    pub scheme: Scheme,
    /// The paper.
    pub sheet: Sheet,
    /// The edge at which the printer turns the paper; none: the one that leaves the back upright.
    pub flip: Option<Flip>,
    /// The side on which it is bound.
    pub binding: Binding,
    /// How thick the paper is.
    pub stock: Stock,
    /// How far the pages' pictures reach over the trim, in millimetres.
    pub bleed: f64,
    /// Whether marks stand around the pages.
    pub marks: bool,
    /// Whether bars of colour stand among the marks.
    pub bars: bool,
    /// The most pages in one fold; more are parted into signatures.
    pub signature: usize,
    /// Where blank pages go.
    pub blanks: Blanks,
}

/// The most pages that one staple holds and one fold bears: 16 sheets of office paper.
pub const SIGNATURE: usize = 64;

/// The room that marks need beyond the bleed.
pub const MARK_ROOM: f64 = 4.0;

impl Options {
    /// The usual way for a scheme: no bleed, no marks, bound on the left, office paper.
    pub fn new(scheme: Scheme, sheet: Sheet) -> Self {
        Self {
            scheme,
            sheet,
            flip: None,
            binding: Binding::Left,
            stock: Stock::USUAL,
            bleed: 0.0,
            marks: false,
            bars: true,
            signature: SIGNATURE,
            blanks: Blanks::End,
        }
    }

    /// What bleed and marks take at each side of the pages.
    fn room(&self) -> f64 {
        self.bleed + if self.marks { MARK_ROOM } else { 0.0 }
    }
}

/// Every page in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The sheet, as it lies for its front.
    pub sheet: Size,
    /// The edge at which the printer turns it.
    pub flip: Flip,
    /// The sheets, in the order of printing.
    pub sheets: Vec<Leaf>,
    /// How many blank pages were added.
    pub blanks: usize,
    /// How many folded parts there are, each stapled or sewn for itself; 0: nothing is nested.
    pub signatures: usize,
    /// How far the pages' pictures reach over the trim.
    pub bleed: f64,
}

/// One sheet of paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// The folded part that it belongs to, from 0.
    pub signature: usize,
    /// The side printed first.
    pub front: Side,
    /// The other.
    pub back: Side,
}

/// One side of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Side {
    /// The places of pages.
    pub cells: Vec<Cell>,
    /// Where the paper is folded.
    pub folds: Vec<Fold>,
}

/// An upright fold, between two heights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fold {
    /// From the left.
    pub x: f64,
    /// Its foot.
    pub low: f64,
    /// Its head.
    pub high: f64,
}

/// The place of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The page, from 0; none: blank.
    pub page: Option<usize>,
    /// The page's trim on the sheet, creep included.
    pub trim: Frame,
    /// What of the page is shown: the trim and its bleed, but nothing beyond a fold.
    pub shown: Frame,
    /// How far the page is turned, in degrees against the clock.
    pub turn: u16,
    /// How far it has moved towards the spine.
    pub creep: f64,
}

/// A rectangle on the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Its left edge.
    pub x: f64,
    /// Its foot.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Frame {
    /// A rectangle from its left, foot, right and head.
    pub fn between(left: f64, low: f64, right: f64, high: f64) -> Self {
        Self { x: left, y: low, width: right - left, height: high - low }
    }

    /// The same, grown on every side.
    pub fn grown(self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    /// Its right edge.
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// Its head.
    pub fn top(self) -> f64 {
        self.y + self.height
    }

    fn half_turned(self, sheet: Size) -> Self {
        Self { x: sheet.width - self.right(), y: sheet.height - self.top(), ..self }
    }
}

/// Puts pages of these sizes on sheets.
pub fn plan(pages: &[Size], options: &Options) -> Result<Plan, Refusal> {
    let Some(first) = pages.first() else { return Err(Refusal::Empty) };
    if options.scheme != Scheme::Trifold {
        same_size(pages, *first)?;
    }
    let mut plan = match options.scheme {
        Scheme::Saddle => saddle::plan(pages.len(), *first, options)?,
        Scheme::Trifold => flat::plan(pages, options)?,
        Scheme::Duplex => gang::plan(pages.len(), *first, gang::Grid::fixed(1, 1), options)?,
        Scheme::TwoUp => gang::plan(pages.len(), *first, gang::Grid::two(*first), options)?,
        Scheme::FourUp => gang::plan(pages.len(), *first, gang::Grid::fixed(2, 2), options)?,
        Scheme::Repeat => gang::plan(pages.len(), *first, gang::Grid::most(*first, options), options)?,
    };
    if plan.flip != Flip::upright(plan.sheet) {
        let sheet = plan.sheet;
        for leaf in &mut plan.sheets {
            leaf.back.half_turn(sheet);
        }
    }
    Ok(plan)
}

fn same_size(pages: &[Size], wanted: Size) -> Result<(), Refusal> {
    match pages.iter().position(|page| !page.is(wanted)) {
        Some(index) => Err(Refusal::Sizes { page: index + 1, found: pages[index], wanted }),
        None => Ok(()),
    }
}

/// The sheet, laid so that a block of pages fits with its room around it.
fn lay(block: Size, options: &Options) -> Result<Size, Refusal> {
    let room = 2.0 * options.room();
    let needed = Size::new(block.width + room, block.height + room);
    let sheet = options.sheet.size();
    let sheet = if block.is_wide() { sheet.turned() } else { sheet };
    let fits = |sheet: Size| needed.width <= sheet.width + SLACK && needed.height <= sheet.height + SLACK;
    [sheet, sheet.turned()].into_iter().find(|sheet| fits(*sheet)).ok_or(Refusal::Paper {
        sheet,
        needed,
        marked: room > 0.0,
    })
}

impl Side {
    /// Turns the side by half, as a sheet that is turned over the head has its back.
    fn half_turn(&mut self, sheet: Size) {
        for cell in &mut self.cells {
            cell.trim = cell.trim.half_turned(sheet);
            cell.shown = cell.shown.half_turned(sheet);
            cell.turn = (cell.turn + 180) % 360;
        }
        for fold in &mut self.folds {
            *fold = Fold { x: sheet.width - fold.x, low: sheet.height - fold.high, high: sheet.height - fold.low };
        }
    }

    /// The smallest rectangle around the places of pages.
    pub fn block(&self) -> Option<Frame> {
        let mut cells = self.cells.iter().map(|cell| cell.trim);
        let first = cells.next()?;
        Some(cells.fold(first, |all, cell| {
            Frame::between(
                all.x.min(cell.x),
                all.y.min(cell.y),
                all.right().max(cell.right()),
                all.top().max(cell.top()),
            )
        }))
    }
}

impl Plan {
    /// The sides in the order of printing.
    pub fn sides(&self) -> impl Iterator<Item = &Side> {
        self.sheets.iter().flat_map(|leaf| [&leaf.front, &leaf.back])
    }
}
