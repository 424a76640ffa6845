//! V010: type below what clear print or large print may have.

use super::super::file::quoted;
use super::{Class, Pdf};
use crate::diagnostic::{Code, Severity, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let large = pdf.class() == Class::LargePrint;
    let name = if large { "type-size-large-print" } else { "type-size-clear-print" };
    let Some(mut least) = pdf.thresholds.get(name) else { return };
    // In large print, labels, notes and page numbers are as large as the text (UKAAF G003).
    if large {
        least = least.max(body(pdf));
    }
    let mut found = Vec::new();
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        if let Some(small) = page.smallest.as_ref().filter(|small| small.size < least - 0.05) {
            let words = quoted(&small.text);
            found.push(format!(
                "page {}: {words} is {:.4} pt; nothing may be smaller than {least} pt",
                index + 1,
                small.size
            ));
        }
    }
    let severity = if pdf.class() == Class::Own { Severity::Warning } else { Severity::Error };
    pdf.file.say_first_as(sink, Code::TYPE_SMALL, severity, &found);
}

/// The size that most letters have.
fn body(pdf: &Pdf<'_>) -> f64 {
    let mut counts: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
    for size in pdf.facts.pages.iter().flat_map(|page| &page.sizes) {
        *counts.entry((size.size * 100.0).round() as i64).or_default() += size.count;
    }
    let most = counts.iter().max_by_key(|(size, count)| (**count, -**size));
    most.map_or(0.0, |(size, _)| *size as f64 / 100.0)
}
