//! Numbers that a layout reports about itself.

use typst::foundations::{Label, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The numbers under a label, as `#metadata((1, 2)) <name>` gives them; empty where there are none.
pub(super) fn numbers(document: &PagedDocument, name: &str) -> Vec<f64> {
    let Some(label) = Label::new(PicoStr::intern(name)) else { return Vec::new() };
    let introspector = document.introspector();
    let Ok(found) = introspector.query_label(label) else { return Vec::new() };
    let Some(metadata) = found.to_packed::<MetadataElem>() else { return Vec::new() };
    let number = |value: &Value| match value {
        Value::Int(n) => Some(*n as f64),
        Value::Float(n) => Some(*n),
        _ => None,
    };
    match &metadata.value {
        Value::Array(values) => values.iter().filter_map(number).collect(),
        value => number(value).into_iter().collect(),
    }
}
