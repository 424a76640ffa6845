//! Pictures made of pixels: PNG, JPEG, GIF and WebP.

use std::io::Cursor;

use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{AnimationDecoder, ImageFormat, ImageReader};

use super::{Facts, Refused};

/// The most pixels, 64 million: an A4 page at 600 dpi has 35 million.
const MOST_PIXELS: u64 = 64_000_000;

/// The most memory for one picture while it is read, in bytes.
const MOST_MEMORY: u64 = 300 << 20;

const NO_PICTURE: &str = "it is no PNG, JPEG, GIF, WebP or SVG file";

pub(super) fn facts(bytes: &[u8]) -> Result<Facts, Refused> {
    let broken = |why: &str| Refused::Broken(why.to_string());
    let format = image::guess_format(bytes).map_err(|_| broken(NO_PICTURE))?;
    let (media_type, extension) = match format {
        ImageFormat::Png => ("image/png", "png"),
        ImageFormat::Jpeg => ("image/jpeg", "jpg"),
        ImageFormat::Gif => ("image/gif", "gif"),
        ImageFormat::WebP => ("image/webp", "webp"),
        _ => return Err(broken(NO_PICTURE)),
    };
    let unreadable = |error| Refused::Broken(format!("it cannot be read: {error}"));
    let (width, height) = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(unreadable)?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        let most = MOST_PIXELS / 1_000_000;
        let why = format!("it has {width} × {height} pixels, and the most is {most} million");
        return Err(Refused::Unfit(why, "save the picture again with fewer pixels"));
    }
    if moves(bytes, format) {
        let help = "save one of its pictures alone: a page in print stands still, and what moves by itself disturbs \
                    many readers";
        return Err(Refused::Unfit("it moves".into(), help));
    }
    if format == ImageFormat::Jpeg && components(bytes) == Some(4) {
        let why = "its colours are those of print (CMYK), which screens show each in its own way".into();
        return Err(Refused::Unfit(why, "save the picture again with the colours of screens (RGB, sRGB)"));
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let picture = reader.decode().map_err(unreadable)?;
    Ok(Facts { media_type, extension, width: picture.width(), height: picture.height() })
}

/// Whether a picture has more than one frame.
fn moves(bytes: &[u8], format: ImageFormat) -> bool {
    let bytes = Cursor::new(bytes);
    match format {
        ImageFormat::Gif => {
            GifDecoder::new(bytes).is_ok_and(|gif| gif.into_frames().take(2).filter(Result::is_ok).count() > 1)
        }
        ImageFormat::Png => PngDecoder::new(bytes).is_ok_and(|png| png.is_apng().unwrap_or(false)),
        ImageFormat::WebP => WebPDecoder::new(bytes).is_ok_and(|webp| webp.has_animation()),
        _ => false,
    }
}

/// How many colours a JPEG file mixes, by its frame header (ISO/IEC 10918-1, B.2.2); none where there is no such header.
pub(super) fn components(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let (&sign, &marker) = (bytes.get(at)?, bytes.get(at + 1)?);
        if sign != 0xff {
            return None;
        }
        match marker {
            // a fill byte before a marker
            0xff => at += 1,
            // markers that stand alone
            0x01 | 0xd0..=0xd8 => at += 2,
            // a frame header: its length, the precision, height and width stand before the number
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => return bytes.get(at + 9).copied(),
            _ => {
                let length = u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]);
                at += 2 + usize::from(length);
            }
        }
    }
}
