//! The sheets as a PDF: every page as it is, moved to its place.
//!
//! Tags and links are left behind: sheets are for the printer. The pages' drawings, fonts and pictures are taken over
//! as they are packed.

use std::collections::BTreeMap;
use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, text_string};
use sha2::{Digest, Sha256};

use super::MM;
use super::copy::{Copier, numbers};
use super::layers::{self, Layer};
use super::marks::{marks, point, slug};
use super::plan::{Cell, Options, Plan, Side};
use super::refusal::Refusal;
use super::source::Source;
use crate::manifest::GENERATOR;
use crate::paper::Flip;

/// What the file says of itself.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Its title.
    pub title: String,
    /// The language of the title.
    pub language: Option<String>,
    /// The only date in it, year-month-day; never the clock's.
    pub date: Option<String>,
    /// The digest of what the pages were read from.
    pub source: String,
}

/// Draws the sheets. `slugs` has a page for each side, to stand in its margin.
pub fn draw(
    source: Source,
    plan: &Plan,
    options: &Options,
    about: &About,
    slugs: Option<Source>,
) -> Result<Vec<u8>, Refusal> {
    let mut document = Document::with_version("1.7");
    let root = document.new_object_id();
    let (names, mut all) = match options.marks {
        true => layers::make(&mut document, options.bars),
        false => Default::default(),
    };
    let (forms, hidden) = {
        let (mut copier, pages) = Copier::new(source, &mut document);
        let mut forms = BTreeMap::new();
        for cell in plan.sides().flat_map(|side| &side.cells) {
            if let Some(index) = cell.page.filter(|index| !forms.contains_key(index))
                && let Some(page) = pages.get(index)
            {
                forms.insert(index, copier.form(page, index + 1, plan.bleed)?);
            }
        }
        let (own, hidden) = layers::of_pages(&copier);
        all.extend(own);
        (forms, hidden)
    };
    let mut slug_forms = Vec::new();
    if let Some(slugs) = slugs {
        let (mut copier, pages) = Copier::new(slugs, &mut document);
        for (index, page) in pages.iter().enumerate() {
            slug_forms.push(copier.form(page, index + 1, 0.0)?);
        }
    }
    let colours = options.marks.then(|| colours(&mut document));
    let mut kids = Vec::new();
    for (index, side) in plan.sides().enumerate() {
        let mut resources = Dictionary::new();
        let mut pictures = Dictionary::new();
        let mut drawing = String::new();
        for cell in &side.cells {
            if let Some((page, form)) = cell.page.and_then(|page| Some((page, forms.get(&page)?))) {
                pictures.set(name(page), *form);
                place(&mut drawing, cell, page);
            }
        }
        if let Some(colours) = colours {
            let marks = marks(side, plan.bleed).into_iter();
            for (layer, marks) in marks.filter(|(layer, _)| options.bars || *layer != Layer::Bars) {
                on_layer(&mut drawing, layer, &marks);
            }
            if let (Some(frame), Some(form)) = (slug(side, plan.bleed), slug_forms.get(index)) {
                pictures.set("Slug", *form);
                let move_there = format!("1 0 0 1 {} {} cm /Slug Do\n", point(frame.x), point(frame.y));
                on_layer(&mut drawing, Layer::Slug, &move_there);
            }
            resources.set("Properties", names.clone());
            resources.set("ColorSpace", colours);
        }
        resources.set("XObject", pictures);
        let contents = document.add_object(packed(drawing.into_bytes()));
        let mut page = Dictionary::new();
        page.set("Type", "Page");
        page.set("Parent", root);
        boxes(&mut page, side, plan);
        page.set("Resources", resources);
        page.set("Contents", contents);
        kids.push(Object::Reference(document.add_object(page)));
    }
    let mut pages = Dictionary::new();
    pages.set("Type", "Pages");
    pages.set("Count", kids.len() as i64);
    pages.set("Kids", kids);
    document.objects.insert(root, pages.into());
    finish(&mut document, root, plan, about, (&all, &hidden));
    let digest = Sha256::digest(format!("{GENERATOR} {} {options:?} {plan:?} {about:?}", about.source));
    let id = Object::String(digest.iter().take(16).copied().collect(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    let packing = SaveOptions { use_object_streams: true, use_xref_streams: true, ..SaveOptions::default() };
    document.save_with_options(&mut bytes, packing).map_err(|error| Refusal::Damaged(error.to_string()))?;
    Ok(bytes)
}

fn name(page: usize) -> String {
    format!("P{}", page + 1)
}

/// Moves a page to its place; it is shown to the edge of its bleed or to the fold.
fn place(out: &mut String, cell: &Cell, page: usize) {
    let (trim, shown) = (cell.trim, cell.shown);
    let clip = [shown.x, shown.y, shown.width, shown.height].map(point).join(" ");
    let (turn, x, y) = match cell.turn {
        90 => ("0 1 -1 0", trim.right(), trim.y),
        180 => ("-1 0 0 -1", trim.right(), trim.top()),
        270 => ("0 -1 1 0", trim.x, trim.top()),
        _ => ("1 0 0 1", trim.x, trim.y),
    };
    // writing to a string cannot fail
    let _ = writeln!(out, "q {clip} re W n {turn} {} {} cm /{} Do Q", point(x), point(y), name(page));
}

fn on_layer(out: &mut String, layer: Layer, drawing: &str) {
    let _ = writeln!(out, "/OC /{} BDC q\n{drawing}Q EMC", layer.key());
}

/// The paper, and where bleed and trim of the pages end.
fn boxes(page: &mut Dictionary, side: &Side, plan: &Plan) {
    let corners = |left: f64, low: f64, right: f64, high: f64| numbers(&[left * MM, low * MM, right * MM, high * MM]);
    let sheet = plan.sheet;
    page.set("MediaBox", corners(0.0, 0.0, sheet.width, sheet.height));
    if let Some(block) = side.block() {
        let inside = |grown: f64| {
            let frame = block.grown(grown);
            corners(frame.x.max(0.0), frame.y.max(0.0), frame.right().min(sheet.width), frame.top().min(sheet.height))
        };
        page.set("TrimBox", inside(0.0));
        page.set("BleedBox", inside(plan.bleed));
    }
}

/// The colour of marks: every ink at its full strength.
fn colours(document: &mut Document) -> ObjectId {
    let mut tint = Dictionary::new();
    tint.set("FunctionType", 2);
    tint.set("Domain", numbers(&[0.0, 1.0]));
    tint.set("C0", numbers(&[0.0; 4]));
    tint.set("C1", numbers(&[1.0; 4]));
    tint.set("N", 1);
    let name = |name: &str| Object::Name(name.as_bytes().to_vec());
    let mut colours = Dictionary::new();
    colours.set("Register", vec![name("Separation"), name("All"), name("DeviceCMYK"), tint.into()]);
    document.add_object(colours)
}

/// Below this a drawing is left as it is, in bytes: packing would save a few, and setting the packer up takes longer
/// than all else that a side needs.
const WORTH_PACKING: usize = 512;

/// Packed where that makes it shorter.
fn packed(bytes: Vec<u8>) -> Stream {
    let worth = bytes.len() >= WORTH_PACKING;
    let mut stream = Stream::new(Dictionary::new(), bytes);
    if worth {
        // what cannot be packed stays as it is
        let _ = stream.compress();
    }
    stream
}

fn finish(
    document: &mut Document,
    root: ObjectId,
    plan: &Plan,
    about: &About,
    (all, hidden): (&[ObjectId], &[ObjectId]),
) {
    let mut kind = Dictionary::new();
    kind.set("Type", "Metadata");
    kind.set("Subtype", "XML");
    let metadata = Stream::new(kind, xmp(about).into_bytes()).with_compression(false);
    let metadata = document.add_object(metadata);
    let mut printing = Dictionary::new();
    printing.set("PrintScaling", "None");
    printing.set("Duplex", if plan.flip == Flip::Long { "DuplexFlipLongEdge" } else { "DuplexFlipShortEdge" });
    printing.set("PickTrayByPDFSize", true);
    printing.set("DisplayDocTitle", true);
    let mut catalog = Dictionary::new();
    catalog.set("Type", "Catalog");
    catalog.set("Pages", root);
    catalog.set("Metadata", metadata);
    catalog.set("ViewerPreferences", printing);
    if let Some(language) = &about.language {
        catalog.set("Lang", text_string(language));
    }
    if !all.is_empty() {
        catalog.set("OCProperties", layers::properties(all, hidden));
    }
    let catalog = document.add_object(catalog);
    let mut info = Dictionary::new();
    info.set("Title", text_string(&about.title));
    info.set("Producer", text_string(GENERATOR));
    if let Some(date) = &about.date {
        let date = format!("D:{}000000Z", date.replace('-', ""));
        info.set("CreationDate", Object::string_literal(date.as_str()));
        info.set("ModDate", Object::string_literal(date.as_str()));
    }
    let info = document.add_object(info);
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
}

fn xmp(about: &About) -> String {
    let safe = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let date = about.date.as_ref().map_or_else(String::new, |date| {
        let moment = format!("{date}T00:00:00Z");
        format!("<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>")
    });
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>{date}\
         <pdf:Producer>{GENERATOR}</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>",
        safe(&about.title)
    )
}
