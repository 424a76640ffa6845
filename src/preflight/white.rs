//! X013: white that is printed over other inks vanishes.

use super::limits::Limits;
use super::place::{at, kept, quoted};
use super::report::Finding;
use crate::inspect::pdf::ink::{InkFacts, Kind};

pub(super) fn look(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    for (number, page, mark) in kept(&facts.pages).filter(|(.., mark)| mark.overprint && mark.ink.is_white()) {
        let what = match &mark.kind {
            Kind::Text { text, .. } => format!("the white words {}", quoted(text)),
            _ => "a white shape".into(),
        };
        out.push(at(number, page, mark.area, format!("{what} would vanish: set to overprint")));
    }
}
