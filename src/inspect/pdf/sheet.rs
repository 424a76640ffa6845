//! One page while it is painted: the graphics state, the open tags, the runs so far.

use super::content::Mark;
use super::font::{Font, UNKNOWN};
use super::matrix::Matrix;
use super::shapes::{BLACK, Box4, Coat, Ground, Paint, Path, Shapes, Space, inside, mix};
use super::text::{Place, Run};
use super::{PageFacts, Smallest, TextRun};
use crate::colour::contrast_of;
use lopdf::Dictionary;
use std::collections::BTreeMap;

/// As many runs are quoted of each page: enough to see what is wrong.
const MAX_EXCERPTS: usize = 100;

/// A font is the same wherever the same dictionary is named: its place in memory is its name.
pub(super) type FontKey = *const Dictionary;

#[derive(Clone)]
pub(super) struct State {
    pub ctm: Matrix,
    pub font: Option<FontKey>,
    pub size: f64,
    pub char_space: f64,
    pub word_space: f64,
    /// Horizontal scaling, 1 for none.
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    pub mode: i64,
    pub alpha: f64,
    pub stroke_alpha: f64,
    pub fill: (Space, Paint),
    pub stroke: (Space, Paint),
    pub line_width: f64,
    /// The box that nothing is painted outside of.
    pub clip: Box4,
}

/// What the innermost tag says of the text in it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Loose,
    Artifact,
    Marked(Mark),
}

pub(super) struct Tag {
    pub kind: Kind,
    /// `/ActualText`, and the number of runs that stood before it.
    pub actual: Option<(String, usize)>,
    /// `/ReversedChars`: words that read from right to left, painted from left to right (ISO 32000-1, 14.8.2.3.3).
    pub reversed: bool,
}

/// One page while it is painted.
pub(super) struct Sheet {
    pub number: usize,
    pub frame: [f64; 4],
    pub state: State,
    pub saved: Vec<State>,
    pub text: Matrix,
    pub line: Matrix,
    pub tags: Vec<Tag>,
    pub runs: Vec<(Kind, Run)>,
    pub sizes: BTreeMap<i64, usize>,
    pub facts: PageFacts,
    pub path: Path,
    /// The path bounds what is painted from the next painting operator on.
    pub clips: bool,
    pub shapes: Shapes,
    /// Every visible run, the tag it stands in, and how many shapes were painted before it.
    pub painted: Vec<(Kind, TextRun, usize)>,
}

/// The glyphs of one operator.
#[derive(Default)]
pub(super) struct RunInProgress {
    pub text: String,
    /// Where each glyph's text ends.
    pub glyphs: Vec<usize>,
    pub start: Option<Place>,
    pub end: (f64, f64),
    /// How far its letters reach to the left and to the right; not always from `start` to `end`.
    pub reach: Option<(f64, f64)>,
    pub matrix: Option<Matrix>,
    pub inked: usize,
    pub outside: bool,
    pub no_glyph: usize,
    pub nameless: usize,
    /// The largest change to the room after a space, in parts of the size.
    pub stretched: f64,
    /// The glyph painted last was a space.
    pub spaced: bool,
}

impl RunInProgress {
    /// The glyphs' texts from the last to the first; each stays as it is.
    fn reversed(&self) -> String {
        let starts = std::iter::once(&0).chain(&self.glyphs);
        let parts: Vec<&str> = starts.zip(&self.glyphs).filter_map(|(from, to)| self.text.get(*from..*to)).collect();
        parts.into_iter().rev().collect()
    }
}

impl Sheet {
    pub fn new(number: usize, frame: [f64; 4]) -> Self {
        let state = State {
            ctm: Matrix::UNIT,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            alpha: 1.0,
            stroke_alpha: 1.0,
            fill: (Space::Gray, Paint::Plain(BLACK)),
            stroke: (Space::Gray, Paint::Plain(BLACK)),
            line_width: 1.0,
            clip: [-1e9, -1e9, 1e9, 1e9],
        };
        Self {
            number,
            frame,
            state,
            saved: Vec::new(),
            text: Matrix::UNIT,
            line: Matrix::UNIT,
            tags: Vec::new(),
            runs: Vec::new(),
            sizes: BTreeMap::new(),
            facts: PageFacts::default(),
            path: Path::default(),
            clips: false,
            shapes: Shapes::default(),
            painted: Vec::new(),
        }
    }

