//! One page while it is walked: the graphics state and the marks so far.

use super::colour::Space;
use super::paths::{Path, placed};
use super::{Area, Ink, Mark};
use crate::inspect::pdf::font::Font;
use crate::inspect::pdf::matrix::Matrix;
use crate::inspect::pdf::objects::number;
use lopdf::{Dictionary, Object};

/// What is set when a mark is made.
#[derive(Clone)]
pub(super) struct State<'a> {
    pub ctm: Matrix,
    pub clip: Option<Area>,
    pub fill: (Space<'a>, Ink),
    pub stroke: (Space<'a>, Ink),
    pub pattern: Option<&'a Object>,
    pub line: f64,
    pub overprint: (bool, bool),
    pub transparent: (bool, bool),
    pub mixed: bool,
    pub font: Option<*const Dictionary>,
    pub size: f64,
    pub char_space: f64,
    pub word_space: f64,
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    pub mode: i64,
}

/// One page while it is walked.
pub(super) struct Sheet<'a> {
    pub number: usize,
    pub state: State<'a>,
    pub saved: Vec<State<'a>>,
    pub path: Path,
    pub clips: bool,
    pub text: Matrix,
    pub start: Matrix,
    pub marks: Vec<Mark>,
}

impl<'a> Sheet<'a> {
    /// A page on which nothing is painted yet. Until one is chosen, the colour is black in grey for screens.
    pub fn new(number: usize, media: Area) -> Self {
        let black = (Space::Foreign { name: "DeviceGray".into(), parts: 1 }, grey(0.0));
        let state = State {
            ctm: Matrix::UNIT,
            clip: Some(media),
            fill: black.clone(),
            stroke: black,
            pattern: None,
            line: 1.0,
            overprint: (false, false),
            transparent: (false, false),
            mixed: false,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        Self {
            number,
            state,
            saved: Vec::new(),
            path: Path::default(),
            clips: false,
            text: Matrix::UNIT,
            start: Matrix::UNIT,
            marks: Vec::new(),
        }
    }

    pub fn start_line(&mut self, matrix: Matrix) {
        (self.text, self.start) = (matrix, matrix);
    }

    pub fn next_line(&mut self, x: f64, y: f64) {
        self.start_line(Matrix::shift(x, y).then(self.start));
    }

    /// Where a run of letters stands, its words and its size.
    pub fn letters(&mut self, font: &mut Font<'a>, parts: &[Object]) -> (Option<Area>, String, f64) {
        let state = &self.state;
        let own = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let (mut area, mut words): (Option<Area>, String) = (None, String::new());
        let size = own.then(self.text).then(state.ctm).scale();
        for part in parts {
            if let Object::String(bytes, _) = part {
                for code in bytes.chunks(font.code_bytes) {
                    let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
                    let matrix = own.then(self.text).then(state.ctm);
                    let width = font.width(code);
                    let sign = font.text(code);
                    words.push_str(sign);
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
        (area, words, size)
    }
}

fn grey(value: f64) -> Ink {
    Ink::Foreign { space: "DeviceGray".into(), white: value > 0.995 }
}
