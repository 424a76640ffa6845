//! Which file of an edition holds what, so that links can lead there.

use std::collections::BTreeMap;

use super::text::fragment;
use crate::document::{Block, Inline, Inlines, Kind};

/// Where headings, notes and references to notes stand.
#[derive(Debug, Clone, Default)]
pub struct Places {
    headings: BTreeMap<String, String>,
    references: BTreeMap<(usize, usize), String>,
    notes: String,
}

impl Places {
    /// The places of an edition that keeps its notes in the file `notes`; empty where there is only one file.
    pub fn new(notes: &str) -> Self {
        Self { notes: notes.to_owned(), ..Self::default() }
    }

    /// Learns what these blocks hold, all of them in `file`.
    pub fn learn(&mut self, file: &str, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                Kind::Heading { text, anchor, .. } => {
                    self.headings.insert(anchor.clone(), file.to_owned());
                    self.learn_text(file, text);
                }
                Kind::Paragraph { text, .. } => self.learn_text(file, text),
                Kind::List { items, .. } => items.iter().for_each(|item| self.learn(file, &item.blocks)),
                Kind::Callout { title, blocks, .. } => {
                    self.learn_text(file, title);
                    self.learn(file, blocks);
                }
                Kind::Table { caption, header, rows, .. } => {
                    let cells = header.iter().chain(rows.iter().flatten());
                    caption.iter().chain(cells).for_each(|text| self.learn_text(file, text));
                }
                Kind::Figure { caption, .. } => caption.iter().for_each(|text| self.learn_text(file, text)),
                Kind::Quote { blocks, .. } => self.learn(file, blocks),
                Kind::Definitions { items } => {
                    for item in items {
                        self.learn_text(file, &item.term);
                        item.meanings.iter().for_each(|blocks| self.learn(file, blocks));
                    }
                }
                Kind::FillIn { label, .. } => self.learn_text(file, label),
                Kind::Video { .. } | Kind::Rule => {}
            }
        }
    }

    fn learn_text(&mut self, file: &str, text: &Inlines) {
        for inline in text {
            match inline {
                Inline::NoteRef { number, occurrence } => {
                    self.references.insert((*number, *occurrence), file.to_owned());
                }
                Inline::Emphasis { c }
                | Inline::Strong { c }
                | Inline::Link { c, .. }
                | Inline::Reference { c, .. } => self.learn_text(file, c),
                Inline::Text { .. } | Inline::Unbroken { .. } | Inline::Break | Inline::Space { .. } => {}
            }
        }
    }

    /// The address of a heading as seen from a file; none if no file holds it.
    pub(super) fn heading(&self, from: &str, anchor: &str) -> Option<String> {
        self.headings.get(anchor).map(|file| link(from, file, anchor))
    }

    /// The address of a note as seen from a file.
    pub(super) fn note(&self, from: &str, number: usize) -> String {
        link(from, &self.notes, &note_id(number))
    }

    /// The address of a reference to a note as seen from a file; none if no file holds it.
    pub(super) fn reference(&self, from: &str, number: usize, occurrence: usize) -> Option<String> {
        let file = self.references.get(&(number, occurrence))?;
        Some(link(from, file, &reference_id(number, occurrence)))
    }
}

/// The name of a note. Names of ours have a full stop in them; a heading's anchor never has, so the two cannot meet.
pub(super) fn note_id(number: usize) -> String {
    format!("ui.note-{number}")
}

/// The name of a reference to a note.
pub(super) fn reference_id(number: usize, occurrence: usize) -> String {
    format!("ui.note-{number}-{occurrence}")
}

fn link(from: &str, file: &str, name: &str) -> String {
    let file = if from == file { "" } else { file };
    format!("{file}#{}", fragment(name))
}
