//! X018: fonts that are not in the file.

use super::limits::Limits;
use super::report::Finding;
use crate::inspect::pdf::ink::InkFacts;

pub(super) fn look(facts: &InkFacts, _: &Limits, out: &mut Vec<Finding>) {
    let missing = facts.fonts.iter().filter(|(font, _)| !font.embedded);
    out.extend(
        missing.map(|(font, page)| Finding::of_page(*page, format!("the font {} is not in the file", font.name))),
    );
    out.sort_by_key(|finding| finding.page);
}
