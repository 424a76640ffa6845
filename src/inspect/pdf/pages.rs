//! The page tree, page boxes, page labels and links.

use super::objects::Pdf;
use super::tree::Read;
use super::{Annotation, Link, Target};
use crate::inspect::InspectError;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// More pages than any edition has.
const MAX_PAGES: usize = 20_000;
/// More links than any edition has.
const MAX_LINKS: usize = 100_000;
/// Deeper than any page, name or number tree is.
const MAX_DEPTH: usize = 64;

/// A page and what it inherits.
pub(super) struct Page<'a> {
    pub id: ObjectId,
    pub dict: &'a Dictionary,
    pub resources: Option<&'a Dictionary>,
    pub width: f64,
    pub height: f64,
    /// Left, bottom, right, top: what visible text must stay in.
    pub frame: [f64; 4],
    pub trim: Option<[f64; 4]>,
    /// The paper and what is shown of it, where they are written.
    pub media: Option<[f64; 4]>,
    pub crop: Option<[f64; 4]>,
    /// How many points the page's unit is.
    pub unit: f64,
}

#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media: Option<[f64; 4]>,
    crop: Option<[f64; 4]>,
    turn: i64,
}

/// All pages in order.
pub(super) fn pages<'a>(pdf: &Pdf<'a>) -> Result<Vec<Page<'a>>, InspectError> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let root = pdf.catalog().and_then(|catalog| catalog.get(b"Pages").ok());
    if let Some(root) = root {
        walk(pdf, root, Inherited::default(), 0, &mut seen, &mut out)?;
    }
    if out.is_empty() {
        return Err(InspectError::Broken("it has no pages".into()));
    }
    Ok(out)
}

fn walk<'a>(
    pdf: &Pdf<'a>,
    object: &'a Object,
    mut from: Inherited<'a>,
    depth: usize,
    seen: &mut BTreeSet<ObjectId>,
    out: &mut Vec<Page<'a>>,
) -> Result<(), InspectError> {
    if depth > MAX_DEPTH || out.len() >= MAX_PAGES {
        return Err(InspectError::TooLarge("too many pages, or pages nested too deeply"));
    }
    let Some((Some(id), Object::Dictionary(dict))) = pdf.resolve_id(object) else { return Ok(()) };
    if !seen.insert(id) {
        return Ok(());
    }
    from.resources = pdf.dict(dict, "Resources").or(from.resources);
    from.media = rectangle(pdf, dict, "MediaBox").or(from.media);
    from.crop = rectangle(pdf, dict, "CropBox").or(from.crop);
    from.turn = pdf.integer(dict, "Rotate").unwrap_or(from.turn);
    if let Some(kids) = pdf.array(dict, "Kids") {
        for kid in kids {
            walk(pdf, kid, from, depth + 1, seen, out)?;
        }
        return Ok(());
    }
    // A page without a box has none that a reader agrees on: letter size is what the format falls back to.
    let media = from.media.unwrap_or([0.0, 0.0, 612.0, 792.0]);
    let crop = from.crop.unwrap_or(media);
    let unit = pdf.number(dict, "UserUnit").filter(|unit| *unit > 0.0).unwrap_or(1.0);
    let (mut width, mut height) = ((crop[2] - crop[0]) * unit, (crop[3] - crop[1]) * unit);
    if from.turn.rem_euclid(180) == 90 {
        (width, height) = (height, width);
    }
    let trim = rectangle(pdf, dict, "TrimBox");
    // Numbers of a file are of single precision: a thousandth of a point is what they are good for.
    let (width, height) = ((width * 1000.0).round() / 1000.0, (height * 1000.0).round() / 1000.0);
    let frame = trim.unwrap_or(crop);
    let Inherited { resources, media, crop, .. } = from;
    out.push(Page { id, dict, resources, width, height, frame, trim, media, crop, unit });
    Ok(())
}

/// A rectangle with its corners in order.
fn rectangle<'a>(pdf: &Pdf<'a>, dict: &'a Dictionary, key: &str) -> Option<[f64; 4]> {
    let [x0, y0, x1, y1] = <[f64; 4]>::try_from(pdf.numbers(dict, key)?).ok()?;
    Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)])
}

/// The link annotations, page by page.
pub(super) fn links<'a>(pdf: &Pdf<'a>, pages: &[Page<'a>], read: &Read) -> Vec<Link> {
    let destinations = Destinations::new(pdf, pages);
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, page) in pages.iter().enumerate() {
        for object in pdf.array(page.dict, "Annots").unwrap_or(&[]) {
            let Some((id, Object::Dictionary(annotation))) = pdf.resolve_id(object) else { continue };
            let again = id.is_some_and(|id| !seen.insert(id));
            if again || pdf.name(annotation, "Subtype").as_deref() != Some("Link") || out.len() >= MAX_LINKS {
                continue;
            }
            let text = id.and_then(|id| read.annotations.get(&id)).and_then(|node| read.nodes.get(*node));
            out.push(Link {
                page: index + 1,
                target: target(pdf, annotation, &destinations),
                contents: pdf.text(annotation, "Contents"),
                text: text.map(|node| read.text.get(node.range.clone()).unwrap_or("").chars().take(1000).collect()),
            });
        }
    }
    out
}

fn target<'a>(pdf: &Pdf<'a>, annotation: &'a Dictionary, destinations: &Destinations<'a>) -> Target {
    let action = pdf.dict(annotation, "A");
    if let Some(uri) = action.and_then(|action| pdf.get(action, "URI")).and_then(|uri| uri.as_str().ok()) {
        return Target::Uri(String::from_utf8_lossy(uri).into_owned());
    }
    let destination = pdf.get(annotation, "Dest").or_else(|| pdf.get(action?, "D"));
    destination.and_then(|object| destinations.page(pdf, object)).map_or(Target::Other, Target::Page)
}

