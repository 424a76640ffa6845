//! What is painted besides text: enough of it to know which colour lies under a word.
//!
//! Shapes are kept as polygons in the order of painting. A clipping path counts as its bounding box, and a picture, a
//! pattern or a shading as "some picture": nobody can say which colour a word on it meets.

use super::matrix::Matrix;

/// A colour in sRGB, each part from 0 to 1.
pub(super) type Rgb = [f64; 3];

pub(super) const WHITE: Rgb = [1.0, 1.0, 1.0];
pub(super) const BLACK: Rgb = [0.0, 0.0, 0.0];

/// Left, bottom, right, top.
pub(super) type Box4 = [f64; 4];

/// What a shape is filled with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Paint {
    Plain(Rgb),
    Picture,
}

/// What lies under a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ground {
    Plain(Rgb),
    Picture,
}

/// How a colour's numbers are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Space {
    #[default]
    Gray,
    Rgb,
    Cmyk,
    /// A pattern, a spot colour, or a space whose numbers say nothing by themselves.
    Other,
}

impl Space {
    /// The colour of these numbers. ICC profiles of typst are sRGB and its grey, whose numbers are those of the
    /// device spaces; CMYK is reckoned without a profile, which is near enough to find what is too pale.
    pub fn paint(self, numbers: &[f64]) -> Paint {
        let n = |i: usize| numbers.get(i).copied().unwrap_or(0.0).clamp(0.0, 1.0);
        match self {
            Self::Gray => Paint::Plain([n(0), n(0), n(0)]),
            Self::Rgb => Paint::Plain([n(0), n(1), n(2)]),
            Self::Cmyk => {
                let part = |ink: f64| (1.0 - ink) * (1.0 - n(3));
                Paint::Plain([part(n(0)), part(n(1)), part(n(2))])
            }
            Self::Other => Paint::Picture,
        }
    }
}

/// One filled or stroked area.
#[derive(Debug, Clone)]
struct Shape {
    bounds: Box4,
    outline: Vec<Vec<(f64, f64)>>,
    even_odd: bool,
    paint: Paint,
    alpha: f64,
}

impl Shape {
    fn holds(&self, (x, y): (f64, f64)) -> bool {
        let [left, bottom, right, top] = self.bounds;
        if x < left || x > right || y < bottom || y > top {
            return false;
        }
        // A rectangle is its own bounds.
        if self.outline.is_empty() {
            return true;
        }
        let mut winding = 0i64;
        for corners in &self.outline {
            let next = corners.iter().cycle().skip(1);
            for (&(x0, y0), &(x1, y1)) in corners.iter().zip(next) {
                if (y0 <= y) != (y1 <= y) && x < x0 + (y - y0) / (y1 - y0) * (x1 - x0) {
                    winding += if y1 > y0 { 1 } else { -1 };
                }
            }
        }
        if self.even_odd { winding % 2 != 0 } else { winding != 0 }
    }
}

/// The path that is being drawn, in the page's own units.
#[derive(Debug, Clone, Default)]
pub(super) struct Path {
    parts: Vec<Vec<(f64, f64)>>,
    at: (f64, f64),
    pub points: usize,
}

impl Path {
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub fn move_to(&mut self, ctm: Matrix, x: f64, y: f64) {
        self.at = (x, y);
        self.parts.push(vec![ctm.apply(x, y)]);
        self.points += 1;
    }

    pub fn line_to(&mut self, ctm: Matrix, x: f64, y: f64) {
        self.at = (x, y);
        self.points += 1;
        if let Some(part) = self.parts.last_mut() {
            part.push(ctm.apply(x, y));
        }
    }

    /// A curve, as six straight pieces.
    pub fn curve_to(&mut self, ctm: Matrix, a: (f64, f64), b: (f64, f64), end: (f64, f64)) {
        let from = self.at;
        for step in 1..=6 {
            let t = f64::from(step) / 6.0;
            let u = 1.0 - t;
            let blend = |p: f64, q: f64, r: f64, s: f64| {
                u * u * u * p + 3.0 * u * u * t * q + 3.0 * u * t * t * r + t * t * t * s
            };
            let (x, y) = (blend(from.0, a.0, b.0, end.0), blend(from.1, a.1, b.1, end.1));
            self.line_to(ctm, x, y);
        }
        self.at = end;
    }

