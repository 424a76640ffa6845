//! V015: typefaces that are not in the file, or do not say which characters they paint.

use super::{Class, Pdf};
use crate::diagnostic::{Code, Sink};

pub(super) fn check(pdf: &Pdf<'_>, sink: &mut Sink) {
    let mut found = Vec::new();
    // what is only printed is not read from the file
    let read = !matches!(pdf.class(), Class::Sheets | Class::Press);
    for font in &pdf.facts.fonts {
        if !font.embedded {
            found.push(format!("the typeface {} is not in the file", font.name));
        }
        if !font.to_unicode && read {
            found.push(format!("the typeface {} does not say which characters it paints", font.name));
        }
    }
    for (index, page) in pdf.facts.pages.iter().enumerate() {
        if page.no_glyph > 0 {
            found.push(format!("page {}: {} characters have no letter in their typeface", index + 1, page.no_glyph));
        }
        if page.nameless > 0 && read {
            let message = "letters do not say which characters they are";
            found.push(format!("page {}: {} {message}", index + 1, page.nameless));
        }
    }
    pdf.file.say_first(sink, Code::FONTS, &found);
}
