//! What the pages paint: a small interpreter of content streams that keeps text and lets the rest go.

use super::draw::MAX_STEPS;
use super::font::Font;
use super::matrix::Matrix;
use super::objects::{Pdf, number};
use super::pages::Page;
use super::sheet::{FontKey, Kind, RunInProgress, Sheet, Tag};
use super::text::{Run, Writer};
use super::{FontFacts, PageFacts, SizeCount, TextRun};
use crate::inspect::InspectError;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of content of all pages together, forms counted as often as they are painted. A book of a thousand pages
/// has less than twenty million; this many take about two seconds.
const MAX_WORK: usize = 32 << 20;
/// Strings of text on all pages together; such a book has about two hundred thousand.
const MAX_RUNS: usize = 500_000;
const MAX_FORMS_DEEP: usize = 16;
const MAX_STATES: usize = 256;
const MAX_MARKS: usize = 256;

/// A piece of marked content: the page or form whose stream holds it, and its number there.
pub(super) type Mark = (ObjectId, i64);

/// Everything that is painted.
pub(super) struct Painted {
    pub pages: Vec<PageFacts>,
    pub tagged: BTreeMap<Mark, Vec<Run>>,
    pub untagged: String,
    pub fonts: Vec<FontFacts>,
    /// The visible runs of each page, with the marked content that they stand in.
    pub runs: Vec<Vec<(Option<Mark>, TextRun)>>,
}

/// Paints all pages.
pub(super) fn paint(pdf: &Pdf, pages: &[Page]) -> Result<Painted, InspectError> {
    let mut painter = Painter {
        pdf,
        fonts: BTreeMap::new(),
        used: BTreeSet::new(),
        tagged: BTreeMap::new(),
        untagged: Writer::default(),
        work: 0,
        runs: 0,
        points: 0,
        steps: 0,
    };
    let mut runs = Vec::with_capacity(pages.len());
    let mut facts = Vec::with_capacity(pages.len());
    for (index, page) in pages.iter().enumerate() {
        let (page, painted) = painter.page(index + 1, page)?;
        facts.push(page);
        runs.push(painted);
    }
    Ok(Painted {
        pages: facts,
        tagged: painter.tagged,
        untagged: painter.untagged.text,
        fonts: painter.used.into_iter().collect(),
        runs,
    })
}

pub(super) struct Painter<'p, 'a> {
    pub pdf: &'p Pdf<'a>,
    fonts: BTreeMap<FontKey, Font<'a>>,
    used: BTreeSet<FontFacts>,
    tagged: BTreeMap<Mark, Vec<Run>>,
    untagged: Writer,
    work: usize,
    runs: usize,
    /// Corners drawn on this page.
    pub points: usize,
    /// Looks under words so far, shape by shape.
    pub steps: usize,
}

/// The visible runs of a page, with the marked content that they stand in.
type Runs = Vec<(Option<Mark>, TextRun)>;

