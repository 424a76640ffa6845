//! What an edition promises, as its judge needs to know it.

use crate::judge::{Class, Expected};
use crate::pipeline::plan::Shared;

/// The panels of a roll fold that fold in are narrower by as much, in millimetres.
const FOLDED_IN: f64 = 3.0;

/// What is known of an edition by its name, the page's title, and whether a person evaluated it; little, where the
/// project no longer has it.
pub(in crate::pipeline) fn expected(
    shared: &Shared,
    name: &str,
    language: &str,
    title: Option<&str>,
    evaluated: bool,
) -> Expected {
    let request = shared.request(name, true).ok();
    let base = request.as_ref().map_or(name, |request| request.edition.as_str());
    let class = match base {
        "a5" | "a4" | "dl" => Class::ClearPrint,
        "large-print" => Class::LargePrint,
        "epub" | "html" => Class::Flowing,
        _ if base.starts_with("sheets-") => Class::Sheets,
        _ if base.starts_with("press-") => Class::Press,
        _ => Class::Own,
    };
    let layout = shared.registry.find(base).and_then(|edition| shared.layouts.get(edition.layout()));
    let folded = base == "dl";
    let mut pages = Vec::new();
    if let Some(layout) = layout.filter(|layout| layout.width > 0.0 && !matches!(class, Class::Sheets | Class::Press)) {
        pages.push((layout.width, layout.height));
        if folded {
            pages.push((layout.width - FOLDED_IN, layout.height));
        }
    }
    Expected { class, pages, folded, language: language.to_string(), title: title.map(str::to_string), evaluated }
}
