//! The e-book.

use super::{Edition, Input, Made, Outcome, PageStart, Request, paged};
use crate::diagnostic::{Code, Sink};
use crate::document::Meta;
use crate::render::epub::{BookInput, PagePlace, Pages, book, urn};
use crate::render::xhtml::Font;

/// EPUB 3.3, with the reader's own size, colours and spacing.
pub(super) struct Epub;

/// The cover's picture, in pixels to the point: 148 mm at 2.4 makes about 1,000 pixels.
const COVER_SCALE: f64 = 2.4;

/// The printed edition whose pages the page-list names.
const PRINTED: &str = "a5";

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

    fn needs(&self) -> &[&'static str] {
        &[PRINTED]
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
        let breaks = input.needed.get(PRINTED).map(|printed| places(&printed.pages)).unwrap_or_default();
        let source = page_source(meta);
        let made = book(&BookInput {
            document: input.document,
            furniture: input.furniture,
            sheet: &sheet,
            fonts: &fonts,
            logo,
            cover: cover.as_deref(),
            identifier: urn(&["everyleaf", &input.document.slug, &meta.language, &input.request.name]),
            modified: input.date(),
            pages: (!breaks.is_empty()).then_some(Pages { source: &source, breaks: &breaks }),
        });
        match made.pack() {
            Ok(bytes) => Outcome::Made(Made { bytes, ..Made::default() }),
            Err(error) => {
                sink.push(input.fault(Code::LAYOUT_FAILED, format_args!("the e-book could not be packed: {error}")));
                Outcome::Failed
            }
        }
    }
}

/// Where each printed page begins in the book: the cover with the title, what follows the text with the last file.
fn places(pages: &[PageStart]) -> Vec<(String, PagePlace)> {
    let mut begun = false;
    let place = |page: &PageStart| match page.block {
        Some(block) => {
            begun = true;
            PagePlace::Block(block, page.words_before)
        }
        None if begun => PagePlace::About,
        None => PagePlace::Title,
    };
    let labels = pages.iter().map(|page| page.label.clone());
    labels.zip(pages.iter().map(place).collect::<Vec<_>>()).collect()
}

/// What the page-list goes by: "CODE, version 2, A5" (EPUB Accessibility 1.1, `pageBreakSource`).
fn page_source(meta: &Meta) -> String {
    let version = meta.version.as_ref().map(|version| format!("version {version}"));
    let code = meta.product_code.clone().or_else(|| Some(meta.title.clone()));
    [code, version, Some("A5".to_string())].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
