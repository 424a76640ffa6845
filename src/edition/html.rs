//! The web page: one file, so that a PDF is never the only choice (standards 23).

use super::{Edition, FontFile, Input, Made, Outcome, Request};
use crate::diagnostic::Sink;
use crate::render::xhtml::{Font, PageInput, page};

/// One self-contained accessible page.
pub(super) struct Html;

impl Edition for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn about(&self) -> &'static str {
        "one page for any browser, in one file (HTML)"
    }

    fn media_type(&self) -> &'static str {
        "text/html"
    }

    fn file_name(&self, slug: &str, request: &Request) -> String {
        if request.name == self.name() { format!("{slug}.html") } else { format!("{slug}-{}.html", request.name) }
    }

    fn beyond(&self) -> &'static [&'static str] {
        &["contents", "notes moved to the end", "furniture"]
    }

    fn make(&self, input: &Input<'_>, _: &mut Sink) -> Outcome {
        let sheet = input.layout_text("html/style.css");
        let fonts: Vec<Font<'_>> = input.fonts.iter().map(font).collect();
        let logo = input.logo.map(|(name, bytes)| (logo_type(name), bytes.as_ref()));
        let page = page(&PageInput {
            document: input.document,
            furniture: input.furniture,
            sheet: &sheet,
            fonts: &fonts,
            logo,
        });
        Outcome::Made(Made { bytes: page.into_bytes(), ..Made::default() })
    }
}

pub(super) fn font(file: &FontFile) -> Font<'_> {
    Font { name: &file.name, family: &file.family, weight: file.weight, bytes: &file.bytes }
}

/// The media type of a logo, by its file name.
pub(super) fn logo_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("svg") => "image/svg+xml",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        _ => "image/png",
    }
}
