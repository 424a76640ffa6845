//! Boxes, annotations, and what the file says of itself to a printer.

use super::colour::Space;
use super::{Area, Extra, InkFacts, InkPage, Intent};
use crate::inspect::InspectError;
use crate::inspect::pdf::objects::Pdf;
use crate::inspect::pdf::pages::Page;
use lopdf::{Dictionary, Object};

/// More annotations than any page of paper has.
const MAX_ANNOTATIONS: usize = 10_000;

/// What the file says of itself.
pub(super) fn file(pdf: &Pdf, facts: &mut InkFacts) -> Result<(), InspectError> {
    let trailer = &pdf.document().trailer;
    facts.identified = pdf.array(trailer, "ID").is_some_and(|parts| {
        parts.len() == 2 && parts.iter().all(|part| part.as_str().is_ok_and(|bytes| !bytes.is_empty()))
    });
    let trapped = pdf.dict(trailer, "Info").and_then(|info| pdf.get(info, "Trapped"));
    facts.trapped = trapped.and_then(|object| match object {
        Object::Name(name) => Some(String::from_utf8_lossy(name).into_owned()),
        Object::Boolean(yes) => Some(if *yes { "True" } else { "False" }.to_string()),
        _ => None,
    });
    let Some(catalog) = pdf.catalog() else { return Ok(()) };
    if let Some(Object::Stream(stream)) = pdf.get(catalog, "Metadata") {
        let packet = pdf.unpack(stream)?;
        let packet = String::from_utf8_lossy(&packet);
        facts.pdfx = value(&packet, "http://www.npes.org/pdfx/ns/id/", "GTS_PDFXVersion");
        facts.trapped = facts.trapped.take().or_else(|| value(&packet, "http://ns.adobe.com/pdf/1.3/", "Trapped"));
    }
    let intents = pdf.array(catalog, "OutputIntents").unwrap_or(&[]).iter();
    facts.intent = intents
        .filter_map(|object| pdf.as_dict(object))
        .find(|dict| pdf.name(dict, "S").as_deref() == Some("GTS_PDFX"))
        .map(|dict| intent(pdf, dict));
    Ok(())
}

fn intent(pdf: &Pdf, dict: &Dictionary) -> Intent {
    // The dictionary lives as long as the document; the profile is looked up by reference.
    let condition = dict.get(b"OutputConditionIdentifier").ok().and_then(|text| lopdf::decode_text_string(text).ok());
    let profile = dict.get(b"DestOutputProfile").ok().and_then(|object| match object {
        Object::Reference(id) => pdf.object(*id),
        _ => None,
    });
    let Some(Object::Stream(stream)) = profile else { return Intent { condition, ..Intent::default() } };
    let bytes = pdf.unpack(stream).unwrap_or_default();
    let inks = pdf.integer(&stream.dict, "N");
    // A profile's class stands at byte 12, its signature at 36 (ICC.1, 7.2).
    let class = bytes.get(12..16) == Some(b"prtr") && bytes.get(36..40) == Some(b"acsp");
    Intent { condition, inks, is_output_profile: class }
}

/// What happens when the file is opened, and what else is nothing to print.
pub(super) fn extras<'a>(pdf: &Pdf<'a>, pages: &[Page<'a>]) -> Vec<(Option<usize>, Extra)> {
    let mut out = Vec::new();
    let scripted = |action: &'a Dictionary| pdf.name(action, "S").as_deref() == Some("JavaScript");
    let of = |action: &'a Dictionary| if scripted(action) { Extra::Script } else { Extra::Action };
    // Each of `AA` is an action of its own (ISO 32000-1, 12.6.3).
    let more = |dict: &'a Dictionary| -> Vec<Extra> {
        let all = pdf.dict(dict, "AA").map(|actions| actions.iter().filter_map(|(_, o)| pdf.as_dict(o)));
        all.into_iter().flatten().take(MAX_ANNOTATIONS).map(of).collect()
    };
    if let Some(catalog) = pdf.catalog() {
        // An array only says which page is shown first.
        let first = pdf.dict(catalog, "OpenAction").map(of);
        out.extend(first.into_iter().chain(more(catalog)).map(|extra| (None, extra)));
        let names = pdf.dict(catalog, "Names");
        if names.is_some_and(|names| pdf.dict(names, "JavaScript").is_some()) {
            out.push((None, Extra::Script));
        }
        let listed = names.is_some_and(|names| pdf.dict(names, "EmbeddedFiles").is_some());
        if listed || pdf.array(catalog, "AF").is_some_and(|files| !files.is_empty()) {
            out.push((None, Extra::File));
        }
    }
    for (index, page) in pages.iter().enumerate() {
        let notes = pdf.array(page.dict, "Annots").unwrap_or(&[]).iter().take(MAX_ANNOTATIONS);
        let notes = notes.filter_map(|object| pdf.as_dict(object)).flat_map(|note| {
            let own = pdf.dict(note, "A").filter(|action| scripted(action)).map(of);
            own.into_iter().chain(more(note))
        });
        out.extend(more(page.dict).into_iter().chain(notes).map(|extra| (Some(index + 1), extra)));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The boxes and annotations of a page.
pub(super) fn page<'a>(pdf: &Pdf<'a>, page: &Page<'a>, label: String) -> InkPage {
    let rectangle = |dict: &'a Dictionary, key: &str| -> Option<Area> {
        let [x0, y0, x1, y1] = <[f64; 4]>::try_from(pdf.numbers(dict, key)?).ok()?;
        Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)])
    };
    let unit = page.unit;
    let points = |area: Area| area.map(|edge| edge * unit);
    let mut annotations = Vec::new();
    for object in pdf.array(page.dict, "Annots").unwrap_or(&[]).iter().take(MAX_ANNOTATIONS) {
        let Some(dict) = pdf.as_dict(object) else { continue };
        let kind = pdf.name(dict, "Subtype").unwrap_or_default();
        annotations.push((kind, points(rectangle(dict, "Rect").unwrap_or(page.frame))));
    }
    let group = pdf.dict(page.dict, "Group").and_then(|group| group.get(b"CS").ok());
    let blending = group.map(|object| Space::read(pdf, object, page.resources)).and_then(|space| match space {
        Space::Foreign { name, .. } => Some(name),
        _ => None,
    });
    let bleed = rectangle(page.dict, "BleedBox");
    InkPage {
        label,
        media: points(page.media.or(bleed).unwrap_or(page.frame)),
        has_media: page.media.is_some(),
        crop: page.crop.map(points),
        unit,
        trim: page.trim.map(points),
        bleed: bleed.map(points),
        annotations,
        blending,
        ..InkPage::default()
    }
}

/// A value of the XMP packet, written as an element or as an attribute.
fn value(packet: &str, space: &str, name: &str) -> Option<String> {
    let options = roxmltree::ParsingOptions { nodes_limit: 100_000, ..Default::default() };
    let text = packet.trim_start_matches('\u{feff}').trim();
    let xml = roxmltree::Document::parse_with_options(text, options).ok()?;
    let found = xml.descendants().find_map(|node| {
        if node.has_tag_name((space, name)) { node.text() } else { node.attribute((space, name)) }.map(str::trim)
    });
    found.filter(|text| !text.is_empty()).map(str::to_string)
}