    pub fn kind(&self) -> Kind {
        self.tags.last().map_or(Kind::Loose, |tag| tag.kind)
    }

    pub fn start_line(&mut self, matrix: Matrix) {
        (self.text, self.line) = (matrix, matrix);
    }

    pub fn next_line(&mut self, x: f64, y: f64) {
        self.start_line(Matrix::shift(x, y).then(self.line));
    }

    fn visible(&self) -> bool {
        !matches!(self.state.mode, 3 | 7) && self.state.alpha > 0.0
    }

    pub fn glyph(&mut self, font: &mut Font, code: u32, run: &mut RunInProgress) {
        let state = &self.state;
        let own = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let matrix = own.then(self.text).then(state.ctm);
        let width = font.width(code);
        let one_byte = font.code_bytes == 1;
        let text = font.text(code);
        run.text.push_str(text);
        run.glyphs.push(run.text.len());
        run.spaced = text.chars().all(char::is_whitespace);
        // Code 0 of a composite font is the glyph for what the font does not have.
        let missing = code == 0 && !one_byte;
        run.no_glyph += usize::from(missing);
        run.nameless += usize::from(!missing && text.contains(UNKNOWN));
        if !text.chars().all(char::is_whitespace) {
            run.inked += 1;
            // Half the letters rise 0.7 em above the line and sink 0.2 em below it: near enough to find what is cut.
            let corners = [matrix.apply(0.0, -0.2), matrix.apply(width, 0.7)];
            let [left, bottom, right, top] = self.frame;
            let inside = |(x, y): (f64, f64)| x > left - 0.5 && x < right + 0.5 && y > bottom - 0.5 && y < top + 0.5;
            run.outside |= !corners.into_iter().all(inside);
        }
        let (a, b) = (matrix.0[0], matrix.0[1]);
        let length = a.hypot(b).max(f64::MIN_POSITIVE);
        let start = matrix.apply(0.0, 0.0);
        run.start.get_or_insert(Place {
            page: self.number,
            start,
            end: start,
            along: (a / length, b / length),
            size: matrix.scale(),
        });
        run.matrix.get_or_insert(matrix);
        run.end = matrix.apply(width, 0.0);
        if !run.spaced {
            let (low, high) = run.reach.unwrap_or((start.0, start.0));
            run.reach = Some((low.min(start.0).min(run.end.0), high.max(start.0).max(run.end.0)));
        }
        let space = if one_byte && code == 32 { state.word_space } else { 0.0 };
        let advance = (width * state.size + state.char_space + space) * state.stretch;
        self.text = Matrix::shift(advance, 0.0).then(self.text);
    }

    /// Keeps a run and what it says of the page; tells whether it is visible.
    pub fn finish(&mut self, mut run: RunInProgress, font: &str, bold: bool) -> bool {
        if self.tags.iter().any(|tag| tag.reversed) {
            run.text = run.reversed();
        }
        let (Some(mut place), Some(matrix)) = (run.start, run.matrix) else { return false };
        place.end = run.end;
        self.facts.no_glyph += run.no_glyph;
        self.facts.nameless += run.nameless;
        let shows = self.visible() && run.inked > 0;
        if shows {
            let size = place.size;
            *self.sizes.entry((size * 100.0).round() as i64).or_default() += run.inked;
            let excerpt = || run.text.trim().chars().take(60).collect::<String>();
            if self.facts.smallest.as_ref().is_none_or(|least| size < least.size - 0.005) {
                let size = (size * 100.0).round() / 100.0;
                self.facts.smallest = Some(Smallest { size, text: excerpt(), font: font.to_string() });
            }
            if run.outside && self.facts.outside.len() < MAX_EXCERPTS {
                self.facts.outside.push(excerpt());
            }
            if matrix.turns() && self.facts.turned.len() < MAX_EXCERPTS {
                self.facts.turned.push(excerpt());
            }
            let contrast = self.contrast(&place);
            let painted = TextRun {
                text: run.text.clone(),
                start: place.start,
                end: place.end,
                reach: run.reach.unwrap_or((place.start.0, place.start.0)),
                size: (size * 100.0).round() / 100.0,
                bold,
                stretched: run.stretched,
                artifact: self.kind() == Kind::Artifact,
                node: None,
                contrast,
                covered: false,
            };
            self.painted.push((self.kind(), painted, self.shapes.len()));
        }
        self.runs.push((self.kind(), Run { text: run.text, place: Some(place) }));
        shows
    }

