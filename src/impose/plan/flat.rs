//! The flat of a leaflet with six panels that is folded twice, rolled inwards (standard 57).

use super::{Cell, Fold, Frame, Leaf, Options, Plan, Side, lay};
use crate::impose::refusal::Refusal;
use crate::paper::{Binding, Flip, Size};

/// The pages in the order of reading are front, three inside, flap, back. From left to right, bound on the left:
const OUTSIDE: [usize; 3] = [4, 5, 0];
const INSIDE: [usize; 3] = [1, 2, 3];

pub(super) fn plan(pages: &[Size], options: &Options) -> Result<Plan, Refusal> {
    plan_on(pages, options, |block| lay(block, options))
}

/// The same on the sheet that a block of that size is laid on.
pub(super) fn plan_on(
    pages: &[Size],
    options: &Options,
    lay: impl Fn(Size) -> Result<Size, Refusal>,
) -> Result<Plan, Refusal> {
    let &[front, ..] = pages else { return Err(Refusal::Empty) };
    let found = pages.len();
    if found != 6 {
        return Err(Refusal::Count { found, wanted: 6 });
    }
    let (outside, inside) = match options.binding {
        Binding::Left => (OUTSIDE, INSIDE),
        Binding::Right => (reversed(OUTSIDE), reversed(INSIDE)),
    };
    // panels on the two sides of one piece of paper are equally wide, so that the folds meet
    for (outer, inner) in outside.into_iter().zip(reversed(inside)) {
        let wanted = Size::new(pages[outer].width, front.height);
        for page in [outer, inner] {
            if !pages[page].is(wanted) {
                return Err(Refusal::Sizes { page: page + 1, found: pages[page], wanted });
            }
        }
    }
    // a flap as wide as the panel that it lies on would buckle
    let widest = front.width.min(pages[5].width);
    if pages[4].width > widest {
        let wanted = Size::new(widest - 3.0, front.height);
        return Err(Refusal::Sizes { page: 5, found: pages[4], wanted });
    }
    let width = outside.iter().map(|page| pages[*page].width).sum();
    let sheet = lay(Size::new(width, front.height))?;
    let side = |panels: [usize; 3]| row(panels, pages, (sheet, width), options.bleed);
    Ok(Plan {
        sheet,
        flip: options.flip.unwrap_or_else(|| Flip::upright(sheet)),
        sheets: vec![Leaf { signature: 0, front: side(outside), back: side(inside) }],
        blanks: 0,
        signatures: 0,
        bleed: options.bleed,
    })
}

fn reversed([a, b, c]: [usize; 3]) -> [usize; 3] {
    [c, b, a]
}

/// Three panels beside each other, in the middle of the sheet.
fn row(panels: [usize; 3], pages: &[Size], (sheet, width): (Size, f64), bleed: f64) -> Side {
    let height = pages[0].height;
    let low = (sheet.height - height) / 2.0;
    let high = low + height;
    let mut x = (sheet.width - width) / 2.0;
    let mut side = Side::default();
    for (index, page) in panels.into_iter().enumerate() {
        let trim = Frame { x, y: low, width: pages[page].width, height };
        let (first, last) = (index == 0, index == 2);
        let left = if first { trim.x - bleed } else { trim.x };
        let right = if last { trim.right() + bleed } else { trim.right() };
        let shown = Frame::between(left, low - bleed, right, high + bleed);
        side.cells.push(Cell { page: Some(page), trim, shown, turn: 0, creep: 0.0 });
        x = trim.right();
        if !last {
            side.folds.push(Fold { x, low, high });
        }
    }
    side
}
