//! The e-book.

use super::{Edition, Input, Made, Outcome, Request, paged};
use crate::diagnostic::{Code, Sink};
use crate::render::epub::{BookInput, book, urn};
use crate::render::xhtml::Font;

/// EPUB 3.3, with the reader's own size, colours and spacing.
pub(super) struct Epub;

/// The cover's picture, in pixels to the point: 148 mm at 2.4 makes about 1,000 pixels.
const COVER_SCALE: f64 = 2.4;

impl Edition for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn about(&self) -> &'static str {
        "an e-book for phones, tablets and e-readers (EPUB 3.3)"
    }

    fn media_type(&self) -> &'static str {
        "application/epub+zip"
    }

    fn file_name(&self, slug: &str, request: &Request) -> String {
        if request.name == self.name() { format!("{slug}.epub") } else { format!("{slug}-{}.epub", request.name) }
    }

    fn beyond(&self) -> &'static [&'static str] {
        &["contents", "notes moved to the end", "furniture"]
    }

    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome {
        let Some(cover) = paged::pages(input, "epub/cover.typ", None, sink) else { return Outcome::Failed };
        let cover = cover.png(0, COVER_SCALE);
        let sheet = input.layout_text("epub/style.css");
        let fonts: Vec<Font<'_>> = input.fonts.iter().map(super::html::font).collect();
        let logo = input.logo.map(|(name, bytes)| (name.as_str(), super::html::logo_type(name), bytes.as_ref()));
        let meta = &input.document.meta;
        let made = book(&BookInput {
            document: input.document,
            furniture: input.furniture,
            sheet: &sheet,
            fonts: &fonts,
            logo,
            cover: cover.as_deref(),
            identifier: urn(&["everyleaf", &input.document.slug, &meta.language, &input.request.name]),
            modified: input.date(),
            pages: None,
        });
        match made.pack() {
            Ok(bytes) => Outcome::Made(Made { bytes, pages: Vec::new() }),
            Err(error) => {
                sink.push(input.fault(Code::LAYOUT_FAILED, format_args!("the e-book could not be packed: {error}")));
                Outcome::Failed
            }
        }
    }
}
