//! X005: words keep clear of the knife.

use super::limits::{Limits, MM};
use super::place::{at, kept, quoted, trim};
use super::report::Finding;
use crate::inspect::pdf::ink::{InkFacts, Kind};

/// How far words may be off, in millimetres: their height is taken for an average.
const SLACK: f64 = 0.1;

pub(super) fn look(facts: &InkFacts, limits: &Limits, out: &mut Vec<Finding>) {
    for (number, page, mark) in kept(&facts.pages) {
        let Kind::Text { text, .. } = &mark.kind else { continue };
        let ([left, low, right, high], area) = (trim(page), mark.area);
        let room = (area[0] - left).min(area[1] - low).min(right - area[2]).min(high - area[3]) / MM;
        if room + SLACK < limits.quiet {
            let message = if room < 0.0 {
                format!("{} is cut at the trim", quoted(text))
            } else {
                format!("{} is {room:.1} mm from the trim, not {} mm", quoted(text), limits.quiet)
            };
            out.push(at(number, page, area, message));
        }
    }
}
