//! The drawn shapes. Each is decorative, with its word beside it, except the
//! box to tick, which is read aloud.
//!
//! All are drawn in the colour of the text around them, so that they follow a
//! reader's own colours; what looks white in them is a hole. Sizes are in em.

use super::text::attribute;
use crate::document::CalloutKind;

/// What XHTML asks of a drawing; HTML allows it.
const XMLNS: &str = "xmlns=\"http://www.w3.org/2000/svg\"";

/// A disc with an i.
const NOTE: &str = "M12 0a12 12 0 1 0 0 24 12 12 0 1 0 0-24zM12 4.6a1.65 1.65 0 1 1 0 3.3 1.65 1.65 0 1 1 0-3.3z\
    M12 9.6c.69 0 1.25.56 1.25 1.25v7.1c0 .69-.56 1.25-1.25 1.25s-1.25-.56-1.25-1.25v-7.1c0-.69.56-1.25 1.25-1.25z";
/// A disc with an exclamation mark.
const IMPORTANT: &str = "M12 0a12 12 0 1 0 0 24 12 12 0 1 0 0-24z\
    M12 4.95c.69 0 1.25.56 1.25 1.25v7.2c0 .69-.56 1.25-1.25 1.25\
    s-1.25-.56-1.25-1.25V6.2c0-.69.56-1.25 1.25-1.25zM12 15.7a1.5 1.5 0 1 1 0 3 1.5 1.5 0 1 1 0-3z";
/// A square on its corner with an exclamation mark.
const WARNING: &str = "M12 .2q.9 0 1.5.6l9.7 9.7q1.2 1.5 0 3\
    l-9.7 9.7q-1.5 1.2-3 0L.8 13.5q-1.2-1.5 0-3L10.5.8Q11.1.2 12 .2z\
    M12 5.2c.69 0 1.25.56 1.25 1.25v6.8c0 .69-.56 1.25-1.25 1.25s-1.25-.56-1.25-1.25v-6.8c0-.69.56-1.25 1.25-1.25z\
    M12 15.8a1.5 1.5 0 1 1 0 3 1.5 1.5 0 1 1 0-3z";
/// A triangle with an exclamation mark.
const EMERGENCY: &str = "M12 1q1 0 1.6 1l10.2 18.4q.5 1 0 1.8-.5.8-1.5.8H1.7q-1 0-1.5-.8-.5-.8 0-1.8L10.4 2Q11 1 12 1z\
    M12 7.6c.69 0 1.25.56 1.25 1.25v5.6c0 .69-.56 1.25-1.25 1.25s-1.25-.56-1.25-1.25v-5.6c0-.69.56-1.25 1.25-1.25z\
    M12 17.1a1.5 1.5 0 1 1 0 3 1.5 1.5 0 1 1 0-3z";
/// A clock.
const OVERDUE: &str = "M12 0a12 12 0 1 0 0 24 12 12 0 1 0 0-24zM10.85 5.6h2.3v6.15l4.05 2.47-1.2 1.96-5.15-3.13z";
/// A telephone.
const PHONE: &str = "M1 11C1 6.6 6 4.6 12 4.6S23 6.6 23 11V13.4Q23 15.6 20.8 15.3L17.8 14.8Q16 14.5 16 12.8V10.4\
    C13.6 9.5 10.4 9.5 8 10.4V12.8Q8 14.5 6.2 14.8L3.2 15.3Q1 15.6 1 13.4Z";
/// A film: a screen with an arrow.
const VIDEO: &str = "M3 3h18q3 0 3 3v12q0 3-3 3H3q-3 0-3-3V6q0-3 3-3zM9.4 7.6v8.8l7.4-4.4z";

fn draw(path: &str, turn: &str) -> String {
    format!(
        "<svg {XMLNS} class=\"icon\" viewBox=\"0 0 24 24\" width=\"1.15em\" height=\"1.15em\" aria-hidden=\"true\" \
         focusable=\"false\"><path fill=\"currentColor\" fill-rule=\"evenodd\"{turn} d=\"{path}\"/></svg>"
    )
}

/// The shape of a kind of callout.
pub fn callout(kind: CalloutKind) -> String {
    let path = match kind {
        CalloutKind::Note => NOTE,
        CalloutKind::Important => IMPORTANT,
        CalloutKind::Warning => WARNING,
        CalloutKind::Emergency => EMERGENCY,
    };
    draw(path, "")
}

/// The clock of the overdue notice.
pub fn overdue() -> String {
    draw(OVERDUE, "")
}

/// The helpline's telephone.
pub fn phone() -> String {
    draw(PHONE, " transform=\"rotate(225 12 12)\"")
}

/// The sign of a film.
pub fn video() -> String {
    draw(VIDEO, "")
}

/// A box to tick, with its name for those who cannot see it.
pub fn tick_box(label: &str, ticked: bool) -> String {
    let mark = if ticked { "<path d=\"M5.5 12.5l4.5 4.5 8.5-10\"/>" } else { "" };
    format!(
        "<svg {XMLNS} class=\"box\" viewBox=\"0 0 24 24\" width=\"1.3em\" height=\"1.3em\" role=\"img\" \
         aria-label=\"{}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.2\">\
         <rect x=\"1.5\" y=\"1.5\" width=\"21\" \
         height=\"21\" rx=\"2\"/>{mark}</svg>",
        attribute(label)
    )
}

/// The mark beside the wordmark: five lines of breath.
pub fn mark() -> String {
    format!(
        "<svg {XMLNS} class=\"mark\" viewBox=\"0 0 36 24\" width=\"1.6em\" height=\"1.07em\" aria-hidden=\"true\" \
         focusable=\"false\"><path fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\" \
         stroke-linecap=\"round\" d=\"{}\"/></svg>",
        breath(5, 36.0, 24.0, &Breath { enter: 0.5, leave: 0.5, open: 0.46, crest: 0.5, pinch: 0.06 })
    )
}

/// The motif of the covers, as wide as its place.
pub fn motif() -> String {
    format!(
        "<svg {XMLNS} class=\"motif\" viewBox=\"0 0 600 180\" preserveAspectRatio=\"none\" aria-hidden=\"true\" \
         focusable=\"false\"><path fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" \
         stroke-linecap=\"round\" vector-effect=\"non-scaling-stroke\" d=\"{}\"/></svg>",
        breath(15, 600.0, 180.0, &Breath { enter: 0.62, leave: 0.40, open: 0.43, crest: 0.46, pinch: 0.035 })
    )
}

/// How a family of lines gathers, opens and gathers again; parts of the field's height, `crest` of its width.
struct Breath {
    enter: f64,
    leave: f64,
    open: f64,
    crest: f64,
    pinch: f64,
}

fn breath(lines: u32, w: f64, h: f64, b: &Breath) -> String {
    let mut path = String::new();
    for k in 0..lines {
        let t = 2.0 * f64::from(k) / f64::from(lines.saturating_sub(1).max(1)) - 1.0;
        let (start, end) = (b.enter + t * b.pinch, b.leave + t * b.pinch);
        let middle = f64::midpoint(b.enter, b.leave) + t * b.open;
        let slope = (b.leave - b.enter) * 0.3;
        let rest = 1.0 - b.crest;
        let points = [
            (b.crest * 0.42, start),
            (b.crest * 0.5, middle - slope),
            (b.crest, middle),
            (b.crest + rest * 0.5, middle + slope),
            (1.0 - rest * 0.42, end),
            (1.0, end),
        ];
        path.push_str(&format!("M0 {:.1}C", start * h));
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{:.1} {:.1}", x * w, y * h)).collect();
        path.push_str(&points.join(" "));
    }
    path
}
