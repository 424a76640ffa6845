//! Mends what epub-builder 0.8.3 gets wrong, and nothing else.
//!
//! Each mend names the defect. A mend that does not find what it mends is an
//! error: the crate has changed, and this file must be read again.
//!
//! In the package file (`content.opf`):
//! 1. a language and an author get the same id, `epub-creator-0`;
//! 2. the package has neither `xml:lang` nor `dir`;
//! 3. the identifier is a UUID only, and random unless the `uuid` crate makes one;
//! 4. the time of modification is the clock's unless the `chrono` crate makes one;
//! 5. no publisher, source, second identifier or date without a time of day, and `meta` elements are not escaped;
//! 6. a file with inline SVG does not say so in its manifest `properties`;
//! 7. the contents cannot stand in the spine;
//! 8. an EPUB 2 `guide` is written, which EPUB 3 deprecates.
//!
//! In the contents (`nav.xhtml`):
//! 9. no language, no direction;
//! 10. no roles and no names on the navs;
//! 11. landmarks only for files in the contents, with their titles; none for the contents; an empty nav if none;
//! 12. no page list.
//!
//! In the older contents (`toc.ncx`):
//! 13. no identifier and no language, a depth of 1 whatever the depth, and the contents' heading for the book's title.
//!
//! In the archive:
//! 14. each entry has the clock's time.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::{Book, Error, LandmarkKind};
use crate::render::xhtml::{attribute, escape, fragment};

/// The finished archive.
pub fn finish(book: &Book, archive: Vec<u8>) -> Result<Vec<u8>, Error> {
    let mut input = ZipArchive::new(Cursor::new(archive))?;
    let mut output = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..input.len() {
        let mut entry = input.by_index(index)?;
        let name = entry.name().to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        let mended = match name.as_str() {
            "OEBPS/content.opf" => package(book, text(&bytes)?)?.into_bytes(),
            "OEBPS/nav.xhtml" => contents(book, text(&bytes)?)?.into_bytes(),
            "OEBPS/toc.ncx" => older_contents(book, text(&bytes)?)?.into_bytes(),
            _ => bytes,
        };
        // The first entry is `mimetype`, which must stand first and uncompressed.
        let method = if index == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level((index > 0).then_some(9))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        output.start_file(name, options)?;
        output.write_all(&mended)?;
    }
    Ok(output.finish()?.into_inner())
}

fn text(bytes: &[u8]) -> Result<String, Error> {
    String::from_utf8(bytes.to_vec()).map_err(|_| Error::Changed { missing: "UTF-8" })
}

/// Replaces the only, or first, place where `from` stands.
fn swap(text: &str, from: &'static str, to: &str) -> Result<String, Error> {
    match text.split_once(from) {
        Some((before, after)) => Ok(format!("{before}{to}{after}")),
        None => Err(Error::Changed { missing: from }),
    }
}

/// Replaces what stands between two marks; the marks stay.
fn between(text: &str, open: &'static str, close: &'static str, to: &str) -> Result<String, Error> {
    let (before, rest) = text.split_once(open).ok_or(Error::Changed { missing: open })?;
    let (_, after) = rest.split_once(close).ok_or(Error::Changed { missing: close })?;
    Ok(format!("{before}{open}{to}{close}{after}"))
}

fn language(book: &Book) -> String {
    attribute(&book.language)
}

fn package(book: &Book, opf: String) -> Result<String, Error> {
    // 1
    let opf = swap(&opf, "<dc:language id=\"epub-creator-0\">", "<dc:language>")?;
    // 2
    let open = "<package version=\"3.0\"";
    let opf = swap(&opf, open, &format!("{open} xml:lang=\"{}\" dir=\"{}\"", language(book), book.direction))?;
    // 3
    let opf = between(&opf, "<dc:identifier id=\"epub-id-1\">", "</dc:identifier>", &escape(&book.identifier))?;
    // 4
    let opf =
        between(&opf, "<meta property=\"dcterms:modified\">", "</meta>", &format!("{}T00:00:00Z", book.modified))?;
    // 5
    let opf = swap(&opf, "  </metadata>", &format!("{}  </metadata>", metadata(book)))?;
    // 6
    let mut opf = opf;
    for file in book.files.iter().filter(|file| file.xhtml.contains("<svg")) {
        let item = format!("href=\"{}\"/>", attribute(&file.name));
        let Some((before, after)) = opf.split_once(&item) else { return Err(Error::Changed { missing: "an item" }) };
        opf = format!("{before}href=\"{}\" properties=\"svg\"/>{after}", attribute(&file.name));
    }
    // 7
    if let Some(file) = book.files.iter().find(|file| file.then_contents) {
        let item = format!("<itemref idref=\"id_{}\"/>", attribute(&file.name));
        let Some((before, after)) = opf.split_once(&item) else { return Err(Error::Changed { missing: "an itemref" }) };
        opf = format!("{before}{item}\n    <itemref idref=\"nav\"/>{after}");
    }
    // 8
    let (before, rest) = opf.split_once("  <guide>").ok_or(Error::Changed { missing: "a guide" })?;
    let (_, after) = rest.split_once("</guide>\n").ok_or(Error::Changed { missing: "a guide's end" })?;
    Ok(format!("{before}{after}"))
}

