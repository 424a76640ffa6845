//! Pages of a PDF put together on printed sheets: for the office printer, never for readers.
//!
//! A plan says where every page goes; it knows no PDF. The drawing puts the pages there as they are, as vectors with
//! their own fonts, never scaled.
//!
//! - [`crate::paper`]: sheets, the edge to turn at, the binding, how thick paper is
//! - `scheme`: ways to fold and cut, and which suits a file
//! - [`mod@plan`]: page sizes and options -> sheets, sides, places, folds, cuts
//! - [`source`]: the pages of any PDF, or the reason why it is refused
//! - [`mod@draw`]: the sheets as a PDF, with `copy` (what pages need), `marks` and `layers`
//! - [`paint`]: the slug line, the test sheet and the drawing of the fold order, set by typst
//! - [`advise`]: how to print and fold, in words
//! - `refusal`: what was refused, and why

pub mod advise;
mod copy;
pub mod draw;
mod layers;
mod marks;
pub mod paint;
pub mod plan;
mod refusal;
mod scheme;
pub mod source;

pub use crate::paper::{Binding, Blanks, Flip, Sheet, Size, Stock};
pub use draw::{About, draw};
pub use plan::{Options, Plan, plan};
pub use refusal::Refusal;
pub use scheme::Scheme;
pub use source::Source;

/// Millimetres in points.
const MM: f64 = 72.0 / 25.4;
