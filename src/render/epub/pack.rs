//! A book -> an archive, by epub-builder; what that gets wrong is mended in [`super::finish`].

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, TocElement, ZipLibrary};

use super::finish::finish;
use super::{Book, Error, File};
use crate::render::xhtml::{clean, fragment};

impl Book {
    /// The book as the bytes of an EPUB 3.3 file, the same for the same book.
    pub fn pack(&self) -> Result<Vec<u8>, Error> {
        let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
        builder.epub_version(EpubVersion::V33);
        builder.metadata("title", clean(&self.title))?;
        builder.metadata("lang", clean(&self.language))?;
        // `epub_direction` sets a field that nothing reads.
        builder.metadata("direction", self.direction)?;
        builder.metadata("toc_name", clean(&self.contents))?;
        builder.metadata("generator", concat!("everyleaf ", env!("CARGO_PKG_VERSION")))?;
        self.authors.iter().for_each(|author| builder.add_author(clean(author)));
        self.description.iter().for_each(|text| builder.add_description(clean(text)));
        self.subject.iter().for_each(|text| builder.add_subject(clean(text)));
        builder.stylesheet(self.sheet.as_bytes())?;
        if let Some(cover) = &self.cover {
            builder.add_cover_image("cover.png", cover.as_slice(), "image/png")?;
        }
        for file in &self.files {
            builder.add_content(content(file))?;
        }
        for resource in &self.resources {
            builder.add_resource(&resource.path, resource.bytes.as_slice(), &resource.media_type)?;
        }
        let mut archive = Vec::new();
        builder.generate(&mut archive)?;
        finish(self, archive)
    }
}

/// A file with its entries in the contents.
fn content(file: &File) -> EpubContent<&[u8]> {
    let content = EpubContent::new(&file.name, file.xhtml.as_bytes());
    let Some(title) = &file.title else { return content };
    let mut content = content.title(clean(title));
    for heading in &file.headings {
        let address = format!("{}#{}", file.name, fragment(&heading.anchor));
        content.toc.add(TocElement::new(address, clean(&heading.title)).level(i32::from(heading.level)));
    }
    content
}
