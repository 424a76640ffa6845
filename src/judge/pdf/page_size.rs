//! V019: pages of another size than the edition's.

use super::{MILLIMETRE, Pdf};
use crate::diagnostic::{Code, Sink};

/// In millimetres, either way (standard 4).
const TOLERANCE: f64 = 0.5;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let wanted = &pdf.file.expected.pages;
    let mut found = Vec::new();
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        let (width, height) = match page.trim {
            Some([left, bottom, right, top]) => (right - left, top - bottom),
            None => (page.width, page.height),
        };
        let (width, height) = (width / MILLIMETRE, height / MILLIMETRE);
        let near = |a: f64, b: f64| (a - b).abs() <= TOLERANCE;
        let Some((first_width, first_height)) = wanted.first() else { continue };
        if !wanted.iter().any(|(w, h)| near(width, *w) && near(height, *h)) {
            found.push(format!(
                "page {} is {width:.0} by {height:.0} mm; the edition's pages are {first_width:.0} by {first_height:.0} mm",
                index + 1
            ));
        }
    }
    pdf.file.say_first(sink, Code::PAGE_SIZE, &found);
}
