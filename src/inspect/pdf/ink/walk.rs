//! The content streams, step by step: every mark with its colour.

use super::inline::{self, Part};
use super::paths::{clipped, placed, wider};
use super::sheet::Sheet;
use super::{Area, InkPage, Kind, shared};
use crate::inspect::InspectError;
use crate::inspect::pdf::FontFacts;
use crate::inspect::pdf::font::Font;
use crate::inspect::pdf::matrix::Matrix;
use crate::inspect::pdf::objects::{Pdf, number};
use crate::inspect::pdf::pages::Page;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, Stream};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of content of all pages together, forms counted as often as they are painted.
const MAX_WORK: usize = 64 << 20;
const MAX_MARKS: usize = 2_000_000;
const MAX_FORMS_DEEP: usize = 16;
const MAX_STATES: usize = 256;
/// An operator that no file has.
const END: &[u8] = b"\nEndOfContent\n";
/// More names that lead nowhere than anybody reads.
const MAX_LOST: usize = 100;

/// What is looked at once however often it is painted: a tile, a drawn letter, a mask, at one scale.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    what: *const Stream,
    scale: [u64; 4],
    /// Whether any of it is left after cutting.
    inside: bool,
    /// What else it depends on.
    with: String,
}

/// Walks all pages.
pub(super) struct Walker<'p, 'a> {
    pub pdf: &'p Pdf<'a>,
    pub fonts: BTreeMap<*const Dictionary, Font<'a>>,
    pub used: BTreeMap<FontFacts, usize>,
    /// What each font that draws its letters draws for a code.
    pub drawings: BTreeMap<*const Dictionary, BTreeMap<u32, &'a Stream>>,
    /// Letters that are drawn in colours of their own.
    pub coloured: BTreeSet<*const Stream>,
    /// Colours of no press within masks of the page.
    pub masks: Vec<(String, Area)>,
    looked: BTreeMap<Key, usize>,
    lost: BTreeSet<(&'static str, String)>,
    broken: bool,
    work: usize,
    made: usize,
}

impl<'p, 'a> Walker<'p, 'a> {
    pub fn new(pdf: &'p Pdf<'a>) -> Self {
        Self {
            pdf,
            fonts: BTreeMap::new(),
            used: BTreeMap::new(),
            drawings: BTreeMap::new(),
            coloured: BTreeSet::new(),
            masks: Vec::new(),
            looked: BTreeMap::new(),
            lost: BTreeSet::new(),
            broken: false,
            work: 0,
            made: 0,
        }
    }

    /// The fonts that painted text, each with its first page.
    pub fn fonts(self) -> Vec<(FontFacts, usize)> {
        self.used.into_iter().collect()
    }

    /// Adds to a page, whose boxes are known, what is painted on it.
    pub fn page(&mut self, number: usize, page: &Page<'a>, found: &mut InkPage) -> Result<(), InspectError> {
        self.looked.clear();
        let trim = found.trim.or(found.bleed).unwrap_or(found.media);
        let mut sheet = Sheet::new(number, Matrix::grow(page.unit), Some(found.media), trim);
        sheet.resources = page.resources;
        let mut content = Vec::new();
        for stream in self.pdf.document().get_page_contents(page.id) {
            if let Some(Object::Stream(stream)) = self.pdf.object(stream) {
                content.extend(self.unpack(stream)?);
            }
        }
        self.run(&mut sheet, &content)?;
        found.marks = sheet.marks;
        found.masks = std::mem::take(&mut self.masks);
        found.lost = std::mem::take(&mut self.lost).into_iter().collect();
        found.broken = std::mem::take(&mut self.broken);
        Ok(())
    }

    fn unpack(&mut self, stream: &Stream) -> Result<Vec<u8>, InspectError> {
        let mut content = self.pdf.unpack(stream)?;
        self.spend(content.len())?;
        content.push(b'\n');
        Ok(content)
    }

    pub(super) fn spend(&mut self, work: usize) -> Result<(), InspectError> {
        self.work = self.work.saturating_add(work);
        let within = self.work <= MAX_WORK && self.made <= MAX_MARKS;
        within.then_some(()).ok_or(InspectError::TooLarge("more to draw than a thousand pages have"))
    }

    /// Counts a mark that is made.
    pub(super) fn count(&mut self) -> Result<(), InspectError> {
        self.made += 1;
        self.spend(0)
    }

    /// Whether something has been looked at fewer times than this, at this scale; it is now once more.
    pub(super) fn first(
        &mut self,
        (what, matrix): (&Stream, Matrix),
        inside: bool,
        with: String,
        times: usize,
    ) -> bool {
        let [a, b, c, d, ..] = matrix.0;
        let scale = [a, b, c, d].map(f64::to_bits);
        let count = self.looked.entry(Key { what, scale, inside, with }).or_default();
        *count += 1;
        *count <= times
    }

    fn run(&mut self, sheet: &mut Sheet<'a>, content: &[u8]) -> Result<(), InspectError> {
        for part in inline::parts(content) {
            match part {
                Part::Steps(steps) => {
                    // The parser ends where it understands no more, and says nothing: only what comes last tells.
                    let steps = [steps, END].concat();
                    let mut whole = false;
                    for operation in Content::decode_iter(&steps).map_while(Result::ok) {
                        whole = operation.operator.as_bytes() == END.trim_ascii();
                        self.step(sheet, &operation)?;
                    }
                    if !whole {
                        self.broken = true;
                        return Ok(());
                    }
                }
                Part::Picture(stream) => self.inline(sheet, &stream)?,
                Part::Broken => self.broken = true,
            }
        }
        Ok(())
    }

