//! X012: black words are printed in black alone.

use super::limits::Limits;
use super::place::{at, kept, quoted};
use super::report::Finding;
use crate::inspect::pdf::ink::{Ink, InkFacts, Kind};

/// From this much black on, words are black and no other colour, in percent.
const BLACK: f64 = 85.0;
/// What the other inks together may hold, in percent.
const REST: f64 = 1.0;

pub(super) fn look(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    for (number, page, mark) in kept(&facts.pages) {
        let Kind::Text { text, .. } = &mark.kind else { continue };
        let rich = match &mark.ink {
            Ink::Cmyk([c, m, y, k]) => *k >= BLACK && c + m + y > REST,
            // Registration colour prints on every plate.
            Ink::Spot { names, tints, .. } => names.iter().any(|name| name == "All") && tints.iter().any(|t| *t > REST),
            Ink::Many { .. } | Ink::Foreign { .. } => false,
        };
        if rich {
            let message = format!("the black words {} hold other inks as well", quoted(text));
            out.push(at(number, page, mark.area, message));
        }
    }
}
