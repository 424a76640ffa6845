//! What a PDF's pages paint, read back from the bytes: areas, lines, pictures and words, with place and colour. An
//! interpreter of its own, that shares nothing with the program's.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::sheets::MM;

/// Left, foot, right, head in millimetres from the corner of the media.
pub type Corners = [f64; 4];

/// Something painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub kind: Kind,
    pub at: Corners,
    /// The colour: its space's name, then its numbers in hundredths.
    pub colour: (String, Vec<i64>),
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Area,
    Line,
    Picture,
    Words,
}

type Matrix = [f64; 6];
const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn then(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn at(m: Matrix, [x, y]: [f64; 2]) -> [f64; 2] {
    [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]]
}

/// What each page paints, in order.
pub fn pages(bytes: &[u8]) -> Vec<Vec<Mark>> {
    let document = Document::load_mem(bytes).unwrap();
    document.get_pages().into_values().map(|page| page_of(&document, page)).collect()
}

fn page_of(document: &Document, id: ObjectId) -> Vec<Mark> {
    let page = document.get_dictionary(id).unwrap();
    let mut painter = Painter { document, marks: Vec::new(), fonts: BTreeMap::new() };
    let content = document.get_page_content(id);
    let state = State { ctm: UNIT, fill: start(), stroke: start(), font: None, size: 0.0 };
    painter.run(&content, resources(document, page), state);
    painter.marks
}

fn resources(document: &Document, dict: &Dictionary) -> Dictionary {
    let found = dict.get(b"Resources").ok().and_then(|object| document.dereference(object).ok());
    found.and_then(|(_, object)| object.as_dict().ok().cloned()).unwrap_or_default()
}

fn start() -> (String, Vec<i64>) {
    ("DeviceGray".into(), vec![0])
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    fill: (String, Vec<i64>),
    stroke: (String, Vec<i64>),
    font: Option<Vec<u8>>,
    size: f64,
}

struct Painter<'a> {
    document: &'a Document,
    marks: Vec<Mark>,
    fonts: BTreeMap<Vec<u8>, ()>,
}

