//! Text: what is set for it, and the runs it paints.

use super::Kind;
use super::sheet::Sheet;
use super::walk::{Walker, matrix};
use crate::inspect::InspectError;
use crate::inspect::pdf::font::Font;
use crate::inspect::pdf::matrix::Matrix;
use crate::inspect::pdf::objects::number;
use lopdf::{Dictionary, Object};

impl<'a> Walker<'_, 'a> {
    /// Takes an operator that sets something for text; tells whether it was one.
    pub(super) fn text_state(
        &mut self,
        sheet: &mut Sheet<'a>,
        operator: &str,
        args: &[Object],
        resources: Option<&'a Dictionary>,
    ) -> bool {
        let n = |i: usize| args.get(i).and_then(number).unwrap_or(0.0);
        match operator {
            "BT" => sheet.start_line(Matrix::UNIT),
            "Tm" => sheet.start_line(matrix(args)),
            "Td" => sheet.next_line(n(0), n(1)),
            "TD" => {
                sheet.state.leading = -n(1);
                sheet.next_line(n(0), n(1));
            }
            "TL" => sheet.state.leading = n(0),
            "T*" => sheet.next_line(0.0, -sheet.state.leading),
            "Tc" => sheet.state.char_space = n(0),
            "Tw" => sheet.state.word_space = n(0),
            "Tz" => sheet.state.stretch = n(0) / 100.0,
            "Ts" => sheet.state.rise = n(0),
            "Tr" => sheet.state.mode = n(0) as i64,
            "Tf" => {
                sheet.state.size = n(1);
                let dict = self.resource("Font", args.get(..1).unwrap_or(&[]), resources);
                sheet.state.font = dict.and_then(|object| self.pdf.as_dict(object)).map(|dict| {
                    let key: *const Dictionary = dict;
                    self.fonts.entry(key).or_insert_with(|| Font::new(self.pdf, dict));
                    key
                });
            }
            _ => return false,
        }
        true
    }

    /// Paints strings, and moves by the numbers between them.
    pub(super) fn show(&mut self, sheet: &mut Sheet<'a>, parts: &[Object]) -> Result<(), InspectError> {
        let Some(key) = sheet.state.font else { return Ok(()) };
        let Some(font) = self.fonts.get_mut(&key) else { return Ok(()) };
        let facts = font.facts.clone();
        let (run, text, size) = sheet.letters(font, parts);
        let visible = !matches!(sheet.state.mode, 3 | 7) && !text.trim().is_empty();
        let (Some(area), true) = (run, visible) else { return Ok(()) };
        self.used.entry(facts).or_insert(sheet.number);
        let outlined = sheet.state.mode == 1;
        let ink = if outlined { sheet.state.stroke.1.clone() } else { sheet.state.fill.1.clone() };
        self.mark(sheet, Kind::Text { size, text }, area, ink, outlined)
    }
}
