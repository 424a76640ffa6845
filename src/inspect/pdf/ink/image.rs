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

/// A picture in its place.
pub(super) struct Looked {
    pub kind: Kind,
    pub area: Area,
    /// Its inks; none of a stencil, which has those of a shape.
    pub ink: Option<Ink>,
    /// Whether it has a mask that lets something show through.
    pub soft: bool,
}

/// What a picture is in its place.
pub(super) fn look<'a>(
    pdf: &Pdf<'a>,
    stream: &'a Stream,
    matrix: Matrix,
    resources: Option<&'a Dictionary>,
    stencil: &Ink,
) -> Looked {
    let dict = &stream.dict;
    let side = |key: &str| {
        let value = pdf.integer(dict, key).unwrap_or(0);
        u32::try_from(value.clamp(0, i64::from(u32::MAX))).unwrap_or(0)
    };
    let (mut width, mut height) = (side("Width"), side("Height"));
    if is_jpeg(stream)
        && let Some((w, h)) = jpeg::size(&stream.content)
    {
        // What is not in the picture cannot be printed, whatever is said of it.
        (width, height) = (width.min(w), height.min(h));
    }
    let bits = pdf.integer(dict, "BitsPerComponent").unwrap_or(8);
    let mask = pdf.flag(dict, "ImageMask");
    let [a, b, c, d, ..] = matrix.0;
    let inches = |x: f64, y: f64| (x.hypot(y) / 72.0).max(1e-6);
    let resolution = (f64::from(width) / inches(a, b)).min(f64::from(height) / inches(c, d));
    let named = dict.get(b"ColorSpace").ok();
    let space = named.filter(|_| !mask).map(|object| Space::read(pdf, object, resources));
    let (most_ink, even) = match (&space, mask) {
        (_, true) => (stencil.total(), false),
        (Some(space), _) => measure(pdf, stream, space, bits),
        (None, _) => (None, false),
    };
    let ink = match (&space, mask) {
        (_, true) => None,
        (Some(space), _) => Some(space.many()),
        // A JPEG 2000 picture may keep its space to itself.
        (None, _) => Some(Ink::Foreign { space: "a space inside the picture".into(), white: false }),
    };
    let soft = pdf.get(dict, "SMask").is_some();
    // What shapes one colour may itself be coarse.
    let flat = (even || (width, height) == (1, 1)) && !soft && pdf.get(dict, "Mask").is_none();
    let line_art = mask || bits == 1;
    let area = placed([0.0, 0.0, 1.0, 1.0], matrix);
    let kind = Kind::Picture { resolution, line_art, most_ink, pixels: (width, height), flat };
    Looked { kind, area, ink, soft }
}

fn is_jpeg(stream: &Stream) -> bool {
    matches!(stream.filters().unwrap_or_default()[..], [b"DCTDecode" | b"DCT"])
}

/// The most ink of any pixel, in percent, and whether all pixels are alike. Of a JPEG, what no more than one pixel in a
/// thousand has: its packing throws up a few that were never there.
fn measure<'a>(pdf: &Pdf<'a>, stream: &'a Stream, space: &Space<'a>, bits: i64) -> (Option<f64>, bool) {
    let parts = match space {
        Space::Indexed { base, table } => {
            let parts = base.parts().max(1);
            let mut each = (0..table.len() / parts).map(|i| space.ink(pdf, &[i as f64]).total());
            return (each.try_fold(0.0, |most: f64, one| Some(most.max(one?))), false);
        }
        Space::Cmyk => 4,
        Space::Spot { names, foreign: None, .. } if names.len() <= 8 => names.len().max(1),
        _ => return (None, false),
    };
    if parts == 1 {
        return (Some(100.0), false);
    }
    if bits != 8 {
        return (None, false);
    }
    let lossy = is_jpeg(stream);
    let Some(samples) = samples(stream, lossy, parts) else { return (None, false) };
    let turned = pdf.numbers(&stream.dict, "Decode").is_some_and(|n| n.first().is_some_and(|first| *first > 0.5));
    let sum = |pixel: &[u8]| -> usize { pixel.iter().map(|b| usize::from(if turned { 255 - b } else { *b })).sum() };
    let mut found = vec![0_usize; parts * 255 + 1];
    let mut even = !samples.is_empty();
    for pixel in samples.chunks_exact(parts) {
        even = even && samples.starts_with(pixel);
        if let Some(count) = found.get_mut(sum(pixel)) {
            *count += 1;
        }
    }
    let mut spare = if lossy { samples.len() / parts / 1000 } else { 0 };
    let most = found.iter().rposition(|count| {
        let enough = *count > spare;
        spare = spare.saturating_sub(*count);
        enough
    });
    (most.map(|most| most as f64 / 2.55), even)
}

/// The unpacked pixels; none where they cannot be.
fn samples(stream: &Stream, lossy: bool, parts: usize) -> Option<Vec<u8>> {
    let filters = stream.filters().unwrap_or_default();
    let readable = |filter: &&[u8]| {
        matches!(*filter, b"FlateDecode" | b"Fl" | b"LZWDecode" | b"ASCII85Decode" | b"ASCIIHexDecode")
    };
    if filters.is_empty() {
        Some(stream.content.clone())
    } else if lossy && parts == 4 {
        jpeg::four_inks(&stream.content, MAX_SAMPLES)
    } else if filters.iter().all(readable) {
        stream.decompressed_content_with_limit(MAX_SAMPLES).ok()
    } else {
        None
    }
}
