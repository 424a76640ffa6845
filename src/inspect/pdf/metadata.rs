//! Title, language, XMP and bookmarks.

use super::objects::Pdf;
use super::pages::{Destinations, Page};
use super::{OutlineEntry, PdfFacts};
use crate::inspect::InspectError;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeSet;

const MAX_BOOKMARKS: usize = 100_000;

/// Fills in what the catalogue and the information dictionary say.
pub(super) fn fill(pdf: &Pdf, pages: &[Page], facts: &mut PdfFacts) -> Result<(), InspectError> {
    let information = pdf.dict(&pdf.document().trailer, "Info");
    facts.title = information.and_then(|dict| pdf.text(dict, "Title"));
    let Some(catalog) = pdf.catalog() else { return Ok(()) };
    facts.language = pdf.text(catalog, "Lang");
    facts.marked = pdf.dict(catalog, "MarkInfo").is_some_and(|dict| pdf.flag(dict, "Marked"));
    facts.suspects = pdf.dict(catalog, "MarkInfo").is_some_and(|dict| pdf.flag(dict, "Suspects"));
    facts.display_doc_title =
        pdf.dict(catalog, "ViewerPreferences").is_some_and(|dict| pdf.flag(dict, "DisplayDocTitle"));
    if let Some(Object::Stream(stream)) = pdf.get(catalog, "Metadata") {
        xmp(&String::from_utf8_lossy(&pdf.unpack(stream)?), facts);
    }
    if let Some(root) = pdf.dict(catalog, "Outlines") {
        let destinations = Destinations::new(pdf, pages);
        let mut outline = Outline { pdf, destinations, seen: BTreeSet::new(), out: Vec::new() };
        outline.walk(root, 1)?;
        facts.outline = outline.out;
    }
    Ok(())
}

/// Values stand as elements or as attributes of `rdf:Description`: both are XMP.
fn xmp(packet: &str, facts: &mut PdfFacts) {
    let options = roxmltree::ParsingOptions { nodes_limit: 100_000, ..Default::default() };
    let Ok(xml) = roxmltree::Document::parse_with_options(packet.trim_start_matches('\u{feff}').trim(), options) else {
        return;
    };
    let value = |space: &str, name: &str| {
        xml.descendants().find_map(|node| {
            let text = if node.has_tag_name((space, name)) {
                node.descendants().filter_map(|inner| inner.is_text().then(|| inner.text()).flatten()).collect()
            } else {
                node.attribute((space, name))?.to_string()
            };
            Some(text.trim().to_string()).filter(|text| !text.is_empty())
        })
    };
    const UA: &str = "http://www.aiim.org/pdfua/ns/id/";
    const A: &str = "http://www.aiim.org/pdfa/ns/id/";
    facts.xmp_title = value("http://purl.org/dc/elements/1.1/", "title");
    facts.pdfua_part = value(UA, "part").and_then(|part| part.parse().ok());
    facts.pdfa_part = value(A, "part").and_then(|part| part.parse().ok());
    facts.pdfa_conformance = value(A, "conformance");
}

struct Outline<'p, 'a> {
    pdf: &'p Pdf<'a>,
    destinations: Destinations<'a>,
    seen: BTreeSet<ObjectId>,
    out: Vec<OutlineEntry>,
}

impl<'a> Outline<'_, 'a> {
    fn walk(&mut self, parent: &'a Dictionary, level: usize) -> Result<(), InspectError> {
        if level > 32 {
            return Err(InspectError::TooLarge("bookmarks nested more than 32 deep"));
        }
        let mut next = parent.get(b"First").ok();
        while let Some((Some(id), Object::Dictionary(item))) = next.and_then(|object| self.pdf.resolve_id(object)) {
            if !self.seen.insert(id) {
                break;
            }
            if self.out.len() >= MAX_BOOKMARKS {
                return Err(InspectError::TooLarge("more than 100,000 bookmarks"));
            }
            let action = self.pdf.dict(item, "A").and_then(|action| self.pdf.get(action, "D"));
            let page = self.pdf.get(item, "Dest").or(action).and_then(|o| self.destinations.page(self.pdf, o));
            let title = self.pdf.text(item, "Title").unwrap_or_default();
            self.out.push(OutlineEntry { level, title, page });
            self.walk(item, level + 1)?;
            next = item.get(b"Next").ok();
        }
        Ok(())
    }
}