    pub fn here(&self) -> (f64, f64) {
        self.at
    }

    pub fn rectangle(&mut self, ctm: Matrix, x: f64, y: f64, width: f64, height: f64) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        self.parts.push(corners.map(|(x, y)| ctm.apply(x, y)).to_vec());
        self.points += 4;
        self.at = (x, y);
    }

    pub fn bounds(&self) -> Option<Box4> {
        let mut all = self.parts.iter().flatten();
        let (x, y) = *all.next()?;
        let grow = |b: Box4, (x, y): &(f64, f64)| [b[0].min(*x), b[1].min(*y), b[2].max(*x), b[3].max(*y)];
        Some(all.fold([x, y, x, y], grow))
    }
}

/// The part of one box that lies in another.
pub(super) fn inside(a: Box4, b: Box4) -> Box4 {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// Everything painted on a page so far, text apart.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    all: Vec<Shape>,
    /// Steps taken to look under words since somebody last asked.
    pub steps: usize,
    /// How many more may be taken: a limit keeps hostile pages from taking minutes.
    pub budget: usize,
}

/// How a path is painted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coat {
    pub paint: Paint,
    pub alpha: f64,
    pub clip: Box4,
}

impl Shapes {
    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn fill(&mut self, path: &Path, even_odd: bool, coat: Coat) {
        let Some(bounds) = path.bounds() else { return };
        let whole = path.parts.len() == 1 && is_upright(path.parts.first().map_or(&[], Vec::as_slice));
        let outline = if whole { Vec::new() } else { path.parts.clone() };
        self.add(inside(bounds, coat.clip), outline, even_odd, coat);
    }

    /// Each straight piece of a path as a thin box around it.
    pub fn stroke(&mut self, path: &Path, width: f64, coat: Coat) {
        let half = width.max(0.05) / 2.0;
        for part in &path.parts {
            for pair in part.windows(2) {
                let [(x0, y0), (x1, y1)] = pair else { continue };
                let (dx, dy) = (x1 - x0, y1 - y0);
                let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
                let (nx, ny) = (-dy / length * half, dx / length * half);
                let corners = vec![(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)];
                let thin = Path { parts: vec![corners], ..Path::default() };
                self.fill(&thin, false, coat);
            }
        }
    }

    pub fn picture(&mut self, ctm: Matrix, alpha: f64, clip: Box4) {
        let mut path = Path::default();
        path.rectangle(ctm, 0.0, 0.0, 1.0, 1.0);
        self.fill(&path, false, Coat { paint: Paint::Picture, alpha, clip });
    }

    /// A shading fills all that may be painted on.
    pub fn wash(&mut self, clip: Box4, alpha: f64) {
        self.add(clip, Vec::new(), false, Coat { paint: Paint::Picture, alpha, clip });
    }

    fn add(&mut self, bounds: Box4, outline: Vec<Vec<(f64, f64)>>, even_odd: bool, coat: Coat) {
        if coat.alpha > 0.0 && bounds[0] < bounds[2] && bounds[1] < bounds[3] {
            self.all.push(Shape { bounds, outline, even_odd, paint: coat.paint, alpha: coat.alpha });
        }
    }

    /// What lies under a point: white paper, and on it whatever was painted there.
    pub fn under(&mut self, point: (f64, f64)) -> Ground {
        let mut layers: Vec<(Rgb, f64)> = Vec::new();
        let mut base = WHITE;
        for shape in self.all.iter().rev() {
            self.steps += 1;
            self.budget = self.budget.saturating_sub(1);
            if self.budget == 0 {
                return Ground::Picture;
            }
            if !shape.holds(point) {
                continue;
            }
            match shape.paint {
                Paint::Picture if shape.alpha > 0.1 => return Ground::Picture,
                Paint::Picture => {}
                Paint::Plain(colour) if shape.alpha >= 0.999 => {
                    base = colour;
                    break;
                }
                Paint::Plain(colour) => layers.push((colour, shape.alpha)),
            }
        }
        Ground::Plain(layers.into_iter().rev().fold(base, |below, (colour, alpha)| mix(colour, below, alpha)))
    }

