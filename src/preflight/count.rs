//! X006: the number of pages suits the binding.

use super::limits::{Binding, Limits};
use super::report::Finding;
use crate::inspect::pdf::ink::InkFacts;

pub(super) fn applies(limits: &Limits) -> Result<(), &'static str> {
    if limits.binding == Binding::Any { Err("any number of pages is wanted") } else { Ok(()) }
}

pub(super) fn look(facts: &InkFacts, limits: &Limits, out: &mut Vec<Finding>) {
    let (count, each) = (facts.pages.len(), limits.binding.pages());
    if count % each != 0 {
        let pages = if count == 1 { "there is 1 page".to_string() } else { format!("there are {count} pages") };
        let wants = match limits.binding {
            Binding::Saddle => "a stapled booklet needs a multiple of 4",
            _ => "print on both sides needs a multiple of 2",
        };
        out.push(Finding::of_file(format!("{pages}, but {wants}")));
    }
}
