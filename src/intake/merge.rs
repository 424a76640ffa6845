//! Three texts of one page, put together by blocks: the last import, the web's
//! page now, and the editor's page now.
//!
//! A block is what stands between blank lines; the keys of the front matter
//! are taken one by one. Only what the web changed and the editor did not is
//! taken over. What both changed stays as the editor has it, and is reported.

mod script;
mod text;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use script::{Fate, Script};
use text::{Block, Entry, Parts};

/// What became of one block or key on the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A block that was not there.
    Added(String),
    /// A block that is no longer there.
    Removed(String),
    /// A block with other words.
    Changed(String, String),
    /// A key of the front matter: its name, its value before and after.
    Key(String, Option<String>, Option<String>),
}

/// What both sides changed: the editor's is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The line of the merged text, from 1.
    pub line: usize,
    /// What the editor has; none, where the editor took it out.
    pub mine: Option<String>,
    /// What the web has; none, where the web took it out.
    pub theirs: Option<String>,
    /// Whether both texts stand in the page now, because both sides added something at the same place.
    pub both: bool,
}

/// The merged text, and what both sides had changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The whole page, with the editor's kind of line ends.
    pub text: String,
    /// What was kept as the editor's against the web's.
    pub conflicts: Vec<Conflict>,
}

/// Whether two texts are the same page, whatever their line ends.
pub fn same(a: &str, b: &str) -> bool {
    text::plain(a).trim_end() == text::plain(b).trim_end()
}

/// What the web changed between two imports.
pub fn changes(base: &str, theirs: &str) -> Vec<Change> {
    let (base, theirs) = (Parts::new(base), Parts::new(theirs));
    let mut out = Vec::new();
    for entry in &base.front {
        let after = find(&theirs.front, &entry.key);
        if after.is_none_or(|after| after.value != entry.value) {
            let after = after.map(|e| e.value.clone());
            out.push(Change::Key(entry.key.clone(), Some(entry.value.clone()), after));
        }
    }
    for entry in theirs.front.iter().filter(|e| find(&base.front, &e.key).is_none()) {
        out.push(Change::Key(entry.key.clone(), None, Some(entry.value.clone())));
    }
    let script = Script::new(&base.body, &theirs.body);
    let words = |block: &Block| block.text.clone();
    for (at, added) in script.added.iter().enumerate() {
        out.extend(added.iter().map(|b| Change::Added(words(b))));
        let Some(old) = base.body.get(at) else { continue };
        match script.fates[at] {
            Fate::Kept(_) => {}
            Fate::Changed(new) => out.push(Change::Changed(words(old), words(new))),
            Fate::Removed => out.push(Change::Removed(words(old))),
        }
    }
    out
}

/// Merges what changed on the web since `base` into the editor's page.
pub fn merge(base: &str, mine: &str, theirs: &str) -> Merged {
    let whole = |text: &str| Merged { text: text.to_string(), conflicts: Vec::new() };
    if same(base, theirs) || same(mine, theirs) {
        return whole(mine);
    }
    let text = if same(base, mine) { whole(&text::plain(theirs)) } else { by_blocks(base, mine, theirs) };
    let windows = mine.contains("\r\n");
    Merged { text: if windows { text.text.replace('\n', "\r\n") } else { text.text }, ..text }
}

/// The merge itself, without its short cuts.
fn by_blocks(base: &str, mine: &str, theirs: &str) -> Merged {
    let (base, mine, theirs) = (Parts::new(base), Parts::new(mine), Parts::new(theirs));
    let mut out = Out::default();
    out.text.push_str("+++\n");
    let open = out.text.len();
    keys(&base.front, &mine.front, &theirs.front, &mut out);
    // whoever took the front matter out, or put it in, did so
    let fenced = if base.fenced == mine.fenced { theirs.fenced } else { mine.fenced };
    let fenced = fenced || out.text.len() > open;
    if fenced {
        out.text.push_str("+++\n");
    } else {
        out.text.clear();
    }
    out.text.push_str(if mine.fenced == fenced { &mine.gap } else { &theirs.gap });
    body(&base.body, &mine.body, &theirs.body, &mut out);
    out.close();
    Merged { text: out.text, conflicts: out.conflicts }
}

#[derive(Default)]
struct Out {
    text: String,
    /// The blank lines after the last block, not yet written.
    gap: Option<String>,
    conflicts: Vec<Conflict>,
}

