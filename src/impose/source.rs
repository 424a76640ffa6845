//! The pages of any PDF, with what they inherit; or the reason why it is refused.

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, decode_text_string};

use super::MM;
use super::refusal::Refusal;
use crate::paper::Size;

/// No stream of objects of an honest file is longer when unpacked, in bytes.
const MAX_OBJECT_STREAM: usize = 64 << 20;
/// No page's drawing is longer when unpacked, in bytes.
pub(super) const MAX_CONTENT: usize = 64 << 20;
/// More pages than anybody folds.
const MAX_PAGES: usize = 20_000;
/// Deeper than any page tree is.
const MAX_DEPTH: usize = 64;

/// A PDF, read.
pub struct Source {
    pub(super) document: Document,
    pub(super) pages: Vec<Page>,
}

/// A page.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub id: ObjectId,
    /// Its resources, its own or inherited; a reference or a dictionary.
    pub resources: Option<Object>,
    /// Left, foot, right, head of the paper, in the page's own units.
    pub media: [f64; 4],
    /// The same of the finished page.
    pub trim: [f64; 4],
    /// How far it is turned for looking at, in degrees with the clock: 0, 90, 180 or 270.
    pub turn: i64,
    /// How many points one of its units is.
    pub unit: f64,
}

impl Page {
    /// The size of the finished page as it is looked at.
    pub fn size(&self) -> Size {
        let [left, low, right, high] = self.trim;
        let millimetres = |n: f64| n * self.unit / MM;
        let size = Size::new(millimetres(right - left), millimetres(high - low));
        if self.turn % 180 == 90 { size.turned() } else { size }
    }
}

#[derive(Clone, Default)]
struct Inherited {
    resources: Option<Object>,
    media: Option<[f64; 4]>,
    crop: Option<[f64; 4]>,
    turn: i64,
}

impl Source {
    /// Reads a PDF. An encrypted, damaged or empty one is refused.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let damaged = |what: &str| Refusal::Damaged(what.to_string());
        if !bytes.iter().take(1024).any(|b| *b == b'%') {
            return Err(damaged("it does not begin as a PDF does"));
        }
        let load = || {
            let options = LoadOptions { max_decompressed_size: Some(MAX_OBJECT_STREAM), ..LoadOptions::default() };
            Document::load_mem_with_options(bytes, options)
        };
        // the parser is not ours: what it might panic on must not end the run
        let document = match catch_unwind(load).map_err(|_| damaged("its objects are damaged"))? {
            Ok(document) => document,
            Err(error) if is_lock(&error) => return Err(Refusal::Locked),
            Err(error) => return Err(Refusal::Damaged(error.to_string())),
        };
        if document.is_encrypted() || document.was_encrypted() {
            return Err(Refusal::Locked);
        }
        if document.xref_recovery.is_some() {
            return Err(damaged("its table of contents is broken; it may have been cut off"));
        }
        let mut pages = Vec::new();
        let root = document.catalog().and_then(|catalog| catalog.get(b"Pages"));
        let root = root.map_err(|_| damaged("it has no list of pages"))?;
        walk(&document, root, Inherited::default(), 0, &mut BTreeSet::new(), &mut pages)?;
        if pages.is_empty() {
            return Err(Refusal::Empty);
        }
        Ok(Self { document, pages })
    }

    /// The sizes of the finished pages.
    pub fn sizes(&self) -> Vec<Size> {
        self.pages.iter().map(Page::size).collect()
    }

    /// The first page, from 1, that has less bleed than wanted, in millimetres.
    pub fn without_bleed(&self, wanted: f64) -> Option<usize> {
        let least = |page: &Page| {
            let ([a, b, c, d], [left, low, right, high]) = (page.media, page.trim);
            let room = (left - a).min(low - b).min(c - right).min(d - high);
            room * page.unit / MM
        };
        self.pages.iter().position(|page| least(page) + 0.1 < wanted).map(|index| index + 1)
    }

    /// The file's title, if it has one.
    pub fn title(&self) -> Option<String> {
        self.info(b"Title")
    }

    /// The day on which the file says it was made, as year-month-day.
    pub fn date(&self) -> Option<String> {
        let text = self.info(b"ModDate").or_else(|| self.info(b"CreationDate"))?;
        let digits: String = text.trim_start_matches("D:").chars().take_while(char::is_ascii_digit).take(8).collect();
        let parts = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
        Some(format!("{}-{}-{}", parts.0, parts.1, parts.2))
    }

    fn info(&self, key: &[u8]) -> Option<String> {
        let info = self.document.trailer.get(b"Info").ok()?;
        let (_, info) = self.document.dereference(info).ok()?;
        let (_, value) = self.document.dereference(info.as_dict().ok()?.get(key).ok()?).ok()?;
        decode_text_string(value).ok().map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
    }
}

