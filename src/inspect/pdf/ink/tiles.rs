//! What is painted with a pattern: shapes, lines and letters that are filled with a tile or a gradient; and masks.

use super::colour::Space;
use super::paths::{clipped, placed};
use super::sheet::{Paint, Sheet};
use super::walk::{Walker, own_matrix};
use super::{Area, Ink, Kind};
use crate::inspect::InspectError;
use crate::inspect::pdf::matrix::Matrix;
use crate::inspect::pdf::objects::Pdf;
use lopdf::{Dictionary, Object, Stream};

/// A tile that fills a shape by itself is looked at in its place, this often on a page; other programs than ours place
/// single pictures so. What repeats is looked at once.
const MAX_ALONE: usize = 64;
/// As a share of a tile, what may be rounding.
const TOUCH: f64 = 0.001;

impl<'a> Walker<'_, 'a> {
    /// Paints something with a pattern.
    pub(super) fn pattern(
        &mut self,
        sheet: &mut Sheet<'a>,
        pattern: &'a Object,
        mut kind: Kind,
        area: Area,
        stroke: bool,
    ) -> Result<(), InspectError> {
        let gradient = self.pdf.as_dict(pattern).and_then(|dict| self.pdf.get(dict, "Shading"));
        if let Some(shading) = gradient {
            self.shade(sheet, shading, Some(area), stroke)?;
            if matches!(kind, Kind::Fill { .. }) {
                return Ok(());
            }
        } else if let Object::Stream(stream) = pattern {
            self.tile(sheet, stream, &kind, area, stroke)?;
        }
        if let Kind::Picture { most_ink, .. } = &mut kind {
            // a stencil: the tile's own marks tell how much ink
            *most_ink = Some(0.0);
        }
        self.mark(sheet, kind, area, Ink::pattern(), stroke)
    }

    /// The marks of a tile, in the shape that it fills.
    fn tile(
        &mut self,
        sheet: &mut Sheet<'a>,
        stream: &'a Stream,
        kind: &Kind,
        area: Area,
        stroke: bool,
    ) -> Result<(), InspectError> {
        let Some(area) = clipped(area, sheet.state.clip) else { return Ok(()) };
        let pdf = self.pdf;
        let own = own_matrix(pdf, &stream.dict, "Matrix");
        let matrix = own.then(sheet.base);
        let alone = alone(pdf, &stream.dict, matrix, area);
        let plain = pdf.integer(&stream.dict, "PaintType") == Some(2);
        let letters = matches!(kind, Kind::Text { .. });
        let paint = if stroke { &sheet.state.stroke } else { &sheet.state.fill };
        let ink = paint.ink.clone();
        let with = format!("{letters} {plain} {:?}", plain.then_some(&ink));
        let times = if alone.is_some() { MAX_ALONE } else { 1 };
        if !self.first((stream, matrix), sheet.is_inside(area), with, times) {
            return Ok(());
        }
        let mut tile = sheet.within();
        let (overprint, alpha) = sheet.state.laid(stroke);
        (tile.state.overprint, tile.state.alpha) = ((overprint, overprint), (alpha, alpha));
        tile.state.mixed = sheet.state.mixed;
        if plain {
            let paint = Paint { space: Space::Unknown, ink, pattern: None };
            (tile.state.fill, tile.state.stroke, tile.plain) = (paint.clone(), paint, true);
        }
        if alone.is_some() {
            tile.state.clip = Some(area);
        }
        self.form(&mut tile, stream, alone.unwrap_or(matrix))?;
        for mut mark in tile.marks {
            if alone.is_none() {
                mark.area = area;
            }
            // what fills letters is their colour
            if letters && matches!(mark.kind, Kind::Fill { .. }) {
                mark.kind = kind.clone();
            }
            if sheet.marks.last() != Some(&mark) {
                sheet.marks.push(mark);
            }
        }
        Ok(())
    }

    /// Looks at a mask for its colours: they are no ink, but the format has rules for them all the same.
    pub(super) fn mask(&mut self, sheet: &Sheet<'a>, mask: &'a Dictionary) -> Result<(), InspectError> {
        let pdf = self.pdf;
        let Some(Object::Stream(group)) = pdf.get(mask, "G") else { return Ok(()) };
        let own = own_matrix(pdf, &group.dict, "Matrix");
        let matrix = own.then(sheet.state.ctm);
        let frame = pdf.numbers(&group.dict, "BBox").and_then(|numbers| <[f64; 4]>::try_from(numbers).ok());
        let all = sheet.state.clip.unwrap_or(sheet.trim);
        let area = frame.map_or(Some(all), |frame| clipped(placed(frame, matrix), Some(all)));
        // what lies outside all that is shown is looked at as well: its names may lead nowhere
        let inside = area.is_some_and(|area| sheet.is_inside(area));
        if !self.first((group, matrix), inside, "mask".into(), 1) {
            return Ok(());
        }
        let mut nested = sheet.within();
        nested.state.clip = sheet.state.clip;
        self.form(&mut nested, group, matrix)?;
        let mixed = pdf.dict(&group.dict, "Group").and_then(|dict| dict.get(b"CS").ok());
        let mixed = mixed.map(|object| Space::read(pdf, object, sheet.resources).many());
        let painted = nested.marks.into_iter().map(|mark| (mark.ink, mark.area));
        let mut seen = Vec::new();
        for (ink, area) in painted.chain(mixed.into_iter().zip(area)) {
            // grey for screens is what a mask is made of
            if let Ink::Foreign { space, .. } = ink
                && !matches!(space.as_str(), "DeviceGray" | "CalGray" | "ICC grey")
                && !seen.contains(&space)
            {
                seen.push(space.clone());
                self.masks.push((space, area));
            }
        }
        Ok(())
    }
}

/// The matrix of the only tile that shows in an area; none where several do.
fn alone<'a>(pdf: &Pdf<'a>, dict: &'a Dictionary, matrix: Matrix, area: Area) -> Option<Matrix> {
    let step = |key: &str| pdf.number(dict, key).filter(|step| *step != 0.0).map(f64::abs);
    let [left, low, right, high] = <[f64; 4]>::try_from(pdf.numbers(dict, "BBox")?).ok()?;
    let shape = placed(area, matrix.inverse()?);
    // Tiles that only touch the shape do not show in it.
    let one = |from: f64, to: f64, start: f64, end: f64, step: f64| {
        let (first, last) = (((from - end) / step + TOUCH).ceil(), ((to - start) / step - TOUCH).floor());
        (first == last && first.abs() < 1e9).then_some(first * step)
    };
    let x = one(shape[0], shape[2], left.min(right), left.max(right), step("XStep")?)?;
    let y = one(shape[1], shape[3], low.min(high), low.max(high), step("YStep")?)?;
    Some(Matrix::shift(x, y).then(matrix))
}
