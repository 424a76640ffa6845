//! X024: transparency, which PDF/X-4 allows and old machines flatten.

use super::limits::Limits;
use super::place::{at, kept};
use super::report::Finding;
use crate::inspect::pdf::ink::InkFacts;

pub(super) fn look(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    for (number, page, mark) in kept(&facts.pages).filter(|(.., mark)| mark.transparent) {
        out.push(at(number, page, mark.area, "something lets what is below it show through"));
    }
}
