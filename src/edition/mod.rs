//! Document + furniture -> artifacts. One file and one line in [`EDITIONS`] adds an edition.

mod a4;
mod a5;
mod custom;
mod data;
mod dl;
mod epub;
mod html;
mod large_print;
mod layout;
mod paged;
mod press;
mod sheets;

pub use layout::Layout;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::Document;
use crate::furniture::Furniture;
use crate::hyphen::Hyphenator;
use crate::manifest::Override;
use crate::project::SheetSettings;
use crate::render::typst::{Set, Templates, Typefaces};
use crate::source::{Sources, Span};

/// Every edition, in the order of lists.
pub const EDITIONS: &[&dyn Edition] = &[
    &a5::A5,
    &dl::Dl,
    &a4::A4,
    &large_print::LargePrint,
    &epub::Epub,
    &html::Html,
    &press::A5,
    &press::DL,
    &press::LARGE_PRINT,
    &press::ticket::A5,
    &press::ticket::DL,
    &press::ticket::LARGE_PRINT,
    &press::proof::A5,
    &press::proof::DL,
    &press::proof::LARGE_PRINT,
    &press::cover::Cover,
    &sheets::A5,
    &sheets::DL,
    &sheets::LARGE_PRINT,
];

/// A way to publish a page.
pub trait Edition: Sync {
    /// Its name, as in `-e` and in file names.
    fn name(&self) -> &str;

    /// One line for lists.
    fn about(&self) -> &str;

    /// The media type of what it makes; default: a PDF.
    fn media_type(&self) -> &'static str {
        "application/pdf"
    }

    /// The folder in `layouts/` that it is set from.
    fn layout(&self) -> &str {
        self.name()
    }

    /// Whether it is made when nobody names an edition.
    fn for_readers(&self) -> bool {
        true
    }

    /// Whether a print shop gets it: then the page must be reviewed and whole.
    fn for_press(&self) -> bool {
        false
    }

    /// Editions whose artifacts it needs first; the pipeline orders them.
    fn needs(&self) -> &[&'static str] {
        &[]
    }

    /// Whether there is nothing to make without them: they are made even where the page leaves them out.
    fn needs_all(&self) -> bool {
        false
    }

    /// The file's name for a page; default: a PDF's, named by the page and the request.
    fn file_name(&self, slug: &str, request: &Request) -> String {
        format!("{slug}-{}.pdf", request.name)
    }

    /// What stands in the artifact beyond the page's own blocks, for the manifest.
    fn beyond(&self) -> &'static [&'static str];

    /// The pages, for pictures of them; none where the edition has no pages.
    fn pages(&self, _: &Input<'_>, _: &mut Sink) -> Option<Set> {
        None
    }

    /// Makes the artifact. What is wrong goes to `sink`.
    fn make(&self, input: &Input<'_>, sink: &mut Sink) -> Outcome;
}

/// What became of an edition.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It was made.
    Made(Made),
    /// The page does not suit it, for the reason given; no fault, where nobody asked for it by name.
    Skipped(String),
    /// It could not be made; the sink says why.
    Failed,
}

/// An artifact's bytes, and what other editions may need to know of it.
#[derive(Debug, Clone, Default)]
pub struct Made {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where its pages begin, in order, for a paged edition.
    pub pages: Vec<PageStart>,
    /// Files that belong to it, such as the same in another format.
    pub more: Vec<Extra>,
    /// The words that are divided at the end of a line, each with its hyphen; a job ticket says how many.
    pub divided: Vec<String>,
}

/// A file that belongs to an artifact.
#[derive(Debug, Clone)]
pub struct Extra {
    /// What its name ends with, in place of the artifact's own extension: `.json`, `-600.png`.
    pub ending: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Where a page of a paged edition begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// The page's number as printed.
    pub label: String,
    /// The block that stands first on it, or that goes on from the page before; none: no block of the body.
    pub block: Option<usize>,
    /// How many words of that block stand on earlier pages.
    pub words_before: usize,
}

/// The editions of a run: the program's own and those of the project's layout folders.
#[derive(Debug, Default)]
pub struct Registry {
    custom: Vec<custom::Custom>,
}