impl Out {
    fn block(&mut self, block: &Block) {
        if let Some(gap) = self.gap.take() {
            self.text.push_str(if gap.matches('\n').count() > 1 { &gap } else { "\n\n" });
        }
        self.text.push_str(&block.text);
        self.gap = Some(block.gap.clone());
    }

    /// The line on which the next block begins.
    fn next_line(&self) -> usize {
        let gap = self.gap.as_ref().map_or(0, |gap| gap.matches('\n').count().max(2));
        self.text.matches('\n').count() + gap + 1
    }

    fn conflict(&mut self, mine: Option<&str>, theirs: Option<&str>, both: bool) {
        let line = self.next_line();
        let text = |t: Option<&str>| t.map(str::to_string);
        self.conflicts.push(Conflict { line, mine: text(mine), theirs: text(theirs), both });
    }

    fn close(&mut self) {
        if self.gap.take().is_some() {
            self.text.push('\n');
        }
    }
}

fn find<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Entry> {
    entries.iter().find(|e| e.key == key)
}

fn keys(base: &[Entry], mine: &[Entry], theirs: &[Entry], out: &mut Out) {
    // where the editor changed nothing, the web's order is as good
    let same = base.len() == mine.len() && base.iter().zip(mine).all(|(b, m)| b.key == m.key && b.value == m.value);
    if same {
        theirs.iter().for_each(|entry| out.text.push_str(&entry.raw));
        return;
    }
    let value = |entry: Option<&Entry>| entry.map(|e| e.value.clone());
    for entry in mine {
        let (b, t) = (find(base, &entry.key), find(theirs, &entry.key));
        let (old, own, new) = (value(b), Some(entry.value.clone()), value(t));
        if own == new || old == new {
            out.text.push_str(&entry.raw);
        } else if old == own {
            out.text.push_str(t.map_or("", |t| &t.raw));
        } else {
            out.conflict(Some(entry.raw.trim_end()), t.map(|t| t.raw.trim_end()), false);
            out.text.push_str(&entry.raw);
        }
    }
    for entry in theirs.iter().filter(|e| find(mine, &e.key).is_none()) {
        match find(base, &entry.key) {
            None => out.text.push_str(&entry.raw),
            Some(old) if old.value != entry.value => out.conflict(None, Some(entry.raw.trim_end()), false),
            Some(_) => {}
        }
    }
}

fn body(base: &[Block], mine: &[Block], theirs: &[Block], out: &mut Out) {
    let (ours, webs) = (Script::new(base, mine), Script::new(base, theirs));
    let known: HashSet<&str> = base.iter().map(|b| b.text.as_str()).collect();
    // what the editor has taken over by hand, or by a run that was interrupted, is not taken twice
    let has: HashSet<&str> = mine.iter().map(|b| b.text.as_str()).filter(|t| !known.contains(t)).collect();
    for at in 0..=base.len() {
        let own = &ours.added[at];
        own.iter().for_each(|block| out.block(block));
        let fresh: Vec<&Block> = webs.added[at].iter().copied().filter(|b| !has.contains(b.text.as_str())).collect();
        if let (Some(first), Some(last)) = (fresh.first(), own.last()) {
            out.conflict(Some(&last.text), Some(&first.text), true);
        }
        fresh.into_iter().for_each(|block| out.block(block));
        let Some(old) = base.get(at) else { continue };
        match (ours.fates[at], webs.fates[at]) {
            (Fate::Kept(block) | Fate::Changed(block), Fate::Kept(_)) => out.block(block),
            (Fate::Kept(_), Fate::Changed(block)) => out.block(block),
            (Fate::Removed, Fate::Kept(_) | Fate::Removed) | (Fate::Kept(_), Fate::Removed) => {}
            (Fate::Changed(own), Fate::Changed(new)) => {
                if own.text != new.text {
                    out.conflict(Some(&own.text), Some(&new.text), false);
                }
                out.block(own);
            }
            (Fate::Changed(own), Fate::Removed) => {
                out.conflict(Some(&own.text), None, false);
                out.block(own);
            }
            (Fate::Removed, Fate::Changed(new)) if new.text != old.text => {
                out.conflict(None, Some(&new.text), false);
            }
            (Fate::Removed, Fate::Changed(_)) => {}
        }
    }
}
