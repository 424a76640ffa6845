//! Marks around the pages: where to cut and fold, whether the plates meet, how strong the inks are.

use std::fmt::Write;

use super::MM;
use super::layers::Layer;
use super::plan::{Frame, MARK_ROOM, Side};

/// From the bleed to where a mark begins.
const GAP: f64 = 0.5;
/// How long a mark is.
const LENGTH: f64 = MARK_ROOM - GAP;
/// How far the crosses stand from the corners.
const CORNER: f64 = 8.0;
/// How wide and high a patch of colour is.
const PATCH: f64 = 3.5;
/// Two edges nearer than this are one, in millimetres.
const NEAR: f64 = 0.01;

/// The patches: each ink alone, two of the three colours over each other, half strength, a quarter of black.
const PATCHES: [[u8; 4]; 12] = [
    [100, 0, 0, 0],
    [0, 100, 0, 0],
    [0, 0, 100, 0],
    [0, 0, 0, 100],
    [100, 100, 0, 0],
    [0, 100, 100, 0],
    [100, 0, 100, 0],
    [50, 0, 0, 0],
    [0, 50, 0, 0],
    [0, 0, 50, 0],
    [0, 0, 0, 50],
    [0, 0, 0, 25],
];

/// The marks of a side, a drawing for each layer but the slug line.
pub(super) fn marks(side: &Side, bleed: f64) -> Vec<(Layer, String)> {
    let Some(block) = side.block() else { return Vec::new() };
    vec![
        (Layer::Crop, crop(side, block, bleed)),
        (Layer::Fold, fold(side, block, bleed)),
        (Layer::Register, register(block, bleed)),
        (Layer::Bars, bars(block, bleed)),
    ]
}

/// Where the slug line stands: below the pages, between the first cross and the first mark.
pub(super) fn slug(side: &Side, bleed: f64) -> Option<Frame> {
    let block = side.block()?;
    let left = block.x + CORNER + 6.0;
    let (upright, _) = cuts(side, bleed);
    let marks = upright.into_iter().chain(side.folds.iter().map(|fold| fold.x)).chain([block.right() - CORNER]);
    let right = marks.filter(|x| *x > left + 20.0).fold(f64::MAX, f64::min) - 4.0;
    let frame = Frame { x: left, y: block.y - bleed - MARK_ROOM, width: right - left, height: LENGTH };
    (frame.width >= 20.0).then_some(frame)
}

/// Where the sheet is cut: from the left, and from the foot.
fn cuts(side: &Side, bleed: f64) -> (Vec<f64>, Vec<f64>) {
    let (mut upright, mut level): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let add = |edges: &mut Vec<f64>, edge: f64| {
        if !edges.iter().any(|known| (known - edge).abs() < NEAR) {
            edges.push(edge);
        }
    };
    for cell in &side.cells {
        let (trim, shown) = (cell.trim, cell.shown);
        // a page that ends at a fold, or reaches over it, shows no bleed there
        let free = |edge: f64, over: f64| (over - edge - bleed).abs() < NEAR;
        for (edge, is_free) in [(trim.x, free(shown.x, trim.x)), (trim.right(), free(trim.right(), shown.right()))] {
            if is_free && !side.folds.iter().any(|fold| (fold.x - edge).abs() < NEAR) {
                add(&mut upright, edge);
            }
        }
        add(&mut level, trim.y);
        add(&mut level, trim.top());
    }
    (upright, level)
}

fn crop(side: &Side, block: Frame, bleed: f64) -> String {
    let mut out = pen();
    let (upright, level) = cuts(side, bleed);
    let start = bleed + GAP;
    for x in upright {
        line(&mut out, [x, block.top() + start], [x, block.top() + start + LENGTH]);
        line(&mut out, [x, block.y - start], [x, block.y - start - LENGTH]);
    }
    for y in level {
        line(&mut out, [block.x - start, y], [block.x - start - LENGTH, y]);
        line(&mut out, [block.right() + start, y], [block.right() + start + LENGTH, y]);
    }
    out
}

fn fold(side: &Side, block: Frame, bleed: f64) -> String {
    let mut out = pen();
    out.push_str("[2 1.5] 0 d\n");
    let start = bleed + GAP;
    for fold in &side.folds {
        line(&mut out, [fold.x, block.top() + start], [fold.x, block.top() + start + LENGTH]);
        line(&mut out, [fold.x, block.y - start], [fold.x, block.y - start - LENGTH]);
    }
    out
}

/// Crosses in circles near the corners, so placed that those of front and back meet however the sheet is turned.
fn register(block: Frame, bleed: f64) -> String {
    let mut out = pen();
    let out_by = bleed + MARK_ROOM / 2.0;
    for x in [block.x + CORNER, block.right() - CORNER] {
        cross(&mut out, [x, block.top() + out_by]);
        cross(&mut out, [x, block.y - out_by]);
    }
    for y in [block.y + CORNER, block.top() - CORNER] {
        cross(&mut out, [block.x - out_by, y]);
        cross(&mut out, [block.right() + out_by, y]);
    }
    out
}

fn bars(block: Frame, bleed: f64) -> String {
    let mut out = String::new();
    let x = block.x - bleed - GAP - PATCH;
    for (index, inks) in PATCHES.iter().enumerate() {
        let y = block.y + CORNER + 6.0 + index as f64 * PATCH;
        let [c, m, y_ink, k] = inks.map(|ink| point(f64::from(ink) / 100.0 / MM));
        let place = [x, y, PATCH, PATCH].map(point).join(" ");
        // writing to a string cannot fail
        let _ = writeln!(out, "{c} {m} {y_ink} {k} k {place} re f");
    }
    out
}

/// Thin lines in every ink.
fn pen() -> String {
    "/Register CS 1 SCN 0.25 w\n".to_string()
}

fn line(out: &mut String, from: [f64; 2], to: [f64; 2]) {
    let [x0, y0, x1, y1] = [from[0], from[1], to[0], to[1]].map(point);
    let _ = writeln!(out, "{x0} {y0} m {x1} {y1} l S");
}

fn cross(out: &mut String, [x, y]: [f64; 2]) {
    let arm = MARK_ROOM / 2.0;
    line(out, [x - arm, y], [x + arm, y]);
    line(out, [x, y - arm], [x, y + arm]);
    // a circle as four curves
    let (r, bow) = (1.2, 1.2 * 0.5523);
    let [right, left, top, low] = [x + r, x - r, y + r, y - r];
    let curves = [
        [right, y + bow, x + bow, top, x, top],
        [x - bow, top, left, y + bow, left, y],
        [left, y - bow, x - bow, low, x, low],
        [x + bow, low, right, y - bow, right, y],
    ];
    let _ = writeln!(out, "{} {} m", point(right), point(y));
    for curve in curves {
        let _ = writeln!(out, "{} c", curve.map(point).join(" "));
    }
    out.push_str("S\n");
}

/// Millimetres as points, with as few digits as a printer can tell apart.
pub(super) fn point(millimetres: f64) -> String {
    let text = format!("{:.4}", millimetres * MM);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".to_string() } else { text.to_string() }
}
