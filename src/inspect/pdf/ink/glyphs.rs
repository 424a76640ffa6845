//! Letters that the file draws itself (fonts of type 3): their colours and pictures.

use super::Kind;
use super::sheet::{Sheet, State};
use super::walk::{Walker, own_matrix};
use crate::inspect::InspectError;
use crate::inspect::pdf::matrix::Matrix;
use crate::inspect::pdf::objects::Pdf;
use lopdf::{Dictionary, Object, Stream};
use std::collections::BTreeMap;

impl<'a> Walker<'_, 'a> {
    /// Looks at each letter once; tells whether any of them has colours of its own.
    pub(super) fn glyphs(
        &mut self,
        sheet: &mut Sheet<'a>,
        font: &'a Dictionary,
        codes: BTreeMap<u32, Matrix>,
        size: f64,
    ) -> Result<bool, InspectError> {
        let (pdf, key) = (self.pdf, std::ptr::from_ref(font));
        let own = own_matrix(pdf, font, "FontMatrix");
        self.drawings.entry(key).or_insert_with(|| drawings(pdf, font));
        let mut coloured = false;
        for (code, matrix) in codes {
            // Looking up costs little, but there may be very many.
            self.spend(10)?;
            let stream = self.drawings.get(&key).and_then(|drawings| drawings.get(&code).copied());
            let Some(stream) = stream else { continue };
            self.glyph(sheet, font, stream, own.then(matrix), size)?;
            coloured |= self.coloured.contains(&std::ptr::from_ref(stream));
        }
        Ok(coloured)
    }

    fn glyph(
        &mut self,
        sheet: &mut Sheet<'a>,
        font: &'a Dictionary,
        stream: &'a Stream,
        matrix: Matrix,
        size: f64,
    ) -> Result<(), InspectError> {
        let [.., x, y] = matrix.0;
        let with = format!("letter {:?}", sheet.state.fill.ink);
        if !self.first((stream, matrix), sheet.is_inside([x, y, x, y]), with, 1) {
            return Ok(());
        }
        let mut letter = sheet.within();
        letter.letter = true;
        letter.state = State { size: 0.0, rise: 0.0, mode: 0, ..sheet.state.clone() };
        letter.resources = self.pdf.dict(font, "Resources").or(sheet.resources);
        self.form(&mut letter, stream, matrix)?;
        if !letter.plain {
            self.coloured.insert(stream);
        }
        for mut mark in letter.marks {
            if let Kind::Fill { .. } | Kind::Stroke { .. } = mark.kind {
                // The shape of a letter is no hairline; and one that takes the text's colour is the text.
                if letter.plain {
                    continue;
                }
                mark.kind = Kind::Fill { thinnest: size };
            }
            sheet.marks.push(mark);
        }
        Ok(())
    }
}

/// The drawing of each code.
fn drawings<'a>(pdf: &Pdf<'a>, font: &'a Dictionary) -> BTreeMap<u32, &'a Stream> {
    let (mut out, mut code) = (BTreeMap::new(), 0_u32);
    let Some(all) = pdf.dict(font, "CharProcs") else { return out };
    let names = pdf.dict(font, "Encoding").and_then(|encoding| pdf.array(encoding, "Differences"));
    for object in names.unwrap_or(&[]) {
        match pdf.resolve(object) {
            Some(Object::Integer(first)) => code = u32::try_from(*first).unwrap_or(0),
            Some(Object::Name(name)) => {
                if let Some(Object::Stream(stream)) = all.get(name).ok().and_then(|object| pdf.resolve(object)) {
                    out.insert(code, stream);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    out
}
