//! V015: typefaces that are not in the file, or do not say which characters they paint.

use super::{Class, Pdf};
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    for font in &pdf.facts.fonts {
        if !font.embedded {
            found.push(format!("the typeface {} is not in the file", font.name));
        }
        if !font.to_unicode && !matches!(pdf.class(), Class::Sheets | Class::Press) {
            found.push(format!("the typeface {} does not say which characters it paints", font.name));
        }
    }
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        if page.no_glyph > 0 {
            found.push(format!("page {}: {} characters have no letter in their typeface", index + 1, page.no_glyph));
        }
    }
    pdf.file.say_first(sink, Code::FONTS, &found);
}
