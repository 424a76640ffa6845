//! V032: headings that do not begin at level 1, skip a level, or are empty.

use super::super::file::quoted;
use super::Flow;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(flow: &Flow<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for page in &flow.pages {
        let (place, headings) = (&page.place, &page.facts.headings);
        let mut last = 0;
        for heading in headings {
            let words = quoted(&heading.text);
            if heading.text.trim().is_empty() {
                found.push(format!("{place}a heading has no words"));
            }
            if last == 0 && heading.level != 1 {
                found.push(format!("{place}the first heading, {words}, has level {}, not 1", heading.level));
            } else if last > 0 && heading.level > last + 1 {
                found.push(format!("{place}{words} has level {} after level {last}", heading.level));
            }
            last = heading.level;
        }
    }
    if flow.pages.iter().all(|page| page.facts.headings.is_empty()) {
        found.push("there is no heading".into());
    }
    flow.file.say_first(sink, Code::OUTPUT_HEADINGS, &found);
}
