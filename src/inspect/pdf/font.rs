//! Fonts as the interpreter needs them: how long a code is, how wide, and which characters.

use super::objects::{Pdf, number};
use super::{FontFacts, MAX_STREAM};
use lopdf::{Dictionary, Encoding, Object};
use std::collections::HashMap;

/// Sign for a glyph that has no character.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// A font that text is painted with.
pub(super) struct Font<'a> {
    pub facts: FontFacts,
    /// Bytes of a code: two for composite fonts, as every producer of ours writes them.
    pub code_bytes: usize,
    encoding: Option<Encoding<'a>>,
    widths: HashMap<u32, f64>,
    default_width: f64,
    pub bold: bool,
    /// Text space units per glyph space unit.
    unit: f64,
    /// Looked up by code only, never walked.
    known: HashMap<u32, String>,
}

impl<'a> Font<'a> {
    pub fn new(pdf: &Pdf<'a>, dict: &'a Dictionary) -> Self {
        let kind = pdf.name(dict, "Subtype").unwrap_or_default();
        let composite = kind == "Type0";
        let descendant =
            pdf.array(dict, "DescendantFonts").and_then(|array| array.first()).and_then(|object| pdf.as_dict(object));
        let inner = descendant.unwrap_or(dict);
        let descriptor = pdf.dict(inner, "FontDescriptor");
        let full = pdf.name(dict, "BaseFont").or_else(|| pdf.name(dict, "Name")).unwrap_or_default();
        let name = match full.split_once('+') {
            Some((subset, rest)) if subset.len() == 6 => rest.to_string(),
            _ => full,
        };
        let file = |key| descriptor.is_some_and(|descriptor| pdf.get(descriptor, key).is_some());
        let embedded = kind == "Type3" || file("FontFile") || file("FontFile2") || file("FontFile3");
        let flags = descriptor.and_then(|descriptor| pdf.integer(descriptor, "Flags")).unwrap_or(0);
        let angle = descriptor.and_then(|descriptor| pdf.number(descriptor, "ItalicAngle")).unwrap_or(0.0);
        let lower = name.to_lowercase();
        let italic = flags & 64 != 0 || angle != 0.0 || lower.contains("italic") || lower.contains("oblique");
        let weight = descriptor.and_then(|descriptor| pdf.number(descriptor, "FontWeight")).unwrap_or(400.0);
        let heavy = ["bold", "black", "heavy"].iter().any(|word| lower.contains(word));
        let to_unicode = matches!(pdf.get(dict, "ToUnicode"), Some(Object::Stream(_)));
        let mut font = Self {
            facts: FontFacts { name, kind, embedded, italic, to_unicode },
            code_bytes: if composite { 2 } else { 1 },
            encoding: encoding(pdf, dict, composite),
            widths: HashMap::new(),
            bold: weight >= 700.0 || heavy,
            default_width: 0.0,
            unit: 0.001,
            known: HashMap::new(),
        };
        if composite {
            font.default_width = pdf.number(inner, "DW").unwrap_or(1000.0);
            font.composite_widths(pdf, inner);
        } else {
            font.default_width = descriptor.and_then(|d| pdf.number(d, "MissingWidth")).unwrap_or(500.0);
            font.simple_widths(pdf, dict);
        }
        if let Some(matrix) = pdf.numbers(dict, "FontMatrix") {
            font.unit = matrix.first().copied().unwrap_or(font.unit);
        }
        font
    }

    fn simple_widths(&mut self, pdf: &Pdf<'a>, dict: &'a Dictionary) {
        let first = pdf.integer(dict, "FirstChar").unwrap_or(0).clamp(0, 255) as u32;
        for (i, width) in pdf.array(dict, "Widths").unwrap_or(&[]).iter().take(256).enumerate() {
            if let Some(width) = pdf.resolve(width).and_then(number) {
                self.widths.insert(first + i as u32, width);
            }
        }
    }

    /// `/W` holds `first [w w …]` and `first last w`.
    fn composite_widths(&mut self, pdf: &Pdf<'a>, dict: &'a Dictionary) {
        // A hostile array may name the whole range again and again.
        let mut left: usize = 1 << 18;
        let mut rest = pdf.array(dict, "W").unwrap_or(&[]);
        let code = |object: &'a Object| pdf.resolve(object).and_then(number).map(|n| n.clamp(0.0, 65535.0) as u32);
        while let [first, second, tail @ ..] = rest {
            let (Some(first), Some(second_object)) = (code(first), pdf.resolve(second)) else { return };
            if let Ok(list) = second_object.as_array() {
                for (i, width) in list.iter().take(65536.min(left)).enumerate() {
                    if let Some(width) = pdf.resolve(width).and_then(number) {
                        self.widths.insert(first + i as u32, width);
                    }
                }
                left = left.saturating_sub(list.len());
                rest = tail;
            } else {
                let [width, tail @ ..] = tail else { return };
                let (Some(last), Some(width)) = (code(second), pdf.resolve(width).and_then(number)) else { return };
                for code in (first..=last).take(left) {
                    self.widths.insert(code, width);
                }
                left = left.saturating_sub((last.saturating_sub(first) + 1) as usize);
                rest = tail;
            }
        }
    }

    /// Width of a code for a size of one.
    pub fn width(&self, code: u32) -> f64 {
        self.widths.get(&code).copied().unwrap_or(self.default_width) * self.unit
    }

    /// The characters of a code; [`UNKNOWN`] where the font does not say.
    pub fn text(&mut self, code: u32) -> &str {
        let (encoding, length) = (&self.encoding, self.code_bytes);
        self.known.entry(code).or_insert_with(|| {
            let bytes = code.to_be_bytes();
            let bytes = bytes.get(4 - length..).unwrap_or(&[]);
            let text = encoding.as_ref().and_then(|encoding| encoding.bytes_to_string(bytes).ok());
            text.filter(|text| !text.is_empty()).unwrap_or_else(|| UNKNOWN.to_string())
        })
    }
}

/// `/ToUnicode` counts before everything else; `lopdf` prefers `/Encoding`, so it is shown the map alone.
fn encoding<'a>(pdf: &Pdf<'a>, dict: &'a Dictionary, composite: bool) -> Option<Encoding<'a>> {
    if let Ok(map) = dict.get(b"ToUnicode") {
        let alone = Dictionary::from_iter([("Type", Object::Name(b"Font".to_vec())), ("ToUnicode", map.clone())]);
        if let Ok(Encoding::UnicodeMapEncoding(map)) = alone.get_font_encoding_with_limit(pdf.document(), MAX_STREAM) {
            return Some(Encoding::UnicodeMapEncoding(map));
        }
    }
    if composite {
        return None;
    }
    dict.get_font_encoding_with_limit(pdf.document(), MAX_STREAM).ok()
}
