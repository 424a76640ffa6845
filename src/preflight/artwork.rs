//! X004: artwork that reaches the trim must reach the end of the bleed.

use super::limits::{Limits, MM};
use super::place::{at, inside};
use super::report::Finding;
use crate::inspect::pdf::ink::{Area, InkFacts, InkPage, Kind, Mark};

/// As near to the trim something counts as touching it, in millimetres: knives wander more.
const TOUCH: f64 = 0.3;
/// So much of the bleed may be missing, in millimetres.
const SLACK: f64 = 0.1;
/// As many places along an edge are looked at.
const PROBES: u32 = 9;

const SIDES: [&str; 4] = ["left", "lower", "right", "upper"];

pub(super) fn look(facts: &InkFacts, limits: &Limits, out: &mut Vec<Finding>) {
    for (index, page) in facts.pages.iter().enumerate() {
        let Some(trim) = page.trim else { continue };
        let art: Vec<&Mark> = page.marks.iter().filter(|mark| bleeds(mark) && inside(page, mark.area)).collect();
        for (side, name) in SIDES.iter().enumerate() {
            // One finding a side: a panel of many parts is one fault to mend.
            let bare =
                art.iter().find_map(|mark| missing(page, trim, side, mark.area, limits.bleed).map(|by| (mark, by)));
            if let Some((mark, by)) = bare {
                let message = format!("artwork at the {name} edge ends {by:.1} mm short of the bleed");
                out.push(at(index + 1, page, mark.area, message));
            }
        }
    }
}

fn bleeds(mark: &Mark) -> bool {
    !matches!(mark.kind, Kind::Text { .. }) && !mark.ink.is_white()
}

/// How much bleed is missing where a mark touches a side of the trim; none where nothing is.
fn missing(page: &InkPage, trim: Area, side: usize, area: Area, bleed: f64) -> Option<f64> {
    let of = |area: Area| area.get(side).copied().unwrap_or(0.0);
    // Outwards is down for the first two edges and up for the others.
    let sign = if side < 2 { -1.0 } else { 1.0 };
    let beyond = (of(area) - of(trim)) * sign / MM;
    if beyond < -TOUCH || beyond + SLACK >= bleed {
        return None;
    }
    // Another mark may lie in the bleed beside this one.
    let edge = of(trim) + sign * (bleed - SLACK) * MM;
    let upright = side.is_multiple_of(2);
    let along = if upright {
        (area[1].max(trim[1]), area[3].min(trim[3]))
    } else {
        (area[0].max(trim[0]), area[2].min(trim[2]))
    };
    let covered = (0..PROBES).all(|probe| {
        let share = (f64::from(probe) + 0.5) / f64::from(PROBES);
        let there = along.0 + share * (along.1 - along.0);
        let (x, y) = if upright { (edge, there) } else { (there, edge) };
        let over = |mark: &Mark| {
            let [left, low, right, high] = mark.area;
            bleeds(mark) && left <= x && x <= right && low <= y && y <= high
        };
        page.marks.iter().any(over)
    });
    (!covered).then_some(bleed - beyond.max(0.0))
}
