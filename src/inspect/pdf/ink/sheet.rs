//! One page while it is walked: the graphics state and the marks so far.

use super::colour::Space;
use super::paths::{Path, placed};
use super::{Area, Ink, Mark};
use crate::inspect::pdf::font::Font;
use crate::inspect::pdf::matrix::Matrix;
use crate::inspect::pdf::objects::number;
use lopdf::{Dictionary, Object};
use std::collections::BTreeMap;

/// A colour, or a pattern with the colour that it takes.
#[derive(Clone)]
pub(super) struct Paint<'a> {
    pub space: Space<'a>,
    pub ink: Ink,
    pub pattern: Option<&'a Object>,
}

/// What is set when a mark is made. Of each pair, the first is for shapes and the second for lines.
#[derive(Clone)]
pub(super) struct State<'a> {
    pub ctm: Matrix,
    pub clip: Option<Area>,
    pub fill: Paint<'a>,
    pub stroke: Paint<'a>,
    pub line: f64,
    pub overprint: (bool, bool),
    pub alpha: (f64, f64),
    pub mixed: bool,
    pub font: Option<&'a Dictionary>,
    pub size: f64,
    pub char_space: f64,
    pub word_space: f64,
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    pub mode: i64,
}

impl State<'_> {
    /// Until one is chosen, the colour is black in grey for screens.
    fn new(ctm: Matrix, clip: Option<Area>) -> Self {
        let ink = Ink::Foreign { space: "DeviceGray".into(), white: false };
        let black = Paint { space: Space::Foreign { name: "DeviceGray".into(), parts: 1 }, ink, pattern: None };
        Self {
            ctm,
            clip,
            fill: black.clone(),
            stroke: black,
            line: 1.0,
            overprint: (false, false),
            alpha: (1.0, 1.0),
            mixed: false,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }

    /// Whether a shape or a line overprints, and how much it covers, 0 to 1.
    pub fn laid(&self, stroke: bool) -> (bool, f64) {
        if stroke { (self.overprint.1, self.alpha.1) } else { (self.overprint.0, self.alpha.0) }
    }
}

/// One page while it is walked; or a tile, a drawn letter or a mask.
pub(super) struct Sheet<'a> {
    pub number: usize,
    pub trim: Area,
    /// The matrix with which the page's or form's content begins: patterns keep to it.
    pub base: Matrix,
    pub resources: Option<&'a Dictionary>,
    pub depth: usize,
    /// Whether it is a drawn letter.
    pub letter: bool,
    /// Colours are not chosen here: a tile or letter without colours of its own.
    pub plain: bool,
    pub state: State<'a>,
    pub saved: Vec<State<'a>>,
    pub path: Path,
    pub clips: bool,
    pub text: Matrix,
    pub start: Matrix,
    pub marks: Vec<Mark>,
}

/// A run of letters in its place.
pub(super) struct Run {
    /// What it covers; none where nothing of it is seen.
    pub area: Option<Area>,
    pub words: String,
    pub size: f64,
    /// Each code with the matrix of its first letter; only of fonts that draw their letters.
    pub codes: BTreeMap<u32, Matrix>,
}

impl<'a> Sheet<'a> {
    /// A page on which nothing is painted yet.
    pub fn new(number: usize, base: Matrix, clip: Option<Area>, trim: Area) -> Self {
        Self {
            number,
            trim,
            base,
            resources: None,
            depth: 0,
            letter: false,
            plain: false,
            state: State::new(base, clip),
            saved: Vec::new(),
            path: Path::default(),
            clips: false,
            text: Matrix::UNIT,
            start: Matrix::UNIT,
            marks: Vec::new(),
        }
    }

    /// A sheet for what is painted as a part of this one.
    pub fn within(&self) -> Self {
        let new = Self::new(self.number, self.base, None, self.trim);
        Self { resources: self.resources, depth: self.depth, ..new }
    }

    pub fn start_line(&mut self, matrix: Matrix) {
        (self.text, self.start) = (matrix, matrix);
    }

    pub fn next_line(&mut self, x: f64, y: f64) {
        self.start_line(Matrix::shift(x, y).then(self.start));
    }

    /// Where a run of letters stands, its words and its size.
    pub fn letters(&mut self, font: &mut Font<'a>, parts: &[Object]) -> Run {
        let state = &self.state;
        let own = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let (mut area, mut words): (Option<Area>, String) = (None, String::new());
        let size = own.then(self.text).then(state.ctm).scale();
        let (drawn, mut codes) = (font.facts.kind == "Type3", BTreeMap::new());
        for part in parts {
            if let Object::String(bytes, _) = part {
                for code in bytes.chunks(font.code_bytes) {
                    let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
                    let matrix = own.then(self.text).then(state.ctm);
                    let width = font.width(code);
                    let sign = font.text(code);
                    words.push_str(sign);
                    if drawn {
                        codes.entry(code).or_insert(matrix);
                    }
                    if !sign.chars().all(char::is_whitespace) {
                        // Half the letters rise 0.7 em above the line and sink 0.2 em below it.
                        let [a, b, c, d] = placed([0.0, -0.2, width, 0.7], matrix);
                        let [left, low, right, high] = area.unwrap_or([a, b, c, d]);
                        area = Some([left.min(a), low.min(b), right.max(c), high.max(d)]);
                    }
                    let space = if font.code_bytes == 1 && code == 32 { state.word_space } else { 0.0 };
                    let advance = (width * state.size + state.char_space + space) * state.stretch;
                    self.text = Matrix::shift(advance, 0.0).then(self.text);
                }
            } else if let Some(back) = number(part) {
                let shift = -back / 1000.0 * state.size * state.stretch;
                self.text = Matrix::shift(shift, 0.0).then(self.text);
            }
        }
        Run { area, words, size, codes }
    }
}
