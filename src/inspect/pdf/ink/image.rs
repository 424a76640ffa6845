//! Pictures: pixels, inks, resolution.

use super::colour::Space;
use super::jpeg;
use super::paths::placed;
use super::{Area, Ink, Kind};
use crate::inspect::pdf::matrix::Matrix;
use crate::inspect::pdf::objects::Pdf;
use lopdf::{Dictionary, Stream};

/// A full A3 page at 600 dpi in four inks is 280 MB; nothing larger is unpacked, in bytes.
const MAX_SAMPLES: usize = 320 << 20;

/// What a picture is in its place.
pub(super) fn look<'a>(
    pdf: &Pdf<'a>,
    stream: &'a Stream,
    matrix: Matrix,
    resources: Option<&'a Dictionary>,
    stencil: &Ink,
) -> (Kind, Area, Ink) {
    let dict = &stream.dict;
    let side = |long: &str, short: &str| {
        let value = pdf.integer(dict, long).or_else(|| pdf.integer(dict, short)).unwrap_or(0);
        u32::try_from(value.clamp(0, i64::from(u32::MAX))).unwrap_or(0)
    };
    let (width, height) = (side("Width", "W"), side("Height", "H"));
    let bits = pdf.integer(dict, "BitsPerComponent").or_else(|| pdf.integer(dict, "BPC")).unwrap_or(8);
    let mask = pdf.flag(dict, "ImageMask") || pdf.flag(dict, "IM");
    let [a, b, c, d, ..] = matrix.0;
    let inches = |x: f64, y: f64| (x.hypot(y) / 72.0).max(1e-6);
    let resolution = (f64::from(width) / inches(a, b)).min(f64::from(height) / inches(c, d));
    let named = dict.get(b"ColorSpace").or_else(|_| dict.get(b"CS")).ok();
    let space = named.filter(|_| !mask).map(|object| Space::read(pdf, object, resources));
    let most_ink = match (&space, mask) {
        (_, true) => stencil.total(),
        (Some(space), _) => most_ink(pdf, stream, space, bits),
        (None, _) => None,
    };
    let ink = match (&space, mask) {
        (_, true) => stencil.clone(),
        (Some(space), _) => space.many(),
        // A JPEG 2000 picture may keep its space to itself.
        (None, _) => Ink::Foreign { space: "a space inside the picture".into(), white: false },
    };
    let line_art = mask || bits == 1;
    let area = placed([0.0, 0.0, 1.0, 1.0], matrix);
    (Kind::Picture { resolution, line_art, most_ink, pixels: (width, height) }, area, ink)
}

/// The most ink of any pixel, in percent. Of a JPEG, what no more than one pixel in a thousand has: its packing throws
/// up a few that were never there.
fn most_ink<'a>(pdf: &Pdf<'a>, stream: &'a Stream, space: &Space<'a>, bits: i64) -> Option<f64> {
    if let Space::Indexed { base, table } = space {
        let parts = base.parts().max(1);
        let mut each = (0..table.len() / parts).map(|i| space.ink(pdf, &[i as f64]).total());
        return each.try_fold(0.0, |most: f64, one| Some(most.max(one?)));
    }
    let parts = match space {
        Space::Cmyk => 4,
        Space::Spot { names, .. } if names.len() <= 8 => names.len().max(1),
        _ => return None,
    };
    if parts == 1 {
        return Some(100.0);
    }
    if bits != 8 {
        return None;
    }
    let filters = stream.filters().unwrap_or_default();
    let lossy = matches!(filters[..], [b"DCTDecode" | b"DCT"]);
    let readable = |filter: &&[u8]| {
        matches!(*filter, b"FlateDecode" | b"Fl" | b"LZWDecode" | b"ASCII85Decode" | b"ASCIIHexDecode")
    };
    let unpacked;
    let samples: &[u8] = if filters.is_empty() {
        &stream.content
    } else if lossy && parts == 4 {
        unpacked = jpeg::four_inks(&stream.content, MAX_SAMPLES)?;
        &unpacked
    } else if filters.iter().all(readable) {
        unpacked = stream.decompressed_content_with_limit(MAX_SAMPLES).ok()?;
        &unpacked
    } else {
        return None;
    };
    let turned = pdf.numbers(&stream.dict, "Decode").is_some_and(|n| n.first().is_some_and(|first| *first > 0.5));
    let sum = |pixel: &[u8]| -> usize { pixel.iter().map(|b| usize::from(if turned { 255 - b } else { *b })).sum() };
    let mut found = vec![0_usize; parts * 255 + 1];
    for pixel in samples.chunks_exact(parts) {
        if let Some(count) = found.get_mut(sum(pixel)) {
            *count += 1;
        }
    }
    let mut spare = if lossy { samples.len() / parts / 1000 } else { 0 };
    let most = found.iter().rposition(|count| {
        let enough = *count > spare;
        spare = spare.saturating_sub(*count);
        enough
    })?;
    Some(most as f64 / 2.55)
}