    fn step(&mut self, sheet: &mut Sheet<'a>, operation: &Operation) -> Result<(), InspectError> {
        let (operator, args) = (operation.operator.as_str(), operation.operands.as_slice());
        if sheet.path.step(operator, args, sheet.state.ctm) || self.text_state(sheet, operator, args) {
            return Ok(());
        }
        let n = |i: usize| args.get(i).and_then(number).unwrap_or(0.0);
        match operator {
            "q" if sheet.saved.len() < MAX_STATES => sheet.saved.push(sheet.state.clone()),
            "q" => return Err(InspectError::TooLarge("graphics states nested too deeply")),
            "Q" => {
                if let Some(state) = sheet.saved.pop() {
                    sheet.state = state;
                }
            }
            "cm" => sheet.state.ctm = matrix(args).then(sheet.state.ctm),
            "w" => sheet.state.line = n(0).abs(),
            "gs" => self.graphics(sheet, args)?,
            "W" | "W*" => sheet.clips = true,
            "n" => self.end_path(sheet, false, false)?,
            "f" | "F" | "f*" => self.end_path(sheet, true, false)?,
            "S" | "s" => self.end_path(sheet, false, true)?,
            "B" | "B*" | "b" | "b*" => self.end_path(sheet, true, true)?,
            "Tj" => self.show(sheet, args)?,
            "TJ" => self.show(sheet, args.first().and_then(|a| a.as_array().ok()).map_or(&[], Vec::as_slice))?,
            "'" | "\"" => {
                if operator == "\"" {
                    (sheet.state.word_space, sheet.state.char_space) = (n(0), n(1));
                }
                sheet.next_line(0.0, -sheet.state.leading);
                self.show(sheet, args.last().map_or(&[], std::slice::from_ref))?;
            }
            "Do" => self.object(sheet, args)?,
            "sh" => self.gradient(sheet, args)?,
            // a drawn letter that takes the text's colour: its own do not count (ISO 32000-1, 9.6.5)
            "d1" => sheet.plain |= sheet.letter,
            _ => self.colour(sheet, operator, args),
        }
        Ok(())
    }

    /// What a name leads to; a name that leads nowhere is noted.
    pub(super) fn find(&mut self, sheet: &Sheet<'a>, kind: &'static str, name: Option<&Object>) -> Option<&'a Object> {
        let name = name?.as_name().ok()?;
        let group = sheet.resources.and_then(|resources| self.pdf.dict(resources, kind));
        let found = group.and_then(|group| self.pdf.resolve(group.get(name).ok()?));
        let found = found.filter(|object| !matches!(object, Object::Null));
        if found.is_none() && self.lost.len() < MAX_LOST {
            self.lost.insert((kind, String::from_utf8_lossy(name).into_owned()));
        }
        found
    }

    fn end_path(&mut self, sheet: &mut Sheet<'a>, fill: bool, stroke: bool) -> Result<(), InspectError> {
        let path = std::mem::take(&mut sheet.path);
        let clips = std::mem::take(&mut sheet.clips);
        let Some(area) = path.area() else { return Ok(()) };
        if fill {
            let [left, low, right, high] = area;
            self.lay(sheet, Kind::Fill { thinnest: (right - left).min(high - low) }, area, false)?;
        }
        if stroke {
            let width = sheet.state.line * sheet.state.ctm.scale();
            self.lay(sheet, Kind::Stroke { width }, wider(area, width / 2.0), true)?;
        }
        if clips {
            sheet.clip_to(area);
        }
        Ok(())
    }

    /// Paints a form, or what else is kept in a stream of its own, in its place.
    pub(super) fn form(
        &mut self,
        sheet: &mut Sheet<'a>,
        stream: &'a Stream,
        matrix: Matrix,
    ) -> Result<(), InspectError> {
        if sheet.depth >= MAX_FORMS_DEEP {
            return Err(InspectError::TooLarge("forms nested too deeply, or one that holds itself"));
        }
        self.spend(500)?;
        let (saved, states) = (sheet.state.clone(), std::mem::take(&mut sheet.saved));
        let (base, resources) = (sheet.base, sheet.resources);
        (sheet.state.ctm, sheet.base) = (matrix, matrix);
        if let Some(Ok(frame)) = self.pdf.numbers(&stream.dict, "BBox").map(<[f64; 4]>::try_from) {
            sheet.clip_to(placed(frame, matrix));
        }
        let content = self.unpack(stream)?;
        sheet.resources = self.pdf.dict(&stream.dict, "Resources").or(resources);
        sheet.depth += 1;
        self.run(sheet, &content)?;
        sheet.depth -= 1;
        (sheet.state, sheet.saved, sheet.base, sheet.resources) = (saved, states, base, resources);
        Ok(())
    }
}

impl Sheet<'_> {
    /// What is clipped to nothing shows nothing.
    fn clip_to(&mut self, area: Area) {
        self.state.clip = clipped(area, self.state.clip).or(Some([0.0, 0.0, -1.0, -1.0]));
    }

    /// Whether any of an area is left after cutting.
    pub fn is_inside(&self, area: Area) -> bool {
        shared(area, self.trim).is_some()
    }
}

/// A stream's own matrix.
pub(super) fn own_matrix<'a>(pdf: &Pdf<'a>, dict: &'a Dictionary, key: &str) -> Matrix {
    let numbers = pdf.numbers(dict, key).and_then(|numbers| <[f64; 6]>::try_from(numbers).ok());
    numbers.map_or(Matrix::UNIT, Matrix)
}

pub(super) fn matrix(args: &[Object]) -> Matrix {
    let mut out = Matrix::UNIT;
    for (slot, object) in out.0.iter_mut().zip(args) {
        *slot = number(object).unwrap_or(0.0);
    }
    out
}
