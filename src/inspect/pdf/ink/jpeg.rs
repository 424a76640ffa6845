//! Photographs packed as JPEG with their four inks, unpacked to measure them.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The width and height that a JPEG gives itself, in pixels; none where it is none.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut decoder = JpegDecoder::new(ZCursor::new(bytes));
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    Some((u32::try_from(width).ok()?, u32::try_from(height).ok()?))
}

/// The samples of a JPEG of four inks, four bytes a dot, as PDF reads them; none where it is none, is damaged, or would
/// unpack to more than `limit` bytes.
pub(super) fn four_inks(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut decoder = JpegDecoder::new(ZCursor::new(bytes));
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    if width.checked_mul(height)?.checked_mul(4)? > limit {
        return None;
    }
    let space = decoder.input_colorspace()?;
    if !matches!(space, ColorSpace::CMYK | ColorSpace::YCCK) {
        return None;
    }
    // the decoder has no way from YCCK to inks: its parts are taken as they are
    decoder.set_options(DecoderOptions::default().jpeg_set_out_colorspace(space));
    let mut samples = decoder.decode().ok()?;
    if space == ColorSpace::YCCK {
        samples.chunks_exact_mut(4).for_each(inks);
    }
    Some(samples)
}

/// Brightness and two differences of colour into cyan, magenta and yellow; black stands by itself (ITU-T T.872).
fn inks(dot: &mut [u8]) {
    let &mut [y, cb, cr, _] = dot else { return };
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let light = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
    for (part, light) in dot.iter_mut().zip(light) {
        *part = (255.0 - light).round().clamp(0.0, 255.0) as u8;
    }
}
