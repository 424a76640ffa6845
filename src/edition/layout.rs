//! A layout's description, `layouts/<name>/layout.toml`.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::FileId;
use crate::strict::{Codes, parse};

/// What a layout says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// What it is called in lists.
    pub title: String,
    /// Its template's path below `layouts/`; empty for editions that are not typeset.
    pub template: String,
    /// The page's width in millimetres.
    pub width: f64,
    /// The page's height in millimetres.
    pub height: f64,
    /// Body size in points.
    pub size: f64,
    /// The smallest and the largest body size that may be asked for; none: it is fixed.
    pub sizes: Option<(f64, f64)>,
}

impl Layout {
    /// A layout for what is not typeset.
    pub fn flowing() -> Self {
        Self { title: String::new(), template: String::new(), width: 0.0, height: 0.0, size: 0.0, sizes: None }
    }

    /// Reads the description of the layout `name`.
    pub fn parse(name: &str, text: &str, file: FileId, sink: &mut Sink) -> Self {
        let codes = Codes { syntax: Code::LAYOUT_INVALID, unknown: Code::LAYOUT_INVALID, value: Code::LAYOUT_INVALID };
        parse(text, file, 0, codes, sink, |keys, sink| {
            let title = keys.string("title", sink).map_or_else(|| name.to_string(), |t| t.value);
            let template = keys.string("template", sink).map_or_else(|| "template.typ".into(), |t| t.value);
            let mut measure = |key, default: f64, low: f64, high: f64, sink: &mut Sink| match keys.number(key, sink) {
                Some(found) if (low..=high).contains(&found.value) => found.value,
                Some(found) => {
                    let message = format!("`{key}` must be between {low} and {high}");
                    sink.push(Diagnostic::new(Code::LAYOUT_INVALID, message).at(found.span));
                    default
                }
                None => default,
            };
            let width = measure("width", 210.0, 40.0, 1000.0, sink);
            let height = measure("height", 297.0, 40.0, 1500.0, sink);
            let size = measure("size", 14.0, 6.0, 72.0, sink);
            let smallest = measure("smallest-size", 0.0, 6.0, 72.0, sink);
            let largest = measure("largest-size", 0.0, 6.0, 72.0, sink);
            let sizes = (smallest > 0.0 && largest >= smallest).then_some((smallest, largest));
            Self { title, template: format!("{name}/{template}"), width, height, size, sizes }
        })
    }
}
