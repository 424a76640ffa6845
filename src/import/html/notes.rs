//! Footnotes: a short link to words further down that lead back to it.

use std::collections::HashMap;

use super::plan::Plan;
use super::tree::{Id, Tree};
use crate::import::text::count;

/// The page's footnotes.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Links to a note, with its number.
    pub(super) links: HashMap<Id, usize>,
    /// Elements that are a note, with its number.
    pub(super) notes: HashMap<Id, usize>,
    /// Links that lead back from a note.
    pub(super) back: HashMap<Id, usize>,
}

/// How many letters the mark of a footnote has at most.
const MARK: usize = 5;
/// How many words a footnote has at most.
const LONGEST: usize = 150;

/// Finds the footnotes; `anchor` gives the place on the page that an address leads to.
pub(super) fn find(tree: &Tree, plan: &Plan, anchor: impl Fn(&str) -> Option<String>) -> Notes {
    let mut found = Notes::default();
    let target = |link: Id| {
        let name = anchor(tree.attribute(link, "href")?)?;
        plan.ids.get(&name).copied()
    };
    for link in tree.below(0).filter(|id| tree.name(*id) == "a") {
        let Some(at) = target(link).filter(|t| *t > link) else { continue };
        let letters = tree.below(link).filter_map(|n| tree.text(n)).flat_map(str::chars).take(99);
        let letters = letters.filter(|c| !c.is_whitespace()).count();
        if letters == 0 || letters > MARK || super::plan::out(tree, link, plan) {
            continue;
        }
        let holds = |id: &Id| matches!(tree.name(*id), "li" | "p" | "div" | "dd" | "aside");
        let Some(note) = std::iter::once(at).chain(tree.above(at).take(3)).find(holds) else { continue };
        if let Some(number) = found.notes.get(&note) {
            found.links.insert(link, *number);
            continue;
        }
        let leads_back = |back: Id| {
            let Some(to) = target(back) else { return false };
            to == link
                || tree.above(link).take(3).any(|n| n == to)
                || tree.nodes[to].parent == Some(link)
                || tree.nodes[to].parent.is_some() && tree.nodes[to].parent == tree.nodes[link].parent
        };
        // a part of the page is no note; neither is what holds another note's words
        let blocks = tree.below(note).take(200).any(|n| super::names::heading(tree.name(n)).is_some());
        if blocks || super::plan::out(tree, note, plan) || count(&tree.words(note)) > LONGEST {
            continue;
        }
        let back: Vec<Id> = tree.below(note).filter(|n| tree.name(*n) == "a" && leads_back(*n)).collect();
        if back.is_empty() || tree.above(note).chain(tree.below(note)).any(|n| found.notes.contains_key(&n)) {
            continue;
        }
        let number = found.notes.len() + 1;
        found.notes.insert(note, number);
        found.links.insert(link, number);
        found.back.extend(back.into_iter().map(|b| (b, number)));
    }
    // a note that is pointed to twice has a way back to each
    let more: Vec<(Id, usize)> = found
        .notes
        .iter()
        .flat_map(|(note, number)| tree.below(*note).map(move |n| (n, *number)))
        .filter(|(n, _)| {
            tree.name(*n) == "a" && target(*n).is_some_and(|to| found.links.keys().any(|l| near(tree, *l, to)))
        })
        .collect();
    found.back.extend(more);
    found
}

/// Whether a place is a footnote's mark or right around it.
fn near(tree: &Tree, link: Id, to: Id) -> bool {
    to == link || tree.above(link).take(2).any(|n| n == to)
}