/// What the package file says beside title, language, authors, description and subject.
fn metadata(book: &Book) -> String {
    let mut out = format!("    <dc:publisher>{}</dc:publisher>\n", escape(&book.publisher));
    if let Some(code) = &book.product_code {
        out.push_str(&format!("    <dc:identifier id=\"product-code\">{}</dc:identifier>\n", escape(code)));
    }
    if let Some(published) = book.published {
        out.push_str(&format!("    <dc:date>{published}</dc:date>\n"));
    }
    if let Some(source) = &book.source {
        out.push_str(&format!("    <dc:source>{}</dc:source>\n", escape(source)));
    }
    let mut meta = |property: &str, value: &str| {
        out.push_str(&format!("    <meta property=\"{property}\">{}</meta>\n", escape(value)));
    };
    let access = &book.access;
    access.modes.iter().for_each(|value| meta("schema:accessMode", value));
    access.sufficient.iter().for_each(|value| meta("schema:accessModeSufficient", value));
    access.features.iter().for_each(|value| meta("schema:accessibilityFeature", value));
    meta("schema:accessibilityHazard", access.hazard.word());
    access.summary.iter().for_each(|value| meta("schema:accessibilitySummary", value));
    // A claim, and who makes it (EPUB Accessibility 1.1, 3.5 and 3.6).
    if let Some(found) = &book.evaluation {
        out.push_str(&format!(
            "    <meta property=\"dcterms:conformsTo\" id=\"conforms\">{}</meta>\n    \
             <meta property=\"a11y:certifiedBy\" refines=\"#conforms\" id=\"certifier\">{}</meta>\n    \
             <meta property=\"dcterms:date\" refines=\"#certifier\">{}</meta>\n",
            escape(&found.standard),
            escape(&found.organisation),
            found.date
        ));
    }
    let mut meta = |property: &str, value: &str| {
        out.push_str(&format!("    <meta property=\"{property}\">{}</meta>\n", escape(value)));
    };
    // Without the prefix `a11y:`, which EPUB Accessibility 1.1 does not give it.
    meta("pageBreakSource", book.pages.as_ref().map_or("none", |pages| pages.source.as_str()));
    out
}

fn contents(book: &Book, nav: String) -> Result<String, Error> {
    let lang = language(book);
    // 9
    let open = "xmlns:epub=\"http://www.idpf.org/2007/ops\"";
    let html = format!("{open} lang=\"{lang}\" xml:lang=\"{lang}\" dir=\"{}\"", book.direction);
    let nav = swap(&nav, open, &html)?;
    // 10
    let nav = swap(
        &nav,
        "<nav epub:type = \"toc\" id=\"toc\">",
        "<nav epub:type=\"toc\" id=\"toc\" role=\"doc-toc\" aria-labelledby=\"toc-title\">",
    )?;
    // 11, 12
    let (before, rest) =
        nav.split_once("  <nav epub:type = \"landmarks\">").ok_or(Error::Changed { missing: "landmarks" })?;
    let (_, after) = rest.split_once("</nav>\n").ok_or(Error::Changed { missing: "the landmarks' end" })?;
    Ok(format!("{before}{}{}{after}", page_list(book), landmarks(book)))
}

fn landmarks(book: &Book) -> String {
    let entry = |kind: &str, href: &str, title: &str| {
        format!("<li><a epub:type=\"{kind}\" href=\"{}\">{}</a></li>\n", attribute(href), escape(title))
    };
    let mut items = Vec::new();
    for file in &book.files {
        if let Some(landmark) = &file.landmark {
            let kind = match landmark.kind {
                LandmarkKind::Cover => "cover",
                LandmarkKind::BodyMatter => "bodymatter",
            };
            let anchor = landmark.anchor.as_ref().map(|name| format!("#{}", fragment(name)));
            items.push(entry(kind, &format!("{}{}", file.name, anchor.unwrap_or_default()), &landmark.title));
        }
        if file.then_contents {
            items.push(entry("toc", "#toc", &book.contents));
        }
    }
    hidden_nav("landmarks", "", &book.landmarks_title, &items.concat())
}

fn page_list(book: &Book) -> String {
    let Some(list) = &book.pages else { return String::new() };
    let item =
        |(label, href): &(String, String)| format!("<li><a href=\"{}\">{}</a></li>\n", attribute(href), escape(label));
    let items: String = list.pages.iter().map(item).collect();
    hidden_nav("page-list", " role=\"doc-pagelist\"", &book.pages_title, &items)
}

/// A nav for reading systems: they offer it in their own way, so the page does not show it.
fn hidden_nav(kind: &str, role: &str, title: &str, items: &str) -> String {
    format!(
        "  <nav epub:type=\"{kind}\" id=\"{kind}\"{role} aria-labelledby=\"{kind}-title\" hidden=\"hidden\">\n\
         <h2 id=\"{kind}-title\">{}</h2>\n<ol>\n{items}</ol>\n  </nav>\n",
        escape(title)
    )
}

fn older_contents(book: &Book, ncx: String) -> Result<String, Error> {
    // 13
    let ncx = swap(&ncx, " version=\"2005-1\"", &format!(" version=\"2005-1\" xml:lang=\"{}\"", language(book)))?;
    let depth = book.files.iter().flat_map(|file| &file.headings).map(|heading| heading.level).max().unwrap_or(1);
    let ncx = swap(
        &ncx,
        "<meta name=\"dtb:depth\" content=\"1\" />",
        &format!(
            "<meta name=\"dtb:uid\" content=\"{}\" />\n    <meta name=\"dtb:depth\" content=\"{depth}\" />",
            attribute(&book.identifier)
        ),
    )?;
    between(&ncx, "<docTitle>", "</docTitle>", &format!("<text>{}</text>", escape(&book.title)))
}
