//! X014: pictures with too few pixels for their size.

use super::limits::Limits;
use super::place::{at, kept};
use super::report::Finding;
use crate::inspect::pdf::ink::{InkFacts, Kind};

pub(super) fn look(facts: &InkFacts, limits: &Limits, out: &mut Vec<Finding>) {
    for (number, page, mark) in kept(&facts.pages) {
        let Kind::Picture { resolution, line_art, flat: false, .. } = mark.kind else { continue };
        let wanted = if line_art { limits.line_art } else { limits.resolution };
        // half a pixel, for sizes that do not come out even
        if resolution + 0.5 < wanted {
            let kind = if line_art { "a line drawing" } else { "a picture" };
            let message = format!("{kind} has {resolution:.0} pixels to the inch, not {wanted:.0}");
            out.push(at(number, page, mark.area, message));
        }
    }
}