impl Registry {
    /// The program's editions, and one for each of these layouts that is none of them.
    pub fn new<'a>(layouts: impl IntoIterator<Item = (&'a str, &'a Layout)>) -> Self {
        let known = |name: &str| EDITIONS.iter().any(|edition| edition.name() == name);
        let custom = layouts
            .into_iter()
            .filter(|(name, _)| !known(name))
            .map(|(name, layout)| custom::Custom::new(name, &layout.title))
            .collect();
        Self { custom }
    }

    /// Every edition, the program's own first.
    pub fn all(&self) -> impl Iterator<Item = &dyn Edition> {
        let own = EDITIONS.iter().map(|edition| *edition as &dyn Edition);
        own.chain(self.custom.iter().map(|edition| edition as &dyn Edition))
    }

    /// The edition of that name.
    pub fn find(&self, name: &str) -> Option<&dyn Edition> {
        self.all().find(|edition| edition.name() == name)
    }
}

/// How an edition was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The name: the edition's, or a variant's.
    pub name: String,
    /// The edition that makes it.
    pub edition: String,
    /// Body size in points; none: the layout's.
    pub size: Option<f64>,
    /// The page's colour, `#RRGGBB`.
    pub paper: Option<String>,
    /// Whether somebody asked for it, beyond the readers' editions.
    pub on_request: bool,
    /// Whether it was named: by `-e` or in the page's `editions`.
    pub named: bool,
}

/// What an edition is made from.
pub struct Input<'a> {
    /// The page.
    pub document: &'a Document,
    /// The texts that its places point into.
    pub sources: &'a Sources,
    /// What stands around it.
    pub furniture: &'a Furniture,
    /// How it was asked for.
    pub request: &'a Request,
    /// The layout's description.
    pub layout: &'a Layout,
    /// The typefaces, for typst.
    pub typefaces: &'a Typefaces,
    /// The typefaces' files, for editions that carry them.
    pub fonts: &'a [FontFile],
    /// Reads a layout's file.
    pub templates: &'a Templates,
    /// The logo's file name and bytes.
    pub logo: Option<&'a (String, Arc<[u8]>)>,
    /// The artifacts of the editions that this one needs, by edition name.
    pub needed: &'a BTreeMap<String, Made>,
    /// Why editions that this one needs were skipped, by edition name.
    pub skipped: &'a BTreeMap<String, String>,
    /// Where the date of the next review stands, else the page's first line.
    pub place: Span,
    /// The day by which reviews are judged: the one date that comes from outside. Only proofs and job tickets, which
    /// are of a day, print it.
    pub as_of: Date,
    /// How many copies are to be printed, for the job ticket.
    pub quantity: Option<u32>,
    /// How high the pictures of the cover are, in pixels.
    pub cover_heights: &'a [u32],
    /// The office's paper and printer.
    pub sheets: SheetSettings,
    /// Whether the review is overdue.
    pub overdue: bool,
    /// Who lets a page through that is overdue or has no dates, and why.
    pub allowed: Option<&'a Override>,
    /// For a print shop, not for readers: bleed, and colours as inks.
    pub press: bool,
    /// Where words may be divided, if at all; only a print shop's narrow columns ask.
    pub hyphens: Option<&'a Hyphenator>,
}

/// A typeface's file with what a style sheet says of it.
#[derive(Debug, Clone)]
pub struct FontFile {
    /// Its file name.
    pub name: String,
    /// Its family.
    pub family: String,
    /// Its weight, 400 or 700.
    pub weight: u16,
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
}

impl Input<'_> {
    /// The date that goes into every file (never the clock's).
    pub fn date(&self) -> Date {
        let meta = &self.document.meta;
        meta.reviewed.or(meta.published).unwrap_or(Date { year: 1970, month: 1, day: 1 })
    }

    /// The text of a layout's file.
    pub fn layout_text(&self, path: &str) -> String {
        (self.templates)(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// A complaint about this page's edition as a whole.
    pub fn fault(&self, code: crate::diagnostic::Code, message: impl std::fmt::Display) -> Diagnostic {
        let Request { name, .. } = self.request;
        Diagnostic::new(code, format!("{name}: {message}")).in_file(format!("page {}", self.document.slug))
    }
}

/// The file of another edition that an edition is made from.
///
/// # Errors
/// What becomes of the edition where that file is not there: skipped for the same reason, or failed.
fn needed<'a>(input: &'a Input<'_>, from: &str, sink: &mut Sink) -> Result<&'a Made, Outcome> {
    if let Some(reason) = input.skipped.get(from) {
        return Err(Outcome::Skipped(reason.clone()));
    }
    input.needed.get(from).ok_or_else(|| {
        sink.push(input.fault(Code::NEED_MISSING, format_args!("it needs the pages of {from}, which were not made")));
        Outcome::Failed
    })
}

/// Whether the page is read from right to left, so that it is bound on the right.
fn read_from_right(input: &Input<'_>) -> bool {
    input.document.meta.direction == "rtl"
}
