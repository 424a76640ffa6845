//! X025: names in the content that lead nowhere, and content that makes no sense.

use super::limits::Limits;
use super::place::quoted;
use super::report::Finding;
use crate::inspect::pdf::ink::InkFacts;

pub(super) fn look(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    for (index, page) in facts.pages.iter().enumerate() {
        for (kind, name) in &page.lost {
            let what = match *kind {
                "ColorSpace" => "a colour",
                "XObject" => "a picture or drawing",
                "Font" => "a font",
                "ExtGState" => "a setting",
                "Pattern" => "a pattern",
                "Shading" => "a gradient",
                other => other,
            };
            out.push(Finding::of_page(index + 1, format!("{what} called {} is missing", quoted(name))));
        }
        if page.broken {
            let message = "its drawing makes no sense from some place on; nothing after that was looked at";
            out.push(Finding::of_page(index + 1, message));
        }
    }
}
