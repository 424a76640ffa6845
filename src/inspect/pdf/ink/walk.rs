//! The content streams, step by step: every mark with its colour.

use super::colour::{Space, most_ink, values};
use super::paths::{clipped, placed, wider};
use super::sheet::Sheet;
use super::{Area, Ink, Kind, Mark, image};
use crate::inspect::InspectError;
use crate::inspect::pdf::FontFacts;
use crate::inspect::pdf::font::Font;
use crate::inspect::pdf::matrix::Matrix;
use crate::inspect::pdf::objects::{Pdf, number};
use crate::inspect::pdf::pages::Page;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, Stream};
use std::collections::BTreeMap;

/// Bytes of content of all pages together, forms counted as often as they are painted.
const MAX_WORK: usize = 64 << 20;
const MAX_MARKS: usize = 2_000_000;
const MAX_FORMS_DEEP: usize = 16;
const MAX_STATES: usize = 256;

/// Walks all pages.
pub(super) struct Walker<'p, 'a> {
    pub pdf: &'p Pdf<'a>,
    pub fonts: BTreeMap<*const Dictionary, Font<'a>>,
    pub used: BTreeMap<FontFacts, usize>,
    work: usize,
    made: usize,
}

impl<'p, 'a> Walker<'p, 'a> {
    pub fn new(pdf: &'p Pdf<'a>) -> Self {
        Self { pdf, fonts: BTreeMap::new(), used: BTreeMap::new(), work: 0, made: 0 }
    }

    /// The fonts that painted text, each with its first page.
    pub fn fonts(self) -> Vec<(FontFacts, usize)> {
        self.used.into_iter().collect()
    }

    pub fn page(&mut self, number: usize, page: &Page<'a>, media: Area) -> Result<Vec<Mark>, InspectError> {
        let mut sheet = Sheet::new(number, media);
        let mut content = Vec::new();
        for stream in self.pdf.document().get_page_contents(page.id) {
            if let Some(Object::Stream(stream)) = self.pdf.object(stream) {
                content.extend(self.unpack(stream)?);
                content.push(b'\n');
            }
        }
        self.run(&mut sheet, &content, page.resources, 0)?;
        Ok(sheet.marks)
    }

    fn unpack(&mut self, stream: &Stream) -> Result<Vec<u8>, InspectError> {
        let content = self.pdf.unpack(stream)?;
        self.spend(content.len())?;
        Ok(content)
    }

    fn spend(&mut self, work: usize) -> Result<(), InspectError> {
        self.work = self.work.saturating_add(work);
        let within = self.work <= MAX_WORK && self.made <= MAX_MARKS;
        within.then_some(()).ok_or(InspectError::TooLarge("more to draw than a thousand pages have"))
    }