impl Painter<'_> {
    fn entry(&self, resources: &Dictionary, kind: &[u8], name: &[u8]) -> Option<(Option<ObjectId>, Object)> {
        let (_, group) = self.document.dereference(resources.get(kind).ok()?).ok()?;
        let (id, object) = self.document.dereference(group.as_dict().ok()?.get(name).ok()?).ok()?;
        Some((id, object.clone()))
    }

    fn mark(&mut self, kind: Kind, points: &[[f64; 2]], colour: &(String, Vec<i64>), words: String) {
        let fold =
            |at: usize| points.iter().fold((f64::MAX, f64::MIN), |(low, high), p| (low.min(p[at]), high.max(p[at])));
        let ((left, right), (low, high)) = (fold(0), fold(1));
        let corners = [left, low, right, high].map(|n| n / MM);
        self.marks.push(Mark { kind, at: corners, colour: colour.clone(), words });
    }

    fn run(&mut self, content: &[u8], resources: Dictionary, mut state: State) {
        let mut saved = Vec::new();
        let mut path: Vec<[f64; 2]> = Vec::new();
        let (mut text, mut line) = (UNIT, UNIT);
        for operation in Content::decode(content).unwrap().operations {
            let a = &operation.operands;
            let n = |i: usize| f64::from(a.get(i).and_then(|n| n.as_float().ok()).unwrap_or(0.0));
            let hundredths = || -> Vec<i64> {
                a.iter().filter_map(|n| n.as_float().ok()).map(|n| (f64::from(n) * 100.0).round() as i64).collect()
            };
            match operation.operator.as_str() {
                "q" => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.ctm = then([n(0), n(1), n(2), n(3), n(4), n(5)], state.ctm),
                "g" => state.fill = ("DeviceGray".into(), hundredths()),
                "G" => state.stroke = ("DeviceGray".into(), hundredths()),
                "rg" => state.fill = ("DeviceRGB".into(), hundredths()),
                "RG" => state.stroke = ("DeviceRGB".into(), hundredths()),
                "k" => state.fill = ("DeviceCMYK".into(), hundredths()),
                "K" => state.stroke = ("DeviceCMYK".into(), hundredths()),
                "cs" | "CS" => {
                    let name = a[0].as_name().unwrap();
                    let space = match self.entry(&resources, b"ColorSpace", name) {
                        Some((_, space)) => space_name(self.document, &space),
                        None => String::from_utf8_lossy(name).into_owned(),
                    };
                    let place = if operation.operator == "cs" { &mut state.fill } else { &mut state.stroke };
                    *place = (space, Vec::new());
                }
                "sc" | "scn" => state.fill.1 = hundredths(),
                "SC" | "SCN" => state.stroke.1 = hundredths(),
                "m" | "l" => path.push(at(state.ctm, [n(0), n(1)])),
                "c" => path.extend([[n(0), n(1)], [n(2), n(3)], [n(4), n(5)]].map(|p| at(state.ctm, p))),
                "v" | "y" => path.extend([[n(0), n(1)], [n(2), n(3)]].map(|p| at(state.ctm, p))),
                "re" => {
                    let (x, y, w, h) = (n(0), n(1), n(2), n(3));
                    path.extend([[x, y], [x + w, y], [x, y + h], [x + w, y + h]].map(|p| at(state.ctm, p)));
                }
                "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" => {
                    let points = std::mem::take(&mut path);
                    self.mark(Kind::Area, &points, &state.fill.clone(), String::new());
                }
                "S" | "s" => {
                    let points = std::mem::take(&mut path);
                    self.mark(Kind::Line, &points, &state.stroke.clone(), String::new());
                }
                "n" => path.clear(),
                "BT" => (text, line) = (UNIT, UNIT),
                "Tf" => {
                    state.font = Some(a[0].as_name().unwrap().to_vec());
                    state.size = n(1);
                }
                "Tm" => (text, line) = ([n(0), n(1), n(2), n(3), n(4), n(5)], [n(0), n(1), n(2), n(3), n(4), n(5)]),
                "Td" => {
                    line = then([1.0, 0.0, 0.0, 1.0, n(0), n(1)], line);
                    text = line;
                }
                "Tj" | "TJ" => {
                    let words = self.words(&resources, state.font.as_deref(), a);
                    let from = at(then(text, state.ctm), [0.0, 0.0]);
                    self.mark(Kind::Words, &[from], &state.fill.clone(), words);
                }
                "Do" => {
                    let Some((_, Object::Stream(stream))) = self.entry(&resources, b"XObject", a[0].as_name().unwrap())
                    else {
                        continue;
                    };
                    if stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap() == b"Image" {
                        let corners = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]].map(|p| at(state.ctm, p));
                        let space = stream.dict.get(b"ColorSpace").map(|space| space_name(self.document, space));
                        self.mark(Kind::Picture, &corners, &(space.unwrap_or_default(), Vec::new()), String::new());
                        continue;
                    }
                    let mut inner = state.clone();
                    if let Ok(matrix) = stream.dict.get(b"Matrix").and_then(Object::as_array) {
                        let m: Vec<f64> = matrix.iter().map(|n| f64::from(n.as_float().unwrap())).collect();
                        inner.ctm = then([m[0], m[1], m[2], m[3], m[4], m[5]], inner.ctm);
                    }
                    let own = resources_of(self.document, &stream.dict, &resources);
                    self.run(&plain(&stream), own, inner);
                }
                _ => {}
            }
        }
    }

    fn words(&mut self, resources: &Dictionary, font: Option<&[u8]>, operands: &[Object]) -> String {
        let Some((_, Object::Dictionary(font))) = font.and_then(|name| self.entry(resources, b"Font", name)) else {
            return String::new();
        };
        let encoding = font.get_font_encoding(self.document).unwrap();
        let one = |object: &Object| match object {
            Object::String(bytes, _) => Document::decode_text(&encoding, bytes).unwrap(),
            _ => String::new(),
        };
        operands
            .iter()
            .map(|object| match object {
                Object::Array(parts) => parts.iter().map(one).collect(),
                other => one(other),
            })
            .collect()
    }
}

fn resources_of(document: &Document, dict: &Dictionary, outer: &Dictionary) -> Dictionary {
    if dict.has(b"Resources") { resources(document, dict) } else { outer.clone() }
}

/// A stream's bytes, packed out.
pub fn plain(stream: &lopdf::Stream) -> Vec<u8> {
    let packed = stream.filters().is_ok_and(|filters| !filters.is_empty());
    if packed { stream.decompressed_content().unwrap() } else { stream.content.clone() }
}

/// `DeviceCMYK`, or `Separation NAME/DeviceCMYK`, or what else a space is.
pub fn space_name(document: &Document, space: &Object) -> String {
    let (_, space) = document.dereference(space).unwrap();
    match space {
        Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
        Object::Array(parts) => {
            let name = |i: usize| String::from_utf8_lossy(parts[i].as_name().unwrap_or_default()).into_owned();
            match parts[0].as_name().unwrap() {
                b"Separation" => format!("Separation {}/{}", name(1), space_name(document, &parts[2])),
                _ => name(0),
            }
        }
        _ => "?".into(),
    }
}
