//! V058: programs, and what is loaded from other machines.

use super::super::file::quoted;
use super::Flow;
use crate::diagnostic::{Code, Sink};

pub(super) fn check(flow: &Flow<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for page in &flow.pages {
        let place = &page.place;
        if page.facts.scripts + page.facts.handlers > 0 {
            found.push(format!("{place}there is a program in it (script)"));
        }
        found.extend(
            page.facts.loads.iter().map(|address| format!("{place}it loads {} from elsewhere", quoted(address))),
        );
    }
    let inside =
        flow.pages.iter().flat_map(|page| page.facts.styles.iter().map(|text| (page.place.as_str(), text.as_str())));
    for (place, text) in inside.chain(flow.sheets.iter().copied()) {
        let lower = text.to_ascii_lowercase();
        let far = ["url(http", "url(\"http", "url('http", "url(//", "@import \"http", "@import 'http"];
        if far.iter().any(|sign| lower.contains(sign)) {
            found.push(format!("{place}: its style sheet loads something from elsewhere"));
        }
    }
    flow.file.say_first(sink, Code::ACTIVE_CONTENT, &found);
}