    /// The least contrast of a run with what lies under its beginning, its middle and its end.
    fn contrast(&mut self, place: &Place) -> Option<f64> {
        let State { fill, stroke, alpha, stroke_alpha, .. } = self.state;
        // Letters that are only outlined show the colour of the line.
        let (paint, alpha) = if matches!(self.state.mode, 1 | 5) { (stroke.1, stroke_alpha) } else { (fill.1, alpha) };
        let Paint::Plain(ink) = paint else { return None };
        let mut least: Option<f64> = None;
        for point in points(place.start, place.end, place.along, place.size) {
            let Ground::Plain(ground) = self.shapes.under(point) else { return None };
            let ratio = contrast_of(mix(ink, ground, alpha), ground);
            least = Some(least.map_or(ratio, |least| least.min(ratio)));
        }
        least.map(|ratio| (ratio * 100.0).round() / 100.0)
    }

    /// The visible runs, with what was painted over them taken into account.
    pub fn visible_runs(&mut self) -> Vec<(Kind, TextRun)> {
        let mut out = Vec::with_capacity(self.painted.len());
        for (kind, mut run, since) in std::mem::take(&mut self.painted) {
            let (dx, dy) = (run.end.0 - run.start.0, run.end.1 - run.start.1);
            let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
            let points = points(run.start, run.end, (dx / length, dy / length), run.size);
            run.covered = points.into_iter().any(|point| self.shapes.hides(point, since));
            out.push((kind, run));
        }
        out
    }

    /// Paints the path, and begins a new one.
    pub fn paint_path(&mut self, fill: Option<bool>, stroke: bool) {
        let path = std::mem::take(&mut self.path);
        if !path.is_empty() && (fill.is_some() || stroke) {
            self.shows_drawing();
        }
        let State { clip, alpha, stroke_alpha, line_width, .. } = self.state;
        if let Some(even_odd) = fill {
            self.shapes.fill(&path, even_odd, Coat { paint: self.state.fill.1, alpha, clip });
        }
        if stroke {
            let width = line_width * self.state.ctm.scale();
            self.shapes.stroke(&path, width, Coat { paint: self.state.stroke.1, alpha: stroke_alpha, clip });
        }
        if std::mem::take(&mut self.clips) {
            // A path without area lets nothing through.
            self.state.clip = inside(clip, path.bounds().unwrap_or([0.0; 4]));
        }
    }

    pub fn paint_picture(&mut self) {
        self.shows_drawing();
        self.shapes.picture(self.state.ctm, self.state.alpha, self.state.clip);
    }

    pub fn paint_shading(&mut self) {
        self.shows_drawing();
        self.shapes.wash(self.state.clip, self.state.alpha);
    }

    fn shows_drawing(&mut self) {
        if self.kind() == Kind::Loose {
            self.facts.loose += 1;
        }
    }

    /// Closes tags until `keep` are open; an `/ActualText` then replaces the runs inside it.
    pub fn close_tags(&mut self, keep: usize) {
        while self.tags.len() > keep {
            let Some(tag) = self.tags.pop() else { return };
            let Some((text, before)) = tag.actual else { continue };
            let inner = self.runs.drain(before.min(self.runs.len())..);
            let places: Vec<Place> = inner.filter_map(|(_, run)| run.place).collect();
            let place = places.first().zip(places.last()).map(|(first, last)| Place { end: last.end, ..*first });
            self.runs.push((tag.kind, Run { text, place }));
        }
    }
}

/// Points in the lower half of the letters, near the beginning, in the middle and near the end.
fn points(start: (f64, f64), end: (f64, f64), along: (f64, f64), size: f64) -> [(f64, f64); 3] {
    let up = (-along.1 * size * 0.25, along.0 * size * 0.25);
    [0.05, 0.5, 0.95].map(|t| (start.0 + (end.0 - start.0) * t + up.0, start.1 + (end.1 - start.1) * t + up.1))
}
