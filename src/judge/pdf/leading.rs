//! V011: lines of a block that stand too close.
//!
//! Large lines may stand a little closer, since the eye has less far to go: headings, from 1.1.

use super::super::file::quoted;
use super::Pdf;
use super::headings::level;
use crate::diagnostic::{Code, Sink};

const HEADINGS: f64 = 1.1;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let Some(least) = pdf.thresholds.get("leading") else { return };
    let mut found = Vec::new();
    for pair in pdf.lines.windows(2) {
        let [above, below] = pair else { continue };
        if (above.page, above.block) != (below.page, below.block) {
            continue;
        }
        let ratio = (above.y - below.y) / above.size.max(below.size);
        let heading = pdf.node(Some(below.block)).is_some_and(|node| level(&node.tag).is_some());
        let least = if heading { HEADINGS.min(least) } else { least };
        // What stands beside or above is another column or a new start.
        if ratio > 0.0 && ratio < least - 0.01 {
            let words = quoted(&below.text);
            found.push(format!(
                "page {}: from {words} to the line above it is {ratio:.2} times the size of the type; {least} is the least",
                below.page
            ));
        }
    }
    pdf.file.say_first(sink, Code::LEADING, &found);
}
