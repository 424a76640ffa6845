//! `everyleaf.toml`: the project's settings and its variants of editions.

use super::sheets::SheetSettings;
use crate::brand::is_rgb;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::source::{FileId, Span};
use crate::strict::{At, Codes, parse};

/// Heights of the cover's pictures, in pixels: for a list, and for a screen of its own.
const COVER_HEIGHTS: [u32; 2] = [600, 1200];
/// The least and the most that is drawn, in pixels.
const COVER_RANGE: std::ops::RangeInclusive<f64> = 100.0..=4000.0;

/// What `everyleaf.toml` says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How bad an overdue review is; default: a warning.
    pub overdue: Severity,
    /// Whether the print shop's narrow columns may divide words; default: yes.
    pub divide_words: bool,
    /// How high the pictures of the cover are, in pixels, for the shop's listing; default: 600 and 1200.
    pub cover_heights: Vec<u32>,
    /// The office's paper and printer.
    pub sheets: SheetSettings,
    /// Variants of editions, by name.
    pub variants: Vec<Variant>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            overdue: Severity::Warning,
            divide_words: true,
            cover_heights: COVER_HEIGHTS.to_vec(),
            sheets: SheetSettings::default(),
            variants: Vec::new(),
        }
    }
}

/// An edition that differs from another in a few measures.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its name, as in `-e`.
    pub name: String,
    /// Where it is defined.
    pub span: Span,
    /// The edition it varies.
    pub base: String,
    /// Body size in points.
    pub size: Option<f64>,
    /// The page's colour, `#RRGGBB`.
    pub paper: Option<String>,
    /// Whether it is made along with the readers' editions; default: no.
    pub readers: bool,
}

impl Settings {
    /// Reads the file; what is wrong goes to `sink`.
    pub fn parse(text: &str, file: FileId, sink: &mut Sink) -> Self {
        let codes =
            Codes { syntax: Code::PROJECT_INVALID, unknown: Code::PROJECT_INVALID, value: Code::PROJECT_INVALID };
        parse(text, file, 0, codes, sink, |keys, sink| {
            let overdue = match keys.string("overdue", sink) {
                None => Severity::Warning,
                Some(word) => match word.value.as_str() {
                    "error" => Severity::Error,
                    "warning" => Severity::Warning,
                    other => {
                        let message = format!("`overdue` cannot be `{other}`");
                        let help = "write overdue = \"warning\" or overdue = \"error\"";
                        sink.push(Diagnostic::new(Code::PROJECT_INVALID, message).at(word.span).help(help));
                        Severity::Warning
                    }
                },
            };
            let press = keys.table("press", sink, |keys, sink| {
                (keys.boolean("divide-words", sink), keys.numbers("cover-heights", sink).and_then(|n| heights(n, sink)))
            });
            let (divide_words, cover_heights) = press.unwrap_or_default();
            let sheets = keys.table("sheets", sink, |keys, sink| SheetSettings::read(keys, sink));
            let variants = keys.tables("editions", sink, |name, span, keys, sink| {
                let base = keys.string("base", sink).map(|b| b.value);
                let size = keys.number("size", sink).map(|n| n.value);
                let paper = keys.string("paper", sink).and_then(|p| {
                    if is_rgb(&p.value) {
                        return Some(p.value.to_uppercase());
                    }
                    let message = format!("`{}` is not a colour", p.value);
                    let help = "write it as #RRGGBB, such as #FFF8E7";
                    sink.push(Diagnostic::new(Code::PROJECT_INVALID, message).at(p.span).help(help));
                    None
                });
                let readers = keys.boolean("readers", sink).unwrap_or(false);
                if base.is_none() {
                    let message = format!("the variant `{name}` names no edition that it varies");
                    let help = "add a line such as base = \"large-print\"";
                    sink.push(Diagnostic::new(Code::PROJECT_INVALID, message).at(span).help(help));
                }
                base.map(|base| Variant { name: name.to_string(), span, base, size, paper, readers })
            });
            Self {
                overdue,
                divide_words: divide_words.unwrap_or(true),
                cover_heights: cover_heights.unwrap_or_else(|| COVER_HEIGHTS.to_vec()),
                sheets: sheets.unwrap_or_default(),
                variants: variants.into_iter().flatten().collect(),
            }
        })
    }
}

/// Heights of pictures, lowest first; none, and it is said why, where one cannot be.
fn heights(given: At<Vec<f64>>, sink: &mut Sink) -> Option<Vec<u32>> {
    let fine = |height: &f64| COVER_RANGE.contains(height) && height.fract() == 0.0;
    if given.value.is_empty() || !given.value.iter().all(fine) {
        let help = "write whole numbers of pixels from 100 to 4000, such as cover-heights = [600, 1200]";
        let message = "these are no heights of pictures";
        sink.push(Diagnostic::new(Code::PROJECT_INVALID, message).at(given.span).help(help));
        return None;
    }
    let mut heights: Vec<u32> = given.value.into_iter().map(|height| height as u32).collect();
    heights.sort_unstable();
    heights.dedup();
    Some(heights)
}
