//! X019: links, notes and form fields, which have no place on paper.

use super::limits::Limits;
use super::place::at;
use super::report::Finding;
use crate::inspect::pdf::ink::InkFacts;

pub(super) fn look(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
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
