//! V016: too little contrast between letters and what lies under them.

use super::super::file::quoted;
use super::{Class, Pdf};
use crate::diagnostic::{Code, Severity, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let Some(least) = pdf.thresholds.get("contrast-screen") else { return };
    let wanted = pdf.thresholds.get("contrast-large-print").filter(|_| pdf.class() == Class::LargePrint);
    let (mut low, mut below_wish) = (Vec::new(), Vec::new());
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        for run in page.runs.iter().filter(|run| !run.text.trim().is_empty()) {
            let Some(ratio) = run.contrast else { continue };
            // WCAG 2.2, 1.4.3: large letters, from 18 point or 14 point bold, need 3 to 1.
            let big = run.size >= 18.0 || (run.bold && run.size >= 14.0);
            let need = if big { least.min(3.0) } else { least };
            let place = |need: f64| {
                let words = quoted(&run.text);
                format!("page {}: {words} has a contrast of {ratio:.1} to 1; {need} to 1 is the least", index + 1)
            };
            if ratio < need - 0.05 {
                low.push(place(need));
            } else if let Some(wanted) = wanted.filter(|wanted| ratio < wanted - 0.05) {
                below_wish.push(place(wanted));
            }
        }
    }
    pdf.file.say_first_as(sink, Code::OUTPUT_CONTRAST, Severity::Error, &low);
    pdf.file.say_first_as(sink, Code::OUTPUT_CONTRAST, Severity::Warning, &below_wish);
}
