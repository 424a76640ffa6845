//! A picture of the leaflet's cover, for the shop's listing.

use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageFormat, RgbImage};

use crate::diagnostic::Sink;
use crate::edition::{Edition, Extra, Input, Made, Outcome, Request, a5, paged};
use crate::render::typst::Set;

/// The A5 cover as PNG and WebP, in the heights of the project's settings.
pub(in crate::edition) struct Cover;

const NAME: &str = "press-a5-cover";

impl Edition for Cover {
    fn name(&self) -> &str {
        NAME
    }

    fn about(&self) -> &str {
        "a picture of the A5 cover for the shop's listing (PNG and WebP)"
    }

    fn media_type(&self) -> &'static str {
        "image/png"
    }

    fn layout(&self) -> &str {
        a5::A5.layout()
    }

    fn for_readers(&self) -> bool {
        false
    }

    fn file_name(&self, slug: &str, request: &Request) -> String {
        format!("{slug}-{}.png", request.name)
    }

    fn beyond(&self) -> &'static [&'static str] {
        &["the cover alone"]
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        let Some(pages) = a5::A5.pages(input, sink) else { return Outcome::Failed };
        match pictures(&pages, input.cover_heights) {
            Some((bytes, more)) => Outcome::Made(Made { bytes, more, ..Made::default() }),
            None => {
                paged::complain(input, &["the cover could not be drawn".into()], sink);
                Outcome::Failed
            }
        }
    }
}

/// The largest as a PNG, then all the others; the largest bears the plain name.
fn pictures(pages: &Set, heights: &[u32]) -> Option<(Vec<u8>, Vec<Extra>)> {
    let largest = heights.iter().max()?;
    let mut main = None;
    let mut more = Vec::new();
    for height in heights {
        let drawn = pages.png(0, f64::from(*height) / pages.height(0)?)?;
        let picture = image::load_from_memory_with_format(&drawn, ImageFormat::Png).ok()?.into_rgb8();
        let (png, webp) = (png(&picture)?, webp(&picture)?);
        let plain = height == largest;
        let ending = |kind: &str| if plain { format!(".{kind}") } else { format!("-{height}.{kind}") };
        more.push(Extra { ending: ending("webp"), media_type: "image/webp", bytes: webp });
        if plain {
            main = Some(png);
        } else {
            more.push(Extra { ending: ending("png"), media_type: "image/png", bytes: png });
        }
    }
    Some((main?, more))
}

/// A PNG without the channel for clearness: paper is white, and some shops' programs make a clear picture black.
fn png(picture: &RgbImage) -> Option<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    let encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive);
    encoder.write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8).ok()?;
    Some(out.into_inner())
}

/// The same as a lossless WebP.
fn webp(picture: &RgbImage) -> Option<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    let encoder = WebPEncoder::new_lossless(&mut out);
    encoder.encode(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8).ok()?;
    Some(out.into_inner())
}
