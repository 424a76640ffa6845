//! V059: names that two parts of a page share.

use super::Flow;
use crate::diagnostic::{Code, Sink};
use std::collections::BTreeSet;

pub(super) fn check(flow: &Flow<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for page in &flow.pages {
        let mut seen = BTreeSet::new();
        let twice = page.facts.ids.iter().filter(|id| !seen.insert(id.as_str()));
        found.extend(twice.map(|id| format!("{}the name `{id}` stands twice", page.place)));
    }
    flow.file.say_first(sink, Code::IDS_DOUBLED, &found);
}
