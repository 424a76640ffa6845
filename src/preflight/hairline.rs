//! X015: lines that are too thin to print evenly.

use super::limits::Limits;
use super::place::{at, kept};
use super::report::Finding;
use crate::inspect::pdf::ink::{InkFacts, Kind};

pub(super) fn look(facts: &InkFacts, limits: &Limits, out: &mut Vec<Finding>) {
    for (number, page, mark) in kept(&facts.pages).filter(|(.., mark)| !mark.ink.is_white()) {
        let (width, what) = match mark.kind {
            Kind::Stroke { width } => (width, "a line"),
            Kind::Fill { thinnest } => (thinnest, "a filled shape"),
            _ => continue,
        };
        if width + 0.005 < limits.hairline {
            let message = format!("{what} is {width:.2} pt thin; {} pt is the least", limits.hairline);
            out.push(at(number, page, mark.area, message));
        }
    }
}
