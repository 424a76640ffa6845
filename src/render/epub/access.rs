//! What a book can say about its own accessibility, computed from its parts.
//!
//! The vocabulary is schema.org's, as EPUB Accessibility 1.1 asks for it. A
//! feature is named only where the book's parts show it.

use std::sync::Arc;

use crate::document::{Block, Document, Kind};
use crate::furniture::Furniture;

/// The book's accessibility, as its package file states it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    /// `textual`, and `visual` where pictures carry meaning.
    pub modes: Vec<&'static str>,
    /// Which modes suffice, each a set with commas.
    pub sufficient: Vec<&'static str>,
    /// Features, or `none` alone.
    pub features: Vec<&'static str>,
    /// Whether anything in it could harm.
    pub hazard: Hazard,
    /// The same in words, in the book's language; none where the language has no words for it.
    pub summary: Option<String>,
}

/// Whether anything in the book flashes, moves or sounds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Hazard {
    /// All pictures are still, and there is no sound, film or script.
    None,
    /// There is a picture that moves, and nobody has looked at how.
    #[default]
    Unknown,
}

impl Hazard {
    /// The vocabulary's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }
}

/// What the parts of a book show.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The page.
    pub document: &'a Document,
    /// Whether the book has a picture of its cover, and words for it.
    pub cover: bool,
    /// The style sheet, with colours filled in.
    pub sheet: &'a str,
    /// How many entries the contents have.
    pub contents: usize,
    /// Whether it marks the printed edition's pages.
    pub pages: bool,
}

/// Computes what the book can say.
pub fn access(facts: &Facts, furniture: &Furniture) -> Access {
    let mut pictures = Pictures::default();
    pictures.look(&facts.document.blocks);
    facts.document.notes.iter().for_each(|note| pictures.look(&note.blocks));
    // A page's own cover picture shows the subject; on a picture of a whole cover, words of its own name it.
    if let (Some(cover), false) = (&facts.document.cover, facts.cover) {
        pictures.meaningful += 1;
        pictures.described += usize::from(!cover.alt.trim().is_empty());
    }
    let described = pictures.meaningful == pictures.described;

    let mut modes = vec!["textual"];
    let mut sufficient = Vec::new();
    if pictures.meaningful > 0 {
        modes.push("visual");
        sufficient.push("textual,visual");
    }
    if described {
        sufficient.push("textual");
    }

    let mut features = Vec::new();
    let mut add = |name: &'static str, on: bool| {
        if on {
            features.push(name);
        }
    };
    let alternatives = described && (pictures.meaningful > 0 || facts.cover);
    let relative = relative(facts.sheet);
    add("alternativeText", alternatives);
    add("displayTransformability", relative);
    add("pageBreakMarkers", facts.pages);
    add("pageNavigation", facts.pages);
    // The spine follows the document's own order, and so do the contents.
    add("readingOrder", facts.contents > 0);
    add("structuralNavigation", has_heading(&facts.document.blocks));
    add("tableOfContents", facts.contents > 0);
    if features.is_empty() {
        features.push("none");
    }

    let still = facts.document.assets.iter().all(|asset| !moves(asset.media_type, &asset.bytes));
    let hazard = if still { Hazard::None } else { Hazard::Unknown };
    let sentences = [
        ("access-text", relative),
        ("access-navigation", facts.contents > 0),
        ("access-pictures", described && pictures.meaningful > 0),
        ("access-no-pictures", pictures.meaningful == 0),
        ("access-pages", facts.pages),
        ("access-hazards", hazard == Hazard::None),
    ];
    let summary: Vec<&str> = sentences
        .iter()
        .filter(|(_, on)| *on)
        .filter_map(|(key, _)| furniture.words.get(*key).map(String::as_str))
        .collect();
    let summary = (!summary.is_empty()).then(|| summary.join(" "));
    Access { modes, sufficient, features, hazard, summary }
}

#[derive(Default)]
struct Pictures {
    meaningful: usize,
    described: usize,
}

impl Pictures {
    fn look(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Kind::Figure { asset: Some(_), alt, decorative: false, .. } = &block.kind {
                self.meaningful += 1;
                self.described += usize::from(!alt.trim().is_empty());
            }
            inside(block).into_iter().for_each(|blocks| self.look(blocks));
        }
    }
}

/// The blocks inside a block, as runs.
pub(super) fn inside(block: &Block) -> Vec<&[Block]> {
    match &block.kind {
        Kind::List { items, .. } => items.iter().map(|item| item.blocks.as_slice()).collect(),
        Kind::Callout { blocks, .. } | Kind::Quote { blocks, .. } => vec![blocks],
        Kind::Definitions { items } => items.iter().flat_map(|item| &item.meanings).map(Vec::as_slice).collect(),
        Kind::Heading { .. }
        | Kind::Paragraph { .. }
        | Kind::Table { .. }
        | Kind::Figure { .. }
        | Kind::FillIn { .. }
        | Kind::Video { .. }
        | Kind::Rule => Vec::new(),
    }
}

fn has_heading(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| matches!(block.kind, Kind::Heading { .. }))
}

/// Whether a style sheet leaves text size and spacing to the reader: nothing in absolute units, and no heights.
fn relative(sheet: &str) -> bool {
    let plain = without_comments(sheet);
    let absolute = plain.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '#' | '-'))).any(|word| {
        let number = word.trim_start_matches('-');
        let unit = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        unit.len() < number.len()
            && ["px", "pt", "pc", "cm", "mm", "in", "q"].contains(&unit.to_ascii_lowercase().as_str())
    });
    let names = plain.split([';', '{', '}']).filter_map(|rule| rule.split_once(':').map(|(name, _)| name.trim()));
    let heights = names.filter(|name| matches!(*name, "height" | "max-height")).count();
    !absolute && heights == 0
}

fn without_comments(sheet: &str) -> String {
    let mut out = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// Whether a picture may move. SVG may, since it can hold animation.
fn moves(media_type: &str, bytes: &Arc<[u8]>) -> bool {
    let holds = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
    match media_type {
        "image/jpeg" => false,
        "image/png" => holds(b"acTL"),
        // A second frame has a second block of graphic control.
        "image/gif" => bytes.windows(3).filter(|w| *w == [0x21, 0xF9, 0x04]).count() > 1,
        "image/webp" => holds(b"ANIM"),
        "image/svg+xml" => holds(b"<animate") || holds(b"<set") || holds(b"@keyframes") || holds(b"<script"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_units_and_heights_are_found() {
        assert!(relative("p { margin: 1.5em 0 2%; color: #1F1F1D; line-height: 1.5 } /* 12pt */"));
        assert!(!relative("p { margin: 12px }"));
        assert!(!relative("p{font-size:12pt}"));
        assert!(!relative("p { height: 2em }"));
        assert!(!relative("p { margin: -1.5mm }"));
    }

    #[test]
    fn our_own_style_sheet_leaves_size_and_spacing_to_the_reader() {
        assert!(relative(include_str!("../../../layouts/epub/style.css")));
    }
}
