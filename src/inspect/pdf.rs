//! Facts about a PDF, from its bytes.
//!
//! - `objects`: safe steps from object to object
//! - `pages`: the page tree, boxes, labels, links
//! - `content`: what each page paints: runs of text with their places
//! - `draw`: paths, colours and pictures on it, kept as `shapes`
//! - `sheet`: one page while it is painted
//! - [`ink`]: what a press would do with it: colours, lines, pictures, boxes
//! - `font`: how codes become characters and widths
//! - `text`: how runs join to words and blocks
//! - `tree`: the structure tree, and the runs put in its order
//! - `parents`: whether the way back, from content to element, leads to the same place; the role map
//! - `metadata`: title, language, XMP, outline

mod content;
mod draw;
mod facts;
mod font;
pub mod ink;
mod matrix;
mod metadata;
mod objects;
mod pages;
mod parents;
mod shapes;
mod sheet;
#[cfg(test)]
mod tests;
mod text;
mod tree;

pub use facts::*;
pub use parents::is_standard;

use super::InspectError;
use objects::Pdf;

/// No page or font map of an edition is longer than this when unpacked, in bytes: a page full of type has about a
/// fortieth of a megabyte. The parser needs some fifty times as much memory.
const MAX_STREAM: usize = 8 << 20;

/// Reads a PDF and states what it finds.
///
/// # Errors
/// [`InspectError::Broken`] where the bytes are no readable PDF (an encrypted one included),
/// [`InspectError::TooLarge`] where a limit is passed.
pub fn inspect(bytes: &[u8]) -> Result<PdfFacts, InspectError> {
    let document = objects::load(bytes)?;
    let pdf = Pdf::new(&document);
    let pages = pages::pages(&pdf)?;
    let mut painted = content::paint(&pdf, &pages)?;
    let read = tree::read(&pdf, &pages, painted.tagged)?;

    let mut facts = PdfFacts { version: document.version.clone(), ..PdfFacts::default() };
    metadata::fill(&pdf, &pages, &mut facts)?;
    facts.links = pages::links(&pdf, &pages, &read);
    facts.annotations = pages::annotations(&pdf, &pages, &read);
    facts.astray = parents::astray(&pdf, &pages, &read);
    facts.bad_roles = parents::bad_roles(&pdf);
    let runs = std::mem::take(&mut painted.runs);
    let labels = pages::labels(&pdf, pages.len());
    for (((page, facts_of), label), runs) in pages.iter().zip(painted.pages).zip(labels).zip(runs) {
        let held = |(mark, run): (Option<_>, TextRun)| TextRun {
            node: mark.and_then(|mark| read.holders.get(&mark).copied()),
            ..run
        };
        facts.pages.push(PageFacts {
            label,
            width: page.width,
            height: page.height,
            trim: page.trim,
            tabs: pdf.name(page.dict, "Tabs"),
            has_annotations: pdf.array(page.dict, "Annots").is_some_and(|list| !list.is_empty()),
            runs: runs.into_iter().map(held).collect(),
            ..facts_of
        });
    }
    facts.fonts = painted.fonts;
    facts.nodes = read.nodes;
    facts.text = read.text;
    facts.page_starts = read.starts;
    facts.untagged = painted.untagged + &read.unreached;
    Ok(facts)
}

/// How many pages the PDF has: the one fact that every build states.
///
/// # Errors
/// As [`inspect`].
pub fn page_count(bytes: &[u8]) -> Result<usize, InspectError> {
    let document = objects::load(bytes)?;
    Ok(pages::pages(&Pdf::new(&document))?.len())
}