impl<'a> Painter<'_, 'a> {
    fn page(&mut self, number: usize, page: &Page<'a>) -> Result<(PageFacts, Runs), InspectError> {
        self.points = 0;
        let mut sheet = Sheet::new(number, page.frame);
        sheet.shapes.budget = MAX_STEPS.saturating_sub(self.steps);
        let mut content = Vec::new();
        for stream in self.pdf.document().get_page_contents(page.id) {
            if let Some(Object::Stream(stream)) = self.pdf.object(stream) {
                content.extend(self.unpack(stream)?);
                content.push(b'\n');
            }
        }
        self.run(&mut sheet, &content, page.resources, page.id, 0)?;
        sheet.close_tags(0);
        let mut artifacts = Writer::default();
        for (kind, run) in std::mem::take(&mut sheet.runs) {
            match kind {
                Kind::Marked(mark) => self.tagged.entry(mark).or_default().push(run),
                Kind::Artifact => artifacts.push(&run),
                Kind::Loose => self.untagged.push(&run),
            }
        }
        self.untagged.block();
        let mut visible = Vec::new();
        for (kind, run) in sheet.visible_runs() {
            let mark = if let Kind::Marked(mark) = kind { Some(mark) } else { None };
            visible.push((mark, run));
        }
        self.look(&mut sheet)?;
        let sizes = sheet.sizes.iter().map(|(size, count)| SizeCount { size: *size as f64 / 100.0, count: *count });
        Ok((PageFacts { sizes: sizes.collect(), artifacts: artifacts.text, ..sheet.facts }, visible))
    }

    fn run(
        &mut self,
        sheet: &mut Sheet,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        owner: ObjectId,
        depth: usize,
    ) -> Result<(), InspectError> {
        for operation in Content::decode_iter(content) {
            // Where a stream stops making sense nothing more is painted; what stands there is missing from the text.
            let Ok(operation) = operation else { break };
            self.step(sheet, &operation, resources, owner, depth)?;
        }
        Ok(())
    }

    fn step(
        &mut self,
        sheet: &mut Sheet,
        operation: &Operation,
        resources: Option<&'a Dictionary>,
        owner: ObjectId,
        depth: usize,
    ) -> Result<(), InspectError> {
        let args = operation.operands.as_slice();
        let n = |i: usize| args.get(i).and_then(number).unwrap_or(0.0);
        let resource = |kind: &str, i: usize| {
            let name = args.get(i)?.as_name().ok()?;
            let group = self.pdf.dict(resources?, kind)?;
            self.pdf.resolve(group.get(name).ok()?)
        };
        match operation.operator.as_str() {
            "q" if sheet.saved.len() < MAX_STATES => sheet.saved.push(sheet.state.clone()),
            "q" => return Err(InspectError::TooLarge("graphics states nested too deeply")),
            "Q" => {
                if let Some(state) = sheet.saved.pop() {
                    sheet.state = state;
                }
            }
            "cm" => sheet.state.ctm = matrix(args).then(sheet.state.ctm),
            "gs" => {
                let dict = resource("ExtGState", 0).and_then(|object| self.pdf.as_dict(object));
                if let Some(alpha) = dict.and_then(|dict| self.pdf.number(dict, "ca")) {
                    sheet.state.alpha = alpha;
                }
                if let Some(alpha) = dict.and_then(|dict| self.pdf.number(dict, "CA")) {
                    sheet.state.stroke_alpha = alpha;
                }
            }
            "BT" => sheet.start_line(Matrix::UNIT),
            "Tm" => sheet.start_line(matrix(args)),
            "Td" => sheet.next_line(n(0), n(1)),
            "TD" => {
                sheet.state.leading = -n(1);
                sheet.next_line(n(0), n(1));
            }
            "TL" => sheet.state.leading = n(0),
            "T*" => sheet.next_line(0.0, -sheet.state.leading),
            "Tc" => sheet.state.char_space = n(0),
            "Tw" => sheet.state.word_space = n(0),
            "Tz" => sheet.state.stretch = n(0) / 100.0,
            "Ts" => sheet.state.rise = n(0),
            "Tr" => sheet.state.mode = n(0) as i64,
            "Tf" => {
                sheet.state.size = n(1);
                let dict = resource("Font", 0).and_then(|object| self.pdf.as_dict(object));
                sheet.state.font = dict.map(|dict| self.font(dict));
            }
            "Tj" => self.show(sheet, args)?,
            "TJ" => {
                self.show(sheet, args.first().and_then(|array| array.as_array().ok()).map_or(&[], Vec::as_slice))?
            }
            "'" => {
                sheet.next_line(0.0, -sheet.state.leading);
                self.show(sheet, args)?;
            }
            "\"" => {
                (sheet.state.word_space, sheet.state.char_space) = (n(0), n(1));
                sheet.next_line(0.0, -sheet.state.leading);
                self.show(sheet, args.get(2..).unwrap_or(&[]))?;
            }
            "BMC" | "BDC" => {
                let properties = match args.get(1) {
                    Some(Object::Dictionary(dict)) => Some(dict),
                    _ => resource("Properties", 1).and_then(|object| self.pdf.as_dict(object)),
                };
                let tag = args.first().and_then(|tag| tag.as_name().ok()).unwrap_or(b"");
                self.open_tag(sheet, tag, properties, owner)?;
            }
            "EMC" => sheet.close_tags(sheet.tags.len().saturating_sub(1)),
            "Do" => {
                let name = args.first().and_then(|name| name.as_name().ok());
                let group = resources.and_then(|resources| self.pdf.dict(resources, "XObject"));
                let object = name.zip(group).and_then(|(name, group)| group.get(name).ok());
                if let Some((Some(id), Object::Stream(stream))) = object.and_then(|object| self.pdf.resolve_id(object))
                {
                    match self.pdf.name(&stream.dict, "Subtype").as_deref() {
                        Some("Form") => self.form(sheet, stream, id, resources, depth + 1)?,
                        Some("Image") => sheet.paint_picture(),
                        _ => {}
                    }
                }
            }
            _ => self.draw(sheet, operation, resources)?,
        }
        Ok(())
    }

    fn form(
        &mut self,
        sheet: &mut Sheet,
        stream: &'a lopdf::Stream,
        id: ObjectId,
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), InspectError> {
        if depth > MAX_FORMS_DEEP {
            return Err(InspectError::TooLarge("forms nested too deeply, or one that holds itself"));
        }
        // Setting out on a form costs as much as a short one.
        self.spend(500)?;
        let (saved, states, tags) = (sheet.state.clone(), std::mem::take(&mut sheet.saved), sheet.tags.len());
        if let Some(numbers) = self.pdf.numbers(&stream.dict, "Matrix")
            && let Ok(numbers) = <[f64; 6]>::try_from(numbers)
        {
            sheet.state.ctm = Matrix(numbers).then(sheet.state.ctm);
        }
        let content = self.unpack(stream)?;
        let own = self.pdf.dict(&stream.dict, "Resources").or(resources);
        self.run(sheet, &content, own, id, depth)?;
        sheet.close_tags(tags);
        (sheet.state, sheet.saved) = (saved, states);
        Ok(())
    }

    fn open_tag(
        &self,
        sheet: &mut Sheet,
        tag: &[u8],
        properties: Option<&Dictionary>,
        owner: ObjectId,
    ) -> Result<(), InspectError> {
        if sheet.tags.len() >= MAX_MARKS {
            return Err(InspectError::TooLarge("marked content nested too deeply"));
        }
        let inherited = sheet.kind();
        let number = properties.and_then(|dict| dict.get(b"MCID").ok()).and_then(|number| number.as_i64().ok());
        let holds = |test: fn(&Kind) -> bool| sheet.tags.iter().any(|tag| test(&tag.kind));
        let crosses = if tag == b"Artifact" {
            holds(|kind| matches!(kind, Kind::Marked(_)))
        } else {
            number.is_some() && holds(|kind| matches!(kind, Kind::Artifact))
        };
        sheet.facts.crossed += usize::from(crosses);
        let kind = match number {
            _ if tag == b"Artifact" => Kind::Artifact,
            Some(number) => Kind::Marked((owner, number)),
            None => inherited,
        };
        let actual = properties.and_then(|dict| dict.get(b"ActualText").ok());
        let actual = actual.and_then(|text| lopdf::decode_text_string(text).ok());
        let before = sheet.runs.len();
        let reversed = tag == b"ReversedChars";
        sheet.tags.push(Tag { kind, actual: actual.map(|text| (text, before)), reversed });
        Ok(())
    }

    fn font(&mut self, dict: &'a Dictionary) -> FontKey {
        let key: FontKey = dict;
        self.fonts.entry(key).or_insert_with(|| Font::new(self.pdf, dict));
        key
    }

    fn spend(&mut self, work: usize) -> Result<(), InspectError> {
        self.work = self.work.saturating_add(work);
        let within = self.work <= MAX_WORK && self.runs <= MAX_RUNS;
        within.then_some(()).ok_or(InspectError::TooLarge("more to draw than a thousand pages have"))
    }

    fn unpack(&mut self, stream: &lopdf::Stream) -> Result<Vec<u8>, InspectError> {
        let content = self.pdf.unpack(stream)?;
        self.spend(content.len())?;
        Ok(content)
    }

    /// Paints strings, and moves by the numbers between them.
    fn show(&mut self, sheet: &mut Sheet, parts: &[Object]) -> Result<(), InspectError> {
        self.runs += 1;
        self.spend(0)?;
        let Some(font) = sheet.state.font.and_then(|key| self.fonts.get_mut(&key)) else { return Ok(()) };
        let mut run = RunInProgress::default();
        for part in parts {
            if let Object::String(bytes, _) = part {
                for code in bytes.chunks(font.code_bytes) {
                    let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
                    sheet.glyph(font, code, &mut run);
                }
            } else if let Some(back) = number(part) {
                // Some producers move instead of painting a space.
                if back < -250.0 && !run.text.is_empty() && !run.text.ends_with(char::is_whitespace) {
                    run.text.push(' ');
                }
                if run.spaced && back.abs() > run.stretched.abs() * 1000.0 {
                    run.stretched = -back / 1000.0;
                }
                run.spaced = false;
                let shift = -back / 1000.0 * sheet.state.size * sheet.state.stretch;
                sheet.text = Matrix::shift(shift, 0.0).then(sheet.text);
            }
        }
        if sheet.finish(run, &font.facts.name, font.bold) && !self.used.contains(&font.facts) {
            self.used.insert(font.facts.clone());
        }
        self.look(sheet)
    }
}

fn matrix(args: &[Object]) -> Matrix {
    let mut out = Matrix::UNIT;
    for (slot, object) in out.0.iter_mut().zip(args) {
        *slot = number(object).unwrap_or(0.0);
    }
    out
}