/// The annotations that are no links, page by page; pop-ups and printer's marks stand beside the content.
pub(super) fn annotations<'a>(pdf: &Pdf<'a>, pages: &[Page<'a>], read: &Read) -> Vec<Annotation> {
    let mut out = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        for object in pdf.array(page.dict, "Annots").unwrap_or(&[]) {
            let Some((id, Object::Dictionary(annotation))) = pdf.resolve_id(object) else { continue };
            let kind = pdf.name(annotation, "Subtype").unwrap_or_default();
            // Bit 2: hidden.
            let hidden = pdf.integer(annotation, "F").unwrap_or(0) & 2 != 0;
            if !hidden && !matches!(kind.as_str(), "Link" | "Popup" | "PrinterMark") && out.len() < MAX_LINKS {
                let tagged = id.is_some_and(|id| read.annotations.contains_key(&id));
                out.push(Annotation { page: index + 1, kind, tagged });
            }
        }
    }
    out
}

/// Which page a destination leads to.
pub(super) struct Destinations<'a> {
    numbers: BTreeMap<ObjectId, usize>,
    named: BTreeMap<Vec<u8>, &'a Object>,
}

impl<'a> Destinations<'a> {
    pub fn new(pdf: &Pdf<'a>, pages: &[Page]) -> Self {
        let numbers = pages.iter().enumerate().map(|(i, page)| (page.id, i + 1)).collect();
        let mut named = BTreeMap::new();
        let catalog = pdf.catalog();
        if let Some(old) = catalog.and_then(|catalog| pdf.dict(catalog, "Dests")) {
            named.extend(old.iter().map(|(name, object)| (name.clone(), object)));
        }
        let tree = catalog.and_then(|catalog| pdf.dict(catalog, "Names")).and_then(|names| pdf.dict(names, "Dests"));
        let mut pairs = Vec::new();
        if let Some(tree) = tree {
            collect(pdf, tree, "Names", 0, &mut pairs);
        }
        named.extend(pairs.into_iter().filter_map(|(key, value)| Some((key.as_str().ok()?.to_vec(), value))));
        Self { numbers, named }
    }

    /// The page number, from 1, of an explicit or named destination.
    pub fn page(&self, pdf: &Pdf<'a>, object: &'a Object) -> Option<usize> {
        let mut object = pdf.resolve(object)?;
        // A name leads to a dictionary that leads to an array: three steps, never more.
        for _ in 0..3 {
            object = match object {
                Object::String(name, _) | Object::Name(name) => pdf.resolve(self.named.get(name)?)?,
                Object::Dictionary(dict) => pdf.get(dict, "D")?,
                Object::Array(array) => return self.numbers.get(&array.first()?.as_reference().ok()?).copied(),
                _ => return None,
            };
        }
        match object {
            Object::Array(array) => self.numbers.get(&array.first()?.as_reference().ok()?).copied(),
            _ => None,
        }
    }
}

/// The pairs of a name or number tree, in its order.
pub(super) fn collect<'a>(
    pdf: &Pdf<'a>,
    node: &'a Dictionary,
    key: &str,
    depth: usize,
    out: &mut Vec<(&'a Object, &'a Object)>,
) {
    // Nodes may name each other in a circle: depth and number are bounded.
    if depth > 8 || out.len() > 1 << 20 {
        return;
    }
    for pair in pdf.array(node, key).unwrap_or(&[]).chunks_exact(2) {
        if let [name, value] = pair
            && let Some(name) = pdf.resolve(name)
        {
            out.push((name, value));
        }
    }
    for kid in pdf.array(node, "Kids").unwrap_or(&[]).iter().take(4096) {
        if let Some(kid) = pdf.as_dict(kid) {
            collect(pdf, kid, key, depth + 1, out);
        }
    }
}

/// The label of each page.
pub(super) fn labels(pdf: &Pdf, count: usize) -> Vec<String> {
    let mut pairs = Vec::new();
    if let Some(tree) = pdf.catalog().and_then(|catalog| pdf.dict(catalog, "PageLabels")) {
        collect(pdf, tree, "Nums", 0, &mut pairs);
    }
    let mut ranges: Vec<(usize, &Dictionary)> = pairs
        .into_iter()
        .filter_map(|(first, range)| Some((usize::try_from(first.as_i64().ok()?).ok()?, pdf.as_dict(range)?)))
        .collect();
    ranges.sort_by_key(|(first, _)| *first);
    (0..count)
        .map(|page| {
            let at = ranges.partition_point(|(first, _)| *first <= page);
            let Some((first, range)) = at.checked_sub(1).and_then(|i| ranges.get(i)) else {
                return (page + 1).to_string();
            };
            let start = pdf.integer(range, "St").unwrap_or(1).clamp(1, 1 << 20) as usize;
            let number = start + (page - first);
            let style = pdf.name(range, "S");
            let number = match style.as_deref() {
                Some("D") => number.to_string(),
                Some("R") => roman(number).to_uppercase(),
                Some("r") => roman(number),
                Some("A") => letters(number).to_uppercase(),
                Some("a") => letters(number),
                _ => String::new(),
            };
            pdf.text(range, "P").unwrap_or_default() + &number
        })
        .collect()
}

fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number > 9999 {
        return number.to_string();
    }
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

/// a to z, then aa to zz, and so on.
fn letters(number: usize) -> String {
    let letter = (b'a' + ((number - 1) % 26) as u8) as char;
    letter.to_string().repeat(((number - 1) / 26 + 1).min(100))
}