    /// Whether something that was painted later hides a point.
    pub fn hides(&mut self, point: (f64, f64), since: usize) -> bool {
        let later = self.all.get(since..).unwrap_or(&[]);
        self.steps += later.len();
        self.budget = self.budget.saturating_sub(later.len());
        if self.budget == 0 {
            return false;
        }
        later.iter().any(|shape| shape.alpha > 0.5 && shape.holds(point))
    }
}

/// A colour through which another shines.
pub(super) fn mix(above: Rgb, below: Rgb, alpha: f64) -> Rgb {
    let part = |i: usize| above[i] * alpha + below[i] * (1.0 - alpha);
    [part(0), part(1), part(2)]
}

/// Whether four or five corners make a box that stands upright.
fn is_upright(corners: &[(f64, f64)]) -> bool {
    let [a, b, c, d, rest @ ..] = corners else { return false };
    let closed = rest.is_empty() || rest == [*a];
    let near = |x: f64, y: f64| (x - y).abs() < 1e-6;
    let across = near(a.1, b.1) && near(b.0, c.0) && near(c.1, d.1) && near(d.0, a.0);
    let along = near(a.0, b.0) && near(b.1, c.1) && near(c.0, d.0) && near(d.1, a.1);
    closed && (across || along)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Box4 = [-1e9, -1e9, 1e9, 1e9];

    fn square(shapes: &mut Shapes, x: f64, y: f64, size: f64, paint: Paint, alpha: f64) {
        let mut path = Path::default();
        path.rectangle(Matrix::UNIT, x, y, size, size);
        shapes.fill(&path, false, Coat { paint, alpha, clip: ALL });
    }

    #[test]
    fn the_last_that_was_painted_lies_on_top() {
        let mut shapes = Shapes { budget: 1000, ..Shapes::default() };
        assert_eq!(shapes.under((5.0, 5.0)), Ground::Plain(WHITE));
        square(&mut shapes, 0.0, 0.0, 10.0, Paint::Plain([1.0, 0.0, 0.0]), 1.0);
        square(&mut shapes, 0.0, 0.0, 4.0, Paint::Plain(BLACK), 0.5);
        assert_eq!(shapes.under((5.0, 5.0)), Ground::Plain([1.0, 0.0, 0.0]));
        assert_eq!(shapes.under((2.0, 2.0)), Ground::Plain([0.5, 0.0, 0.0]));
        assert_eq!(shapes.under((20.0, 2.0)), Ground::Plain(WHITE));
        shapes.picture(Matrix([10.0, 0.0, 0.0, 10.0, 0.0, 0.0]), 1.0, ALL);
        assert_eq!(shapes.under((2.0, 2.0)), Ground::Picture);
        assert!(shapes.hides((2.0, 2.0), 2) && !shapes.hides((2.0, 2.0), 3));
    }

    #[test]
    fn a_curve_and_a_clip_bound_what_is_painted() {
        let mut path = Path::default();
        path.move_to(Matrix::UNIT, 0.0, 0.0);
        path.curve_to(Matrix::UNIT, (0.0, 10.0), (10.0, 10.0), (10.0, 0.0));
        let mut shapes = Shapes { budget: 1000, ..Shapes::default() };
        shapes.fill(&path, false, Coat { paint: Paint::Plain(BLACK), alpha: 1.0, clip: [0.0, 0.0, 6.0, 9.0] });
        assert_eq!(shapes.under((5.0, 5.0)), Ground::Plain(BLACK));
        assert_eq!(shapes.under((0.2, 7.0)), Ground::Plain(WHITE));
        assert_eq!(shapes.under((8.0, 2.0)), Ground::Plain(WHITE));
    }

    #[test]
    fn inks_become_colours() {
        assert_eq!(Space::Cmyk.paint(&[0.0, 0.0, 0.0, 1.0]), Paint::Plain(BLACK));
        assert_eq!(Space::Gray.paint(&[0.5]), Paint::Plain([0.5, 0.5, 0.5]));
        assert_eq!(Space::Other.paint(&[]), Paint::Picture);
    }
}