    fn run(
        &mut self,
        sheet: &mut Sheet<'a>,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), InspectError> {
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else { break };
            self.step(sheet, &operation, resources, depth)?;
        }
        Ok(())
    }

    fn step(
        &mut self,
        sheet: &mut Sheet<'a>,
        operation: &Operation,
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), InspectError> {
        let (operator, args) = (operation.operator.as_str(), operation.operands.as_slice());
        if sheet.path.step(operator, args, sheet.state.ctm) || self.text_state(sheet, operator, args, resources) {
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
            "gs" => self.graphics(sheet, args, resources),
            "W" | "W*" => sheet.clips = true,
            "n" => self.end_path(sheet, false, false, resources, depth)?,
            "f" | "F" | "f*" => self.end_path(sheet, true, false, resources, depth)?,
            "S" | "s" => self.end_path(sheet, false, true, resources, depth)?,
            "B" | "B*" | "b" | "b*" => self.end_path(sheet, true, true, resources, depth)?,
            "Tj" => self.show(sheet, args)?,
            "TJ" => self.show(sheet, args.first().and_then(|a| a.as_array().ok()).map_or(&[], Vec::as_slice))?,
            "'" | "\"" => {
                if operator == "\"" {
                    (sheet.state.word_space, sheet.state.char_space) = (n(0), n(1));
                }
                sheet.next_line(0.0, -sheet.state.leading);
                self.show(sheet, args.last().map_or(&[], std::slice::from_ref))?;
            }
            "Do" => self.object(sheet, args, resources, depth)?,
            "sh" => self.gradient(sheet, args, resources)?,
            _ => self.colour(sheet, operator, args, resources),
        }
        Ok(())
    }

    pub(super) fn resource(
        &self,
        kind: &str,
        args: &[Object],
        resources: Option<&'a Dictionary>,
    ) -> Option<&'a Object> {
        let name = args.last()?.as_name().ok()?;
        self.pdf.dict(resources?, kind)?.get(name).ok()
    }

    fn graphics(&self, sheet: &mut Sheet<'a>, args: &[Object], resources: Option<&'a Dictionary>) {
        let found = self.resource("ExtGState", args, resources).and_then(|object| self.pdf.as_dict(object));
        let Some(dict) = found else { return };
        let (pdf, state) = (self.pdf, &mut sheet.state);
        if let Some(width) = pdf.number(dict, "LW") {
            state.line = width.abs();
        }
        // `OP` serves both unless `op` is there (ISO 32000-1, table 58).
        if dict.get(b"OP").is_ok() {
            state.overprint = (pdf.flag(dict, "OP"), pdf.flag(dict, "OP"));
        }
        if dict.get(b"op").is_ok() {
            state.overprint.0 = pdf.flag(dict, "op");
        }
        if let Some(alpha) = pdf.number(dict, "ca") {
            state.transparent.0 = alpha < 1.0;
        }
        if let Some(alpha) = pdf.number(dict, "CA") {
            state.transparent.1 = alpha < 1.0;
        }
        let (mode, soft) = (pdf.get(dict, "BM"), pdf.get(dict, "SMask"));
        if mode.is_some() || soft.is_some() {
            let plain =
                |object: &Object| matches!(object, Object::Name(name) if name == b"Normal" || name == b"Compatible");
            let none = |object: &Object| matches!(object, Object::Name(name) if name == b"None");
            state.mixed = mode.is_some_and(|mode| !plain(mode)) || soft.is_some_and(|soft| !none(soft));
        }
    }

    fn colour(&self, sheet: &mut Sheet<'a>, operator: &str, args: &[Object], resources: Option<&'a Dictionary>) {
        let pdf = self.pdf;
        let numbers = values(args);
        let device = |name: &str, parts: usize| Space::Foreign { name: name.into(), parts };
        let space = match operator {
            "k" | "K" => Space::Cmyk,
            "rg" | "RG" => device("DeviceRGB", 3),
            "g" | "G" => device("DeviceGray", 1),
            "cs" | "CS" => {
                let Some(name) = args.first() else { return };
                let space = self.space(name, resources);
                let set = (space.clone(), space.first(pdf));
                if operator == "cs" {
                    sheet.state.fill = set
                } else {
                    sheet.state.stroke = set
                }
                return;
            }
            "sc" | "scn" => sheet.state.fill.0.clone(),
            "SC" | "SCN" => sheet.state.stroke.0.clone(),
            _ => return,
        };
        let ink = space.ink(pdf, &numbers);
        if operator.starts_with(char::is_lowercase) {
            let named = self.resource("Pattern", args, resources);
            sheet.state.pattern = named.filter(|_| space == Space::Pattern).and_then(|object| pdf.resolve(object));
            sheet.state.fill = (space, ink);
        } else {
            sheet.state.stroke = (space, ink);
        }
    }

    /// The space that an operator names: one of the device's, or one of the resources.
    fn space(&self, name: &Object, resources: Option<&'a Dictionary>) -> Space<'a> {
        let plain = name.as_name().unwrap_or(b"");
        let foreign = |name: &str, parts: usize| Space::Foreign { name: name.into(), parts };
        match plain {
            b"DeviceCMYK" => Space::Cmyk,
            b"DeviceRGB" => foreign("DeviceRGB", 3),
            b"DeviceGray" => foreign("DeviceGray", 1),
            b"Pattern" => Space::Pattern,
            _ => match self.resource("ColorSpace", std::slice::from_ref(name), resources) {
                Some(object) => Space::read(self.pdf, object, resources),
                None => foreign(&String::from_utf8_lossy(plain), 1),
            },
        }
    }

    fn end_path(
        &mut self,
        sheet: &mut Sheet<'a>,
        fill: bool,
        stroke: bool,
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), InspectError> {
        let path = std::mem::take(&mut sheet.path);
        let clips = std::mem::take(&mut sheet.clips);
        let Some(area) = path.area() else { return Ok(()) };
        if fill {
            let [left, low, right, high] = area;
            let pattern = sheet.state.pattern.filter(|_| sheet.state.fill.0 == Space::Pattern);
            match pattern {
                Some(pattern) => self.pattern(sheet, pattern, area, resources, depth)?,
                None => {
                    let kind = Kind::Fill { thinnest: (right - left).min(high - low) };
                    let ink = sheet.state.fill.1.clone();
                    self.mark(sheet, kind, area, ink, false)?;
                }
            }
        }
        if stroke {
            let width = sheet.state.line * sheet.state.ctm.scale();
            let ink = sheet.state.stroke.1.clone();
            self.mark(sheet, Kind::Stroke { width }, wider(area, width / 2.0), ink, true)?;
        }
        if clips {
            // What is clipped to nothing shows nothing.
            let clip = clipped(area, sheet.state.clip);
            sheet.state.clip = Some(clip.unwrap_or([0.0, 0.0, -1.0, -1.0]));
        }
        Ok(())
    }

    pub(super) fn mark(
        &mut self,
        sheet: &mut Sheet<'a>,
        kind: Kind,
        area: Area,
        ink: Ink,
        stroke: bool,
    ) -> Result<(), InspectError> {
        let Some(area) = clipped(area, sheet.state.clip) else { return Ok(()) };
        let pick = |(fill, line): (bool, bool)| if stroke { line } else { fill };
        let (overprint, transparent) = (pick(sheet.state.overprint), pick(sheet.state.transparent));
        self.made += 1;
        self.spend(0)?;
        sheet.marks.push(Mark { kind, area, ink, overprint, transparent: transparent || sheet.state.mixed });
        Ok(())
    }

    /// A fill with a tile, whose own marks count, or with a gradient.
    fn pattern(
        &mut self,
        sheet: &mut Sheet<'a>,
        pattern: &'a Object,
        area: Area,
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), InspectError> {
        let pdf = self.pdf;
        let Some(dict) = pdf.as_dict(pattern) else { return Ok(()) };
        if let Some(shading) = pdf.get(dict, "Shading") {
            return self.shade(sheet, shading, Some(area), resources);
        }
        let Object::Stream(stream) = pattern else { return Ok(()) };
        let saved = sheet.state.clone();
        sheet.state.clip = clipped(area, sheet.state.clip).or(Some([0.0, 0.0, -1.0, -1.0]));
        sheet.state.pattern = None;
        self.form(sheet, stream, resources, depth + 1)?;
        sheet.state = saved;
        Ok(())
    }

    fn gradient(
        &mut self,
        sheet: &mut Sheet<'a>,
        args: &[Object],
        resources: Option<&'a Dictionary>,
    ) -> Result<(), InspectError> {
        match self.resource("Shading", args, resources).and_then(|object| self.pdf.resolve(object)) {
            Some(shading) => self.shade(sheet, shading, sheet.state.clip, resources),
            None => Ok(()),
        }
    }

    fn shade(
        &mut self,
        sheet: &mut Sheet<'a>,
        shading: &'a Object,
        area: Option<Area>,
        resources: Option<&'a Dictionary>,
    ) -> Result<(), InspectError> {
        let pdf = self.pdf;
        let (Some(dict), Some(area)) = (pdf.as_dict(shading), area) else { return Ok(()) };
        let space = dict.get(b"ColorSpace").ok().map(|object| Space::read(pdf, object, resources));
        let ink = space.as_ref().map_or(Ink::Foreign { space: "no space".into(), white: false }, Space::many);
        let most = match &space {
            Some(Space::Cmyk) => dict.get(b"Function").ok().and_then(|function| most_ink(pdf, function, 0)),
            Some(Space::Spot { names, .. }) if names.len() == 1 => Some(100.0),
            _ => None,
        };
        self.mark(sheet, Kind::Shading { most_ink: most }, area, ink, false)
    }

    fn object(
        &mut self,
        sheet: &mut Sheet<'a>,
        args: &[Object],
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), InspectError> {
        let object = self.resource("XObject", args, resources).and_then(|object| self.pdf.resolve(object));
        let Some(Object::Stream(stream)) = object else { return Ok(()) };
        match self.pdf.name(&stream.dict, "Subtype").as_deref() {
            Some("Form") => self.form(sheet, stream, resources, depth + 1),
            Some("Image") => {
                let stencil = sheet.state.fill.1.clone();
                let (kind, area, ink) = image::look(self.pdf, stream, sheet.state.ctm, resources, &stencil);
                let soft = self.pdf.get(&stream.dict, "SMask").is_some();
                let mixed = sheet.state.mixed;
                sheet.state.mixed |= soft;
                self.mark(sheet, kind, area, ink, false)?;
                sheet.state.mixed = mixed;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn form(
        &mut self,
        sheet: &mut Sheet<'a>,
        stream: &'a Stream,
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), InspectError> {
        if depth > MAX_FORMS_DEEP {
            return Err(InspectError::TooLarge("forms nested too deeply, or one that holds itself"));
        }
        self.spend(500)?;
        let (saved, states) = (sheet.state.clone(), std::mem::take(&mut sheet.saved));
        if let Some(Ok(numbers)) = self.pdf.numbers(&stream.dict, "Matrix").map(<[f64; 6]>::try_from) {
            sheet.state.ctm = Matrix(numbers).then(sheet.state.ctm);
        }
        if let Some(Ok(frame)) = self.pdf.numbers(&stream.dict, "BBox").map(<[f64; 4]>::try_from) {
            let clip = clipped(placed(frame, sheet.state.ctm), sheet.state.clip);
            sheet.state.clip = Some(clip.unwrap_or([0.0, 0.0, -1.0, -1.0]));
        }
        let content = self.unpack(stream)?;
        let own = self.pdf.dict(&stream.dict, "Resources").or(resources);
        self.run(sheet, &content, own, depth)?;
        (sheet.state, sheet.saved) = (saved, states);
        Ok(())
    }
}

pub(super) fn matrix(args: &[Object]) -> Matrix {
    let mut out = Matrix::UNIT;
    for (slot, object) in out.0.iter_mut().zip(args) {
        *slot = number(object).unwrap_or(0.0);
    }
    out
}
