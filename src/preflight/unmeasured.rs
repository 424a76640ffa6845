//! X010: a picture or gradient whose ink could not be measured. A check that was not made is not a check passed.

use super::limits::Limits;
use super::place::{at, kept};
use super::report::Finding;
use crate::inspect::pdf::ink::{Ink, InkFacts, Kind};

pub(super) fn look(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    for (number, page, mark) in kept(&facts.pages) {
        let what = match &mark.kind {
            Kind::Picture { most_ink: None, .. } => "a picture",
            Kind::Shading { most_ink: None } => "a gradient",
            _ => continue,
        };
        // What is in no ink of a press at all, X008 finds.
        if !matches!(mark.ink, Ink::Foreign { .. }) {
            out.push(at(number, page, mark.area, format!("the ink of {what} could not be measured")));
        }
    }
}
