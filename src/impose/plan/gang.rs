//! Leaves beside each other, to cut and stack: 1, 2, 4 or as many of one as there is room.

use super::{Cell, Frame, Leaf, Options, Plan, Side, lay};
use crate::impose::refusal::Refusal;
use crate::paper::{Binding, Flip, SLACK, Size};

/// How leaves stand on the sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    columns: usize,
    rows: usize,
    /// Whether every place holds the same leaf.
    repeat: bool,
}

impl Grid {
    pub(super) fn fixed(columns: usize, rows: usize) -> Self {
        Self { columns, rows, repeat: false }
    }

    /// Two leaves: upright ones beside each other, wide ones above each other.
    pub(super) fn two(page: Size) -> Self {
        if page.is_wide() { Self::fixed(1, 2) } else { Self::fixed(2, 1) }
    }

    /// As many of one leaf as the sheet has room for.
    pub(super) fn most(page: Size, options: &Options) -> Self {
        let gutter = gutter(options);
        let fit = |length: f64, one: f64| {
            let free = length + SLACK - 2.0 * options.room() + gutter;
            ((free / (one + gutter)).floor().max(1.0)) as usize
        };
        let sheet = options.sheet.size();
        let grid = |sheet: Size| Self {
            columns: fit(sheet.width, page.width),
            rows: fit(sheet.height, page.height),
            repeat: true,
        };
        let (upright, wide) = (grid(sheet), grid(sheet.turned()));
        let fits = |grid: &Self| lay(grid.block(page, gutter), options).is_ok();
        let most = [upright, wide].into_iter().filter(fits).max_by_key(|grid| grid.columns * grid.rows);
        most.unwrap_or(Self { columns: 1, rows: 1, repeat: true })
    }

    fn block(self, page: Size, gutter: f64) -> Size {
        let along = |n: usize, one: f64| n as f64 * (one + gutter) - gutter;
        Size::new(along(self.columns, page.width), along(self.rows, page.height))
    }
}

/// Between two leaves each has its own bleed; without bleed one cut parts them.
fn gutter(options: &Options) -> f64 {
    2.0 * options.bleed
}

pub(super) fn plan(count: usize, page: Size, grid: Grid, options: &Options) -> Result<Plan, Refusal> {
    let gutter = gutter(options);
    let block = grid.block(page, gutter);
    let sheet = lay(block, options)?;
    let leaves = count.div_ceil(2);
    let places = grid.columns * grid.rows;
    let sheets = if grid.repeat { leaves } else { leaves.div_ceil(places) };
    let (left, top) = ((sheet.width - block.width) / 2.0, (sheet.height + block.height) / 2.0);
    let frame = |column: usize, row: usize| Frame {
        x: left + column as f64 * (page.width + gutter),
        y: top - (row + 1) as f64 * page.height - row as f64 * gutter,
        width: page.width,
        height: page.height,
    };
    // the piles are put on each other after cutting, so a place holds leaves that follow each other
    let leaf_at = |place: usize, number: usize| if grid.repeat { number } else { place * sheets + number };
    let side = |number: usize, back: bool| {
        let cell = |place: usize| {
            let (row, column) = (place / grid.columns, place % grid.columns);
            let mirrored = back != (options.binding == Binding::Right);
            let column = if mirrored { grid.columns - 1 - column } else { column };
            let page = 2 * leaf_at(place, number) + usize::from(back);
            let trim = frame(column, row);
            let page = (page < count).then_some(page);
            Cell { page, trim, shown: trim.grown(options.bleed), turn: 0, creep: 0.0 }
        };
        Side { cells: (0..places).map(cell).collect(), folds: Vec::new() }
    };
    let sheets: Vec<Leaf> =
        (0..sheets).map(|number| Leaf { signature: 0, front: side(number, false), back: side(number, true) }).collect();
    let blanks = if grid.repeat { 2 * leaves } else { 2 * places * sheets.len() } - count;
    Ok(Plan {
        sheet,
        flip: options.flip.unwrap_or_else(|| Flip::upright(sheet)),
        sheets,
        blanks,
        signatures: 0,
        bleed: options.bleed,
    })
}
