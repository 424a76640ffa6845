//! V012: lines of a paragraph that do not begin at one place, or whose spaces were stretched to fill them.

use super::super::file::quoted;
use super::Pdf;
use super::lines::Line;
use crate::diagnostic::{Code, Sink};
use crate::language::direction;

/// A line may stand out by as much, in points (standard 5).
const TOLERANCE: f64 = 0.5;

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    let mut stretched = Vec::new();
    for block in pdf.lines.chunk_by(|a, b| (a.page, a.block) == (b.page, b.block)) {
        let (Some(first), Some(node)) = (block.first(), block.first().and_then(|line| pdf.node(Some(line.block))))
        else {
            continue;
        };
        // Cells may be aligned by what they hold; elements of several parts are no paragraphs.
        if !matches!(node.tag.as_str(), "P" | "LBody" | "Note" | "Caption" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6") {
            continue;
        }
        // The entries of the contents stand beside their numbers.
        if pdf.node(node.parent).is_some_and(|above| above.tag == "TOCI") {
            continue;
        }
        // Words of the other direction begin at the page's own start, or at theirs.
        let here = direction(language(pdf, first.block));
        let whole = direction(pdf.facts.language.as_deref().unwrap_or(""));
        let off = |a: &Line, b: &Line| match (here, whole) {
            // A full stop or comma may hang over the edge.
            ("rtl", "rtl") => (a.right - b.right).abs() - 0.25 * a.size,
            ("ltr", "ltr") => (a.left - b.left).abs(),
            _ => (a.right - b.right).abs().min((a.left - b.left).abs()) - 0.25 * a.size,
        };
        // Only lines right below one another: a note's number may stand on a line of its own.
        let ragged = block.windows(2).find(|pair| {
            let [above, below] = pair else { return false };
            // What follows a space to write in begins where the space ends.
            let words = below.text.chars().any(char::is_alphanumeric);
            words && above.y > below.y && off(above, below) > TOLERANCE
        });
        if let Some([_, line]) = ragged {
            found.push(format!(
                "page {}: {} does not begin where the line above it does",
                line.page,
                quoted(&line.text)
            ));
        }
        let [inner @ .., _] = block else { continue };
        let full = inner.len() > 2 && inner.iter().all(|line| (line.right - first.right).abs() < TOLERANCE);
        if full && inner.iter().all(|line| line.stretched.abs() > 0.02) {
            stretched.push(format!("page {}: {} is stretched to fill its line", first.page, quoted(&first.text)));
        }
    }
    pdf.file.say_first(sink, Code::LINE_STARTS, &found);
    pdf.file.say_first(sink, Code::LINE_STARTS, &stretched);
}

/// The language that an element is in.
fn language<'a>(pdf: &'a Pdf<'_>, index: usize) -> &'a str {
    let mut at = pdf.facts.nodes.get(index);
    while let Some(node) = at {
        if let Some(language) = &node.language {
            return language;
        }
        at = pdf.node(node.parent);
    }
    pdf.facts.language.as_deref().unwrap_or("")
}
