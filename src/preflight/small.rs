//! X016 and X017: type that is too small to print, and too small to be left out of a ground.

use super::limits::Limits;
use super::place::{at, inside, kept, quoted};
use super::report::Finding;
use crate::colour::contrast_in_ink;
use crate::inspect::pdf::ink::{InkFacts, InkPage, Kind, Mark};

/// What rounding may take away, in points.
const SLACK: f64 = 0.01;
const PAPER: [f64; 4] = [0.0; 4];

pub(super) fn smallest(facts: &InkFacts, limits: &Limits, out: &mut Vec<Finding>) {
    for (number, page, mark) in kept(&facts.pages) {
        let Kind::Text { size, text } = &mark.kind else { continue };
        if size + SLACK < limits.smallest {
            let message = format!("{} is {size:.1} pt small; {} pt is the least", quoted(text), limits.smallest);
            out.push(at(number, page, mark.area, message));
        }
    }
}

pub(super) fn reversed(facts: &InkFacts, limits: &Limits, out: &mut Vec<Finding>) {
    for (index, page) in facts.pages.iter().enumerate() {
        for (place, mark) in page.marks.iter().enumerate() {
            let Kind::Text { size, text } = &mark.kind else { continue };
            if size + SLACK >= limits.reversed || !inside(page, mark.area) {
                continue;
            }
            if is_lighter(mark, ground(page, place, mark)) {
                let message = format!(
                    "{} is {size:.1} pt small and lighter than its ground; {} pt is the least",
                    quoted(text),
                    limits.reversed
                );
                out.push(at(index + 1, page, mark.area, message));
            }
        }
    }
}

/// What the middle of a mark stands on: the last thing painted there before it.
fn ground<'a>(page: &'a InkPage, place: usize, mark: &Mark) -> Option<&'a Mark> {
    let [left, low, right, high] = mark.area;
    let (x, y) = ((left + right) / 2.0, (low + high) / 2.0);
    page.marks.iter().take(place).rev().find(|below| {
        let [left, low, right, high] = below.area;
        let solid = matches!(below.kind, Kind::Fill { .. } | Kind::Shading { .. } | Kind::Picture { .. });
        solid && left <= x && x <= right && low <= y && y <= high
    })
}

/// Whether words are lighter than what they stand on.
fn is_lighter(words: &Mark, ground: Option<&Mark>) -> bool {
    let Some(ground) = ground else { return false };
    // The less a colour differs from paper, the lighter it is.
    let depth = |mark: &Mark| mark.ink.process().map(|ink| contrast_in_ink(&ink, &PAPER));
    match (depth(words), depth(ground)) {
        (Some(words), Some(ground)) => words < ground,
        // White on a picture or gradient counts as lighter.
        _ => words.ink.is_white() && !ground.ink.is_white(),
    }
}
