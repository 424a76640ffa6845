//! A book's parts -> the bytes of an EPUB 3.3 file.
//!
//! [`book`] composes a [`Book`] from a document and its furniture, one file a
//! section; [`Book::pack`] writes it. What the book says about its own
//! accessibility is computed from its parts, never assumed, and it claims
//! conformance only where the front matter records a person's evaluation.

mod access;
mod compose;
mod finish;
mod frame;
mod pack;

#[cfg(test)]
mod tests;

pub use access::{Access, Hazard};
pub use compose::{BookInput, PagePlace, Pages, book, urn};

use crate::document::{Date, Evaluation};

/// A book, ready to pack. Files stand in one folder, so links between them are plain names.
#[derive(Debug, Clone)]
pub struct Book {
    /// The title.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub description: Option<String>,
    /// A language tag (BCP 47).
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// A name no other book has, and that stays the same when this one is made again: see [`urn`].
    pub identifier: String,
    /// When its content was last changed; printed as the time of modification, at midnight UTC.
    pub modified: Date,
    /// When it was first published.
    pub published: Option<Date>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: String,
    /// The subject it is filed under.
    pub subject: Option<String>,
    /// The address of the page it was made from.
    pub source: Option<String>,
    /// The shop's code.
    pub product_code: Option<String>,
    /// Who evaluated the book, and against what; without one it claims nothing.
    pub evaluation: Option<Evaluation>,
    /// The contents' heading, in the book's language.
    pub contents: String,
    /// The name of the page list, in the book's language.
    pub pages_title: String,
    /// The name of the landmarks, in the book's language.
    pub landmarks_title: String,
    /// The files in reading order; the contents stand where a file says so.
    pub files: Vec<File>,
    /// The cover's picture as PNG bytes.
    pub cover: Option<Vec<u8>>,
    /// The style sheet.
    pub sheet: String,
    /// Fonts, pictures and the logo.
    pub resources: Vec<Resource>,
    /// The pages of the printed edition, if the book marks where they begin.
    pub pages: Option<PageList>,
    /// What the book can say about its accessibility.
    pub access: Access,
}

/// A file of the book's text.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name, such as `section-01.xhtml`.
    pub name: String,
    /// Its title, for the contents; none keeps it out of them.
    pub title: Option<String>,
    /// The whole XHTML file.
    pub xhtml: String,
    /// Headings below its title, in order.
    pub headings: Vec<Heading>,
    /// A place that reading systems offer to jump to.
    pub landmark: Option<Landmark>,
    /// Whether the contents follow this file.
    pub then_contents: bool,
}

/// A heading inside a file.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 and more; the file's own title counts as 1.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// Its name in the file.
    pub anchor: String,
}

/// A place that reading systems offer to jump to.
#[derive(Debug, Clone)]
pub struct Landmark {
    /// What it is.
    pub kind: LandmarkKind,
    /// Its name, in the book's language.
    pub title: String,
    /// Its name in the file; none for the file's beginning.
    pub anchor: Option<String>,
}

/// What a landmark is; the contents need none, they are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LandmarkKind {
    /// The cover.
    Cover,
    /// Where the text begins.
    BodyMatter,
}

/// A file that the text uses.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Its path, such as `images/picture-1.png`.
    pub path: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The pages of the printed edition.
#[derive(Debug, Clone)]
pub struct PageList {
    /// Which edition it is, such as `AATD-1, version 2, A5 PDF`.
    pub source: String,
    /// Each page's label with the address where it begins, in order.
    pub pages: Vec<(String, String)>,
}

/// Why a book could not be packed. Each is a fault of the program or of its parts, none of the page's writer.
#[derive(Debug)]
pub enum Error {
    /// The packing library refused.
    Builder(epub_builder::Error),
    /// What the packing library wrote is not what its version 0.8.3 writes, so the mends do not fit.
    Changed {
        /// What was looked for and not found.
        missing: &'static str,
    },
    /// The archive could not be read back or written.
    Archive(zip::result::ZipError),
    /// Bytes could not be moved.
    Io(std::io::Error),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Builder(error) => write!(f, "the e-book could not be packed: {error}"),
            Self::Changed { missing } => {
                write!(f, "the e-book could not be finished: epub-builder no longer writes {missing}")
            }
            Self::Archive(error) => write!(f, "the e-book's archive could not be written: {error}"),
            Self::Io(error) => write!(f, "the e-book could not be written: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<epub_builder::Error> for Error {
    fn from(error: epub_builder::Error) -> Self {
        Self::Builder(error)
    }
}

impl From<zip::result::ZipError> for Error {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Archive(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}
