#![doc = include_str!("../../docs/diagnostics/C004.md")]

use std::collections::BTreeMap;

use super::Seen;
use super::lists::fold;
use super::passages::Role;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(page: &Seen<'_>, sink: &mut Sink) {
    // words of the headings above, one a level: the same words may stand in two different parts
    let mut path: Vec<String> = Vec::new();
    let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for heading in &page.passages {
        let Role::Heading(level) = heading.role else { continue };
        path.truncate(usize::from(level.saturating_sub(2)));
        path.push(fold(heading.text.trim()));
        let line = page.sources.get(heading.span.file).place(heading.span.start).line;
        match seen.get(&path) {
            Some(first) => sink.push(
                Diagnostic::new(
                    Code::HEADING_DOUBLED,
                    format!("the heading “{}” stands on line {first} already", heading.text.trim()),
                )
                .at(heading.span)
                .help("give each part words of its own, or put the two parts together"),
            ),
            None => drop(seen.insert(path.clone(), line)),
        }
    }
}
