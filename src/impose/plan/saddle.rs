//! Booklets: sheets folded once and nested.

use super::{Cell, Fold, Frame, Leaf, Options, Plan, Side, lay};
use crate::impose::refusal::Refusal;
use crate::paper::{Binding, Blanks, Flip, Size};

pub(super) fn plan(count: usize, page: Size, options: &Options) -> Result<Plan, Refusal> {
    let sheet = lay(Size::new(2.0 * page.width, page.height), options)?;
    let pages = padded(count, options.blanks);
    let parts = parts(pages.len() / 4, options.signature / 4);
    let mut sheets = Vec::new();
    let mut before = 0;
    for (signature, folded) in parts.iter().enumerate() {
        let (first, last) = (4 * before, 4 * (before + folded) - 1);
        for inside in 0..*folded {
            let side = |left: usize, right: usize| {
                let (left, right) = match options.binding {
                    Binding::Left => (left, right),
                    Binding::Right => (right, left),
                };
                spread([pages[left], pages[right]], page, sheet, options.stock.creep(inside), options.bleed)
            };
            sheets.push(Leaf {
                signature,
                front: side(last - 2 * inside, first + 2 * inside),
                back: side(first + 2 * inside + 1, last - 2 * inside - 1),
            });
        }
        before += folded;
    }
    Ok(Plan {
        sheet,
        flip: options.flip.unwrap_or_else(|| Flip::upright(sheet)),
        sheets,
        blanks: pages.len() - count,
        signatures: parts.len(),
        bleed: options.bleed,
    })
}

/// The pages with blanks to a multiple of four.
fn padded(count: usize, blanks: Blanks) -> Vec<Option<usize>> {
    let missing = count.next_multiple_of(4) - count;
    let mut pages: Vec<Option<usize>> = (0..count).map(Some).collect();
    let at = match blanks {
        Blanks::BeforeLast if count > 1 => count - 1,
        _ => count,
    };
    pages.splice(at..at, std::iter::repeat_n(None, missing));
    pages
}

/// How many sheets each folded part has: as few parts as the limit allows, as equal as can be, the larger ones first.
fn parts(sheets: usize, limit: usize) -> Vec<usize> {
    let parts = sheets.div_ceil(limit.max(1)).max(1);
    (0..parts).map(|part| sheets / parts + usize::from(part < sheets % parts)).collect()
}

/// Two pages beside a fold in the middle of the sheet; each moves towards it by the creep.
fn spread(pages: [Option<usize>; 2], page: Size, sheet: Size, creep: f64, bleed: f64) -> Side {
    let spine = sheet.width / 2.0;
    let low = (sheet.height - page.height) / 2.0;
    let high = low + page.height;
    let left = Frame { x: spine - page.width + creep, y: low, width: page.width, height: page.height };
    let right = Frame { x: spine - creep, ..left };
    let cell = |page, trim: Frame, shown| Cell { page, trim, shown, turn: 0, creep };
    let cells = vec![
        cell(pages[0], left, Frame::between(left.x - bleed, low - bleed, spine, high + bleed)),
        cell(pages[1], right, Frame::between(spine, low - bleed, right.right() + bleed, high + bleed)),
    ];
    Side { cells, folds: vec![Fold { x: spine, low, high }] }
}
