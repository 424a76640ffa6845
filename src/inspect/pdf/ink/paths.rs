//! How far a path reaches on the page.

use super::{Area, shared};
use crate::inspect::pdf::matrix::Matrix;
use lopdf::Object;

/// As many points stand for a curve.
const STEPS: u32 = 16;

/// A path while it is built.
#[derive(Debug, Clone, Default)]
pub(super) struct Path {
    area: Option<Area>,
    now: (f64, f64),
}

impl Path {
    /// Takes one step of building; tells whether the operator was one.
    pub fn step(&mut self, operator: &str, args: &[Object], matrix: Matrix) -> bool {
        let values = super::colour::values(args);
        let n = |i: usize| values.get(i).copied().unwrap_or(0.0);
        match operator {
            "m" | "l" => self.to(n(0), n(1), matrix),
            "c" => self.curve([(n(0), n(1)), (n(2), n(3)), (n(4), n(5))], matrix),
            "v" => self.curve([self.now, (n(0), n(1)), (n(2), n(3))], matrix),
            "y" => self.curve([(n(0), n(1)), (n(2), n(3)), (n(2), n(3))], matrix),
            "re" => {
                let (x, y, w, h) = (n(0), n(1), n(2), n(3));
                for (x, y) in [(x + w, y), (x + w, y + h), (x, y + h), (x, y)] {
                    self.to(x, y, matrix);
                }
            }
            "h" => {}
            _ => return false,
        }
        true
    }

    fn to(&mut self, x: f64, y: f64, matrix: Matrix) {
        self.now = (x, y);
        self.reach(matrix.apply(x, y));
    }

    fn reach(&mut self, (x, y): (f64, f64)) {
        let [left, low, right, high] = self.area.unwrap_or([x, y, x, y]);
        self.area = Some([left.min(x), low.min(y), right.max(x), high.max(y)]);
    }

    fn curve(&mut self, [p1, p2, p3]: [(f64, f64); 3], matrix: Matrix) {
        let p0 = self.now;
        for step in 1..=STEPS {
            let t = f64::from(step) / f64::from(STEPS);
            let u = 1.0 - t;
            let at = |a: f64, b: f64, c: f64, d: f64| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            self.reach(matrix.apply(at(p0.0, p1.0, p2.0, p3.0), at(p0.1, p1.1, p2.1, p3.1)));
        }
        self.now = p3;
    }

    pub fn area(&self) -> Option<Area> {
        self.area
    }
}

/// The area of a rectangle in a matrix.
pub(super) fn placed([left, low, right, high]: Area, matrix: Matrix) -> Area {
    let corners = [(left, low), (right, low), (right, high), (left, high)].map(|(x, y)| matrix.apply(x, y));
    let mut path = Path::default();
    corners.into_iter().for_each(|corner| path.reach(corner));
    path.area.unwrap_or([0.0; 4])
}

/// An area, wider on all sides.
pub(super) fn wider([left, low, right, high]: Area, by: f64) -> Area {
    [left - by, low - by, right + by, high + by]
}

/// What a clip leaves of an area.
pub(super) fn clipped(area: Area, clip: Option<Area>) -> Option<Area> {
    clip.map_or(Some(area), |clip| shared(area, clip))
}
