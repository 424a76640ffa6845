//! What a print shop takes: pages for themselves in order, or a flat of panels; each with its bleed and its marks.
//!
//! The sheet is as large as the pages with what stands around them. A print shop makes up its own sheets.

use super::{Cell, Frame, Leaf, Options, Plan, Side, flat, same_size};
use crate::impose::refusal::Refusal;
use crate::paper::{Flip, Size};

/// Pages for themselves; so many blank ones stand before the last, which stays outside.
pub fn singles(pages: &[Size], blanks: usize, options: &Options) -> Result<Plan, Refusal> {
    let Some(first) = pages.first().copied() else { return Err(Refusal::Empty) };
    same_size(pages, first)?;
    let last = pages.len() - 1;
    let numbers = (0..last).map(Some).chain(std::iter::repeat_n(None, blanks)).chain([Some(last)]);
    let room = options.room();
    let trim = Frame { x: room, y: room, width: first.width, height: first.height };
    let side = |page| {
        let cell = Cell { page, trim, shown: trim.grown(options.bleed), turn: 0, creep: 0.0 };
        Side { cells: vec![cell], folds: Vec::new() }
    };
    let sides: Vec<Side> = numbers.map(side).collect();
    // two pages are a leaf; a last one may stand alone
    let leaf = |pair: &[Side]| {
        let mut sides = pair.iter().cloned();
        Leaf { signature: 0, front: sides.next().unwrap_or_default(), back: sides.next().unwrap_or_default() }
    };
    Ok(Plan {
        sheet: around(Size::new(first.width, first.height), options),
        flip: Flip::Long,
        sheets: sides.chunks(2).map(leaf).collect(),
        blanks,
        signatures: 0,
        bleed: options.bleed,
    })
}

/// Six panels as the outside and the inside of a flat (standard 57).
pub fn open_flat(pages: &[Size], options: &Options) -> Result<Plan, Refusal> {
    let mut plan = flat::plan_on(pages, options, |block| Ok(around(block, options)))?;
    // nobody turns it: the two sides are pages of a file
    plan.flip = Flip::upright(plan.sheet);
    Ok(plan)
}

fn around(block: Size, options: &Options) -> Size {
    let room = 2.0 * options.room();
    Size::new(block.width + room, block.height + room)
}