fn is_lock(error: &lopdf::Error) -> bool {
    let text = error.to_string().to_lowercase();
    matches!(
        error,
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword | lopdf::Error::UnsupportedSecurityHandler(_)
    ) || text.contains("encrypt")
        || text.contains("password")
}

fn walk(
    document: &Document,
    object: &Object,
    mut from: Inherited,
    depth: usize,
    seen: &mut BTreeSet<ObjectId>,
    out: &mut Vec<Page>,
) -> Result<(), Refusal> {
    if depth > MAX_DEPTH || out.len() >= MAX_PAGES {
        return Err(Refusal::Damaged("it has too many pages, or its list of pages is nested too deeply".into()));
    }
    let Ok((Some(id), Object::Dictionary(dict))) = document.dereference(object) else {
        return Err(Refusal::Damaged(format!("page {} is missing", out.len() + 1)));
    };
    if !seen.insert(id) {
        return Err(Refusal::Damaged("its list of pages runs in a circle".into()));
    }
    from.resources = dict.get(b"Resources").ok().cloned().or(from.resources);
    from.media = rectangle(document, dict, b"MediaBox").or(from.media);
    from.crop = rectangle(document, dict, b"CropBox").or(from.crop);
    if let Ok(turn) = dict.get(b"Rotate") {
        from.turn = document.dereference(turn).ok().and_then(|(_, turn)| turn.as_i64().ok()).unwrap_or(0);
    }
    if let Ok(kids) = dict.get(b"Kids") {
        let kids = document.dereference(kids).ok().and_then(|(_, kids)| kids.as_array().ok());
        let Some(kids) = kids else { return Err(Refusal::Damaged("its list of pages is broken".into())) };
        for kid in kids {
            walk(document, kid, from.clone(), depth + 1, seen, out)?;
        }
        return Ok(());
    }
    // a page without a box has none that readers agree on: letter size is what the format falls back to
    let media = from.media.unwrap_or([0.0, 0.0, 612.0, 792.0]);
    let inside = |frame: [f64; 4]| {
        let [a, b, c, d] = media;
        [frame[0].max(a), frame[1].max(b), frame[2].min(c), frame[3].min(d)]
    };
    let trim = rectangle(document, dict, b"TrimBox").or(from.crop).map_or(media, inside);
    if trim[2] - trim[0] < 1.0 || trim[3] - trim[1] < 1.0 {
        return Err(Refusal::Damaged(format!("page {} has no area", out.len() + 1)));
    }
    let unit = dict.get(b"UserUnit").ok().and_then(number).filter(|unit| *unit > 0.0).unwrap_or(1.0);
    // a turn that is no quarter has no meaning; readers show such a page upright
    let turn = if from.turn % 90 == 0 { from.turn.rem_euclid(360) } else { 0 };
    out.push(Page { id, resources: from.resources, media, trim, turn, unit });
    Ok(())
}

/// A rectangle with its corners in order.
fn rectangle(document: &Document, dict: &Dictionary, key: &[u8]) -> Option<[f64; 4]> {
    let (_, array) = document.dereference(dict.get(key).ok()?).ok()?;
    let numbers: Option<Vec<f64>> = array
        .as_array()
        .ok()?
        .iter()
        .map(|object| document.dereference(object).ok().and_then(|(_, object)| number(object)))
        .collect();
    let [x0, y0, x1, y1] = <[f64; 4]>::try_from(numbers?).ok()?;
    Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)])
}

/// An integer or real number, if it is finite.
fn number(object: &Object) -> Option<f64> {
    let number = match object {
        Object::Integer(value) => *value as f64,
        Object::Real(value) => f64::from(*value),
        _ => return None,
    };
    number.is_finite().then_some(number)
}
