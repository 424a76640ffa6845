//! X019: links, notes, form fields, actions and attached files, which have no place on paper.

use super::limits::Limits;
use super::place::at;
use super::report::Finding;
use crate::inspect::pdf::ink::{Extra, InkFacts};

pub(super) fn look(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    for (page, extra) in &facts.extras {
        let place = if page.is_some() { "when the page is shown" } else { "when the file is opened" };
        let message = match extra {
            Extra::Script => "the file holds a program (JavaScript)".to_string(),
            Extra::Action => format!("something is to happen {place}"),
            Extra::File => "another file is attached to it".to_string(),
        };
        out.push(Finding { page: *page, at: None, message });
    }
    for (index, page) in facts.pages.iter().enumerate() {
        let [left, low, right, high] = page.bleed.unwrap_or(super::place::trim(page));
        for (kind, area) in &page.annotations {
            let meets = area[0] < right && area[2] > left && area[1] < high && area[3] > low;
            // The format allows these two anywhere (ISO 15930-7).
            if meets && !matches!(kind.as_str(), "PrinterMark" | "TrapNet") {
                let kind = if kind == "Link" { "a link".to_string() } else { format!("an annotation ({kind})") };
                out.push(at(index + 1, page, *area, format!("{kind} lies on the page")));
            }
        }
    }
}
