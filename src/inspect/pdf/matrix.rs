//! PDF's matrices: `[a b c d e f]`, rows of an affine map on row vectors.

/// An affine map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const UNIT: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// The same growth in both directions.
    pub fn grow(by: f64) -> Self {
        Self([by, 0.0, 0.0, by, 0.0, 0.0])
    }

    /// The way back; none where everything falls on a line.
    pub fn inverse(self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let grows = a * d - b * c;
        let back = Self([d, -b, -c, a, c * f - d * e, b * e - a * f].map(|n| n / grows));
        back.0.iter().all(|n| n.is_finite()).then_some(back)
    }

    /// First this, then `next`.
    pub fn then(self, next: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [p, q, r, s, t, u] = next.0;
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    pub fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The factor by which lengths grow: the root of the factor for areas.
    pub fn scale(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }

    /// Whether upright letters come out slanted or turned.
    pub fn turns(self) -> bool {
        let [a, b, c, ..] = self.0;
        let tolerance = 0.001 * self.scale();
        b.abs() > tolerance || c.abs() > tolerance || a < 0.0
    }
}
