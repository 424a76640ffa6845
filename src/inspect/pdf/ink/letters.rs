//! Text: what is set for it, and the runs it paints.

use super::sheet::{Run, Sheet};
use super::walk::{Walker, matrix};
use super::{Ink, Kind};
use crate::inspect::InspectError;
use crate::inspect::pdf::font::Font;
use crate::inspect::pdf::matrix::Matrix;
use crate::inspect::pdf::objects::number;
use lopdf::{Dictionary, Object};

impl<'a> Walker<'_, 'a> {
    /// Takes an operator that sets something for text; tells whether it was one.
    pub(super) fn text_state(&mut self, sheet: &mut Sheet<'a>, operator: &str, args: &[Object]) -> bool {
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
                let dict = self.find(sheet, "Font", args.first()).and_then(|object| self.pdf.as_dict(object));
                if let Some(dict) = dict {
                    self.fonts.entry(dict).or_insert_with(|| Font::new(self.pdf, dict));
                }
                sheet.state.font = dict;
            }
            _ => return false,
        }
        true
    }

    /// Paints strings, and moves by the numbers between them.
    pub(super) fn show(&mut self, sheet: &mut Sheet<'a>, parts: &[Object]) -> Result<(), InspectError> {
        let Some(dict) = sheet.state.font else { return Ok(()) };
        let key: *const Dictionary = dict;
        let Some(font) = self.fonts.get_mut(&key) else { return Ok(()) };
        let facts = font.facts.clone();
        let Run { area, words: text, size, codes } = sheet.letters(font, parts);
        let mode = sheet.state.mode;
        let visible = !matches!(mode, 3 | 7) && !text.trim().is_empty();
        let (Some(area), true) = (area, visible) else { return Ok(()) };
        self.used.entry(facts).or_insert(sheet.number);
        let kind = Kind::Text { size, text };
        if !codes.is_empty() {
            // A font that draws its letters may give them colours of their own; lines about them are not its way.
            let coloured = self.glyphs(sheet, dict, codes, size)?;
            return match coloured {
                true => self.mark(sheet, kind, area, Ink::pattern(), false),
                false => self.lay(sheet, kind, area, false),
            };
        }
        let (filled, lined) = (!matches!(mode, 1 | 5), matches!(mode, 1 | 2 | 5 | 6));
        if filled {
            self.lay(sheet, kind.clone(), area, false)?;
        }
        let (fill, stroke) = (&sheet.state.fill, &sheet.state.stroke);
        let same = fill.ink == stroke.ink && fill.pattern.is_none() && stroke.pattern.is_none();
        if lined && !(filled && same) {
            self.lay(sheet, kind, area, true)?;
        }
        Ok(())
    }
}
